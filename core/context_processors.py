"""What `base.html` needs on every page."""

import re
from functools import cached_property, lru_cache

from django.conf import settings
from django.utils.translation import get_language

from core import navigation


@lru_cache(maxsize=1)
def program_version() -> str:
    """The newest version in CHANGELOG.md ("## 1.2.0 – 2026-03-01"), or "" when there is none."""
    try:
        text = (settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r"^##\s*\[?v?(\d+\.\d+(?:\.\d+)?)\]?", text, re.MULTILINE)
    return found.group(1) if found else ""


class Frame:
    """The page around the content. Everything is worked out when a template asks, with no query
    of its own."""

    def __init__(self, request):
        self._request = request

    @cached_property
    def user(self):
        """The signed-in user, or None on log-in, link and error pages."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def role_label(self) -> str:
        """The user's role in the interface language, or ""."""
        label = getattr(self.user, "get_role_display", None)
        return str(label()) if label is not None else ""

    @cached_property
    def role(self) -> str:
        """The user's role, "" without a user."""
        return str(getattr(self.user, "role", "") or "")

    @cached_property
    def items(self) -> list[navigation.Item]:
        """The navigation of this user's role; empty without a user."""
        return navigation.items_for(self.role) if self.user else []

    @cached_property
    def section(self) -> str:
        """The section that the address belongs to."""
        return navigation.current_section(self.items, self._request.path)

    @property
    def own(self):
        """The participant's visit behind a personal link (participants.own.visit), or None."""
        return getattr(self._request, "own_visit", None)

    @property
    def workplace(self):
        """The visit behind a workplace's link (employers.links), or None."""
        return getattr(self._request, "workplace_visit", None)

    @cached_property
    def language(self) -> str:
        """The active language for `<html lang>`."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def path(self) -> str:
        """Where the language switch comes back to."""
        return self._request.get_full_path()

    @property
    def version(self) -> str:
        """The program's version for the footer."""
        return program_version()

    @property
    def organisation(self) -> str:
        """Who runs this installation (setting ORGANISATION_NAME), or ""."""
        return getattr(settings, "ORGANISATION_NAME", "")

    @property
    def is_demo(self) -> bool:
        """Whether this is the demo with invented people."""
        return settings.IS_DEMO


def page_frame(request) -> dict:
    """Put `frame` into every template context."""
    return {"frame": Frame(request)}
