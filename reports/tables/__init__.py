"""The reports of a month, of groups and of work trials: what is counted once and shown as a page, PDF, CSV
and XLSX. A page, a file that flows out at once and a job all read the same object, so that their numbers
cannot differ."""
