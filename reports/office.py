"""How a page behind the office's link is made (te-summary.md, Delivery).

    from reports.office import OfficeVisit, office_page

    @office_page
    @require_GET
    def read(request: HttpRequest, visit: OfficeVisit, item_id: int) -> HttpResponse: ...

- The link alone opens only the door, and a GET of it changes nothing (mail scanners open links). The right
  code begins a visit in this browser, for DELIVERY_OPEN_MINUTES, under a cookie of its own that is sent to
  `/d/` only. Staff who happen to be signed in are nobody here.
- Everything that a page loads is looked up through `visit.delivery`; what is not in it is 404. A delivery
  that was taken back, sent again, or locked closes an open visit at its next request.
- Templates extend `reports/office/base.html`; the visit stands in the context as `frame.workplace`.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.enums import Language
from accounts.lockout import client_address
from accounts.models import User
from core import clock
from core.errors import AccessDenied, LinkGone
from core.throttle import is_too_often
from core.unsent_form import was_sent_by_script
from core.visit_session import is_still_saved
from reports.forms.delivery import CodeForm
from reports.models import Delivery
from reports.services.deliveries import delivery_behind

BY_OFFICE_LINK = gettext_noop("office link")  # who did it, in the audit trail and in the receipts
COOKIE, COOKIE_PATH = "office_visit", "/d/"
# an office shares one address; who is inside reads on, and the page of a file asks by itself
KNOCKS, INSIDE, IN_SECONDS = 120, 1_500, 300


@dataclass(frozen=True)
class OfficeVisit:
    """Somebody of an office, at the door or (`is_open`) inside, by one delivery's link."""

    delivery: Delivery
    secret: str
    language: str
    is_open: bool

    @property
    def contact(self) -> User | None:
        """Who sent it; without them the month's coach."""
        return self.delivery.made_by or self.delivery.month.coach


def office_page(view: Callable) -> Callable:
    """A page for whoever has the link and gave the code; see the head of this module."""
    return _guarded(view, at_door=False)


def office_door(view: Callable) -> Callable:
    """The page at the link's own address: it decides itself what shows before the code."""
    return _guarded(view, at_door=True)


def _guarded(view: Callable, *, at_door: bool) -> Callable:
    @functools.wraps(view)
    def guarded(request: HttpRequest, secret: str, *args, **kwargs) -> HttpResponse:
        request.user = AnonymousUser()
        if _knocks_too_often(request):
            sentence = _("There have been too many tries from this network. Wait five minutes.")
            return closed(request, sentence, status=429)
        try:
            visit = _visit_of(request, delivery_behind(secret=secret, now=clock.now()), secret)
        except LinkGone as reason:
            return closed(request, str(reason), status=410)
        request.workplace_visit = visit
        with translation.override(visit.language):
            return _answer(view, request, visit, at_door, args, kwargs)

    guarded.login_required = False
    return guarded


def _knocks_too_often(request: HttpRequest) -> bool:
    """Codes are counted by the link itself; this is only for the server's sake, so a cookie is enough to be
    let through the wider door."""
    is_inside = COOKIE in request.COOKIES
    return is_too_often(
        door="office-inside" if is_inside else "office",
        who=client_address(request),
        at_most=INSIDE if is_inside else KNOCKS,
        seconds=IN_SECONDS,
    )


def _answer(view, request: HttpRequest, visit: OfficeVisit, at_door: bool, args, kwargs) -> HttpResponse:
    if not visit.is_open and not at_door:
        return ask_code(request, visit, status=401)
    try:
        return view(request, visit, *args, **kwargs)
    except LinkGone as reason:
        return closed(request, str(reason), status=410)
    except AccessDenied as reason:
        return render(request, "reports/office/refused.html", {"message": str(reason)}, status=403)
    except Http404:
        return render(request, "reports/office/refused.html", {"message": ""}, status=404)


def ask_code(
    request: HttpRequest, visit: OfficeVisit, *, form: CodeForm | None = None, status: int = 200
) -> HttpResponse:
    """The door: asks for the code, also when an open visit ran out."""
    if status == 401 and was_sent_by_script(request):
        sentence = _("The page has been closed. Open the link again and give the code.")
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=401)
    context = {"form": form or CodeForm(), "has_expired": status == 401, "visit": visit}
    return render(request, "reports/office/door.html", context, status=status)


def closed(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """The page of a link that is over: why, and what to do."""
    return render(request, "reports/office/closed.html", {"message": sentence}, status=status)


# --- the visit's own session ------------------------------------------------------------------------
def _visit_of(request: HttpRequest, delivery: Delivery, secret: str) -> OfficeVisit:
    store = _store_of(request)
    is_open = store is not None and store.get("token") == delivery.token_id
    chosen = request.GET.get("language", "")
    language = delivery.authority.language
    if chosen in Language.values:
        language = chosen
        if is_open and store.get("language") != chosen:
            store["language"] = chosen
            is_open = is_still_saved(store)
    elif is_open and store.get("language") in Language.values:
        language = store["language"]
    return OfficeVisit(delivery, secret, language, is_open)


def _store_of(request: HttpRequest) -> SessionStore | None:
    """The visit's session while its time is not over: it does not grow by being used."""
    key = request.COOKIES.get(COOKIE, "")
    if not key:
        return None
    store = SessionStore(key)
    opened_at = store.get("opened_at")
    if not isinstance(opened_at, str):
        return None
    lasts = dt.timedelta(minutes=settings.DELIVERY_OPEN_MINUTES)
    return store if clock.now() - dt.datetime.fromisoformat(opened_at) < lasts else None


def begin_visit(response: HttpResponse, request: HttpRequest, delivery: Delivery) -> None:
    """Open a fresh visit in this browser; the one that was there is closed."""
    _delete_session(request)
    store, lasts = SessionStore(), dt.timedelta(minutes=settings.DELIVERY_OPEN_MINUTES)
    store["token"], store["opened_at"] = delivery.token_id, clock.now().isoformat()
    store.set_expiry(lasts)
    store.create()
    response.set_cookie(
        COOKIE,
        store.session_key,
        max_age=int(lasts.total_seconds()),
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",  # the link is followed from a mail on another site, again and again
    )


def end_visit(response: HttpResponse, request: HttpRequest) -> None:
    """Nothing of it stays in this browser or on the server."""
    _delete_session(request)
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Lax")


def _delete_session(request: HttpRequest) -> None:
    key = request.COOKIES.get(COOKIE, "")
    if key:
        SessionStore(key).delete()
