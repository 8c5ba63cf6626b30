"""Writing: referral lists, referrals, the record, consents. One file per noun."""
