"""What is searched for by name: posted, never readable in an address (architecture section 7.1).

The form of a list posts to the list itself; the answer leads to the list's address with the words sealed in
it. So pages, the back button, two tabs and a reload work as with any filter, without JavaScript, and neither
the browser's history nor a proxy's log holds a name. A seal opens for its own user and for a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect

from core import clock
from core.crypto import seal, unseal

TYPED = "q"  # the field that is posted
SEALED = "s"  # the key in the address
LONGEST = 80  # characters
LONGEST_FILTER = 40
LIFETIME = dt.timedelta(days=1)
PURPOSE = "core.search_terms"


@dataclass(frozen=True)
class Search:
    """What a list is searched for; `has_expired` when the address held words that no longer open."""

    words: str = ""
    has_expired: bool = False


def is_asked(request: HttpRequest) -> bool:
    """This POST is a search (a page may have other forms)."""
    return request.method == "POST" and TYPED in request.POST


def lead_to_list(request: HttpRequest, *, filters: Iterable[str] = ()) -> HttpResponseRedirect:
    """The answer to a posted search: the first page of the same list. `filters` name the fields that are
    nobody's personal data and stay plain; every other field is dropped."""
    chosen = {name: request.POST.get(name, "") for name in filters}
    query = {name: value for name, value in chosen.items() if value and len(value) <= LONGEST_FILTER}
    words = _tidy(request.POST.get(TYPED, ""))
    if words:
        query[SEALED] = seal(f"{request.user.pk}:{words}", purpose=PURPOSE, now=clock.now())
    return HttpResponseRedirect(f"{request.path}?{urlencode(query)}" if query else request.path)


def search_of(request: HttpRequest) -> Search:
    """What the address asks for."""
    sealed = request.GET.get(SEALED, "")
    if not sealed:
        return Search()
    opened = unseal(sealed, purpose=PURPOSE, lifetime=LIFETIME, now=clock.now())
    owner, _colon, words = (opened or "").partition(":")
    if owner != str(request.user.pk):
        return Search(has_expired=True)
    return Search(words)


def _tidy(typed: str) -> str:
    """One line without NUL characters and lone surrogates, which neither a seal nor the database takes."""
    clean = typed.replace("\x00", "").encode(errors="ignore").decode()
    return " ".join(clean.split())[:LONGEST].strip()
