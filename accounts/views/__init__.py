"""Pages of people and access, one file per noun."""
