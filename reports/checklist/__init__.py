"""What still stands between a group and its summaries, live from the first day of the month.

`load_group` reads (the same few queries for one person or twelve), `check` judges (pure), and the pages show.
docs/decisions/checklist.md says what falls due when.
"""

from reports.checklist.items import Entry, Item, Status
from reports.checklist.load import PersonFacts, load_group
from reports.checklist.rules import PersonCheck, check

__all__ = ["Entry", "Item", "PersonCheck", "PersonFacts", "Status", "check", "load_group"]
