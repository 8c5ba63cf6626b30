"""Pages of coaching: one file per noun."""
