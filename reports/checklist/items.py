"""The columns of the checklist and what stands in one cell of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy


class Item(models.TextChoices):
    """One thing that a summary needs, in the order of the columns. The comment names its block."""

    BASICS = "basics", pgettext_lazy("checklist", "Basics")  # 1, and the status of 2
    GOAL = "goal", pgettext_lazy("checklist", "Goal")  # 2
    DAYS = "days", pgettext_lazy("checklist", "Days")  # 3
    START_VIEWS = "start_views", pgettext_lazy("checklist", "Start assessment")  # 4
    END_VIEWS = "end_views", pgettext_lazy("checklist", "End assessment")  # 4
    TALKS = "talks", pgettext_lazy("checklist", "Discussions")  # 11, and the mid discussion
    NEXT_STEPS = "next_steps", pgettext_lazy("checklist", "Next steps")  # 6
    PROPOSAL = "proposal", pgettext_lazy("checklist", "Proposal")  # 7
    AGREEMENT = "agreement", pgettext_lazy("checklist", "Agreements")
    CONSENTS = "consents", pgettext_lazy("checklist", "Consents")
    APPROVAL = "approval", pgettext_lazy("checklist", "Approval")
    PDF = "pdf", pgettext_lazy("checklist", "PDF")


class Status(models.TextChoices):
    """How one entry stands. Only a hole is a fault."""

    HOLE = "hole", pgettext_lazy("checklist", "missing")
    COMING = "coming", pgettext_lazy("checklist", "coming")
    DONE = "done", pgettext_lazy("checklist", "in order")


@dataclass(frozen=True)
class Entry:
    """One thing that is missing now or will be needed on `day`. `url` leads to the very field that fills it;
    `blocks` tells whether a release is refused without it; `is_shared` whether the coordinator may fill it as
    well as the coach."""

    item: str
    status: str
    sentence: str
    url: str = ""
    day: dt.date | None = None
    blocks: bool = True
    is_shared: bool = False
