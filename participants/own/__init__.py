"""The participant's own pages behind the personal link: see `visit.py` for how a page is made."""
