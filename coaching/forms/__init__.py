"""Forms of coaching: one file per noun."""
