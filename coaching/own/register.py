"""Puts the month's cards onto the first page behind the personal link."""

from __future__ import annotations

from coaching.own import cards
from core.registry import LinkPage, link_pages


def register_own_pages() -> None:
    """Called once, when the app is ready."""
    link_pages.add(LinkPage("goal", cards.goal_card, order=30))
