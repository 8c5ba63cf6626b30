"""Writing people and access, one file per noun."""
