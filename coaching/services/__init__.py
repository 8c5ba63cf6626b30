"""Writing in coaching: one file per noun."""
