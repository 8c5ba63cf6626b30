"""What the pages of reports show, gathered into plain data: one file per noun."""
