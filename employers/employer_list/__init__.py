"""Reading a list of employers: columns, rows with their faults, matches. The file itself is read by
participants.referral_list.table, as a list of referrals is. Only `matching` asks the database."""
