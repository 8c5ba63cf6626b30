"""What somebody had typed when the session, or the form's safety stamp, had run out.

The text travels in hidden fields of the answered page itself and nowhere else: not in browser storage, not
in an address, not in the session, not in a log (architecture section 7.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

PREFIX = "kept:"
ADDRESS_FIELD = "kept-address"
MAX_FIELDS = 2000
MAX_CHARACTERS = 400_000
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
STAMPS = ("base", "page", "previewed")  # what our pages send about themselves
WORTH_SHOWING = 12  # characters: shorter values are dates, choices and ids, not somebody's writing


@dataclass(frozen=True)
class UnsentForm:
    """`address` is a path of ours with its query; `fields` are (name, value) in the order typed."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """Hidden fields that take the form through the log-in page."""
        yield ADDRESS_FIELD, self.address
        for name, value in self.fields:
            yield PREFIX + name, value

    @property
    def writings(self) -> list[str]:
        """The longer texts, so that the writer can see that they are safe."""
        return [
            value for name, value in self.fields if name not in STAMPS and len(value.strip()) >= WORTH_SHOWING
        ]


def holds_back(*names: str) -> Callable:
    """Marks a view whose form proves who is asking, by a code or a date of birth: these fields of it are
    typed again and stand in no other page."""

    def mark(view: Callable) -> Callable:
        view.held_back = frozenset(names)
        return view

    return mark


def _held_back(request: HttpRequest) -> frozenset[str]:
    found = request.resolver_match
    return getattr(found.func, "held_back", frozenset()) if found else frozenset()


def is_worth_keeping(name: str) -> bool:
    """No stamps and no passwords; nor our own carrying fields twice."""
    lower = name.lower()
    return (
        name != ADDRESS_FIELD
        and not name.startswith(PREFIX)
        and "csrf" not in lower
        and "password" not in lower
    )


def is_within_bounds(fields: list[tuple[str, str]]) -> bool:
    """Small enough to be sent through one more page."""
    characters = sum(len(name) + len(value) for name, value in fields)
    return len(fields) <= MAX_FIELDS and characters <= MAX_CHARACTERS


def _pairs(data: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in data.lists() for value in values]


def form_in(request: HttpRequest) -> UnsentForm | None:
    """What this POST wanted to save, or None when it cannot be kept whole (files, other kinds, too large)."""
    if request.method != "POST" or request.content_type not in FORM_TYPES or request.FILES:
        return None
    held_back = _held_back(request)
    fields = [
        (name, value)
        for name, value in _pairs(request.POST)
        if is_worth_keeping(name) and name not in held_back
    ]
    if not fields or not is_within_bounds(fields):
        return None
    return UnsentForm(request.get_full_path(), tuple(fields))


def form_carried_by(request: HttpRequest) -> UnsentForm | None:
    """The form that a page of ours took along in its hidden fields, or None."""
    address = request.POST.get(ADDRESS_FIELD, "")
    if not is_own_path(address):
        return None
    fields = [
        (name.removeprefix(PREFIX), value)
        for name, value in _pairs(request.POST)
        if name.startswith(PREFIX) and is_worth_keeping(name.removeprefix(PREFIX))
    ]
    if not fields or not is_within_bounds(fields):
        return None
    return UnsentForm(address, tuple(fields))


def is_own_path(address: str) -> bool:
    """A path on this host: never another site, never a scheme."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def was_sent_by_script(request: HttpRequest) -> bool:
    """Autosave and htmx: they get a short answer and keep the text in the open page."""
    asked_with = request.headers.get("X-Requested-With")
    return asked_with in ("fetch", "XMLHttpRequest") or "HX-Request" in request.headers


def came_from_own_page(request: HttpRequest) -> bool:
    """The browser says that the form stood on a page of ours (Origin, else Referer)."""
    origin = request.headers.get("Origin", "")
    source = origin if origin and origin != "null" else request.headers.get("Referer", "")
    return bool(source) and urlsplit(source).netloc == request.get_host()


def page_it_stood_on(request: HttpRequest) -> str:
    """The path of our page that held the form, from the Referer; "" when unknown."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host() or not is_own_path(parts.path):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
