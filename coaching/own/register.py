"""Puts the month's cards onto the first page behind the personal link."""

from __future__ import annotations

from coaching.own import cards, tasks
from core.registry import LinkPage, link_pages


def register_own_pages() -> None:
    """Called once, when the app is ready."""
    link_pages.add(LinkPage("pre_assignments", tasks.tasks_card, order=20))
    link_pages.add(LinkPage("goal", cards.goal_card, order=30))
    link_pages.add(LinkPage("views", cards.views_card, order=40))
    link_pages.add(LinkPage("calendar", cards.calendar_card, order=50))
    link_pages.add(LinkPage("steps", cards.steps_card, order=60))
    link_pages.add(LinkPage("written", cards.written_card, order=90))
