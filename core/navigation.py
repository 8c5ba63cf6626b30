"""The main navigation: a registry that each app fills in the `ready()` of its `apps.py`.

    from core import navigation
    navigation.add("months", _("Months"), "coaching:month-list", roles={"coach", "manager"}, order=20)

The page frame asks `items_for(user, path)`; nothing here touches the database, so that the floor of
a signed-in page stays at its session and user queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, get_urlconf, reverse

from core import kept

ROLES = frozenset({"coach", "coordinator", "te_officer", "manager", "admin"})


@dataclass(frozen=True)
class Entry:
    """One line of the navigation as an app registered it."""

    section: str
    label: object  # str or lazy translation
    url_name: str
    roles: frozenset[str]
    order: int
    icon: str


@dataclass(frozen=True)
class Item:
    """One line of the navigation as one user sees it."""

    section: str
    label: object
    url: str
    icon: str


_entries: dict[str, Entry] = {}


def add(
    section: str,
    label,
    url_name: str,
    roles: Iterable[str] | None = None,
    order: int = 100,
    icon: str = "",
) -> None:
    """Put a section into the navigation.

    section: stable key, also the value a view's context may give as `section` to be marked current.
    label: lazily translated, one or two words. url_name: reversed without arguments.
    roles: who sees it; None is everybody who is signed in. order: ascending from left to right.
    Raises ValueError on an unknown role or a section that another URL has already taken.
    """
    wanted = ROLES if roles is None else frozenset(roles)
    if unknown := wanted - ROLES:
        raise ValueError(f"navigation section {section!r} names unknown roles: {sorted(unknown)}")
    taken = _entries.get(section)
    if taken is not None and taken.url_name != url_name:
        raise ValueError(f"navigation section {section!r} already leads to {taken.url_name}")
    _entries[section] = Entry(section, label, url_name, wanted, order, icon)
    kept.empty()


def remove(section: str) -> None:
    """Take a section out again; absent is fine. For tests."""
    _entries.pop(section, None)
    kept.empty()


@lru_cache(maxsize=256)
def _address(url_name: str, urlconf: str | None) -> str | None:
    try:
        return reverse(url_name, urlconf=urlconf)
    except NoReverseMatch:
        return None


def items_for(role: str | None) -> list[Item]:
    """The sections a role sees, in order; one whose URL name does not exist (yet) is left out."""
    items = []
    for entry in sorted(_entries.values(), key=lambda entry: (entry.order, entry.section)):
        url = _address(entry.url_name, get_urlconf()) if role in entry.roles else None
        if url is not None:
            items.append(Item(entry.section, entry.label, url, entry.icon))
    return items


def current_section(items: list[Item], path: str) -> str:
    """The section whose address is the longest beginning of `path`; "" when none is.

    The home page's "/" counts only for itself, or it would be the beginning of everything.
    """
    best = ""
    best_length = 0
    for item in items:
        is_here = path == item.url or (item.url != "/" and path.startswith(item.url))
        if is_here and len(item.url) > best_length:
            best, best_length = item.section, len(item.url)
    return best
