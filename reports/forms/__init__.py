"""Forms of reports: one file per noun."""
