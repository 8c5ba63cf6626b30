"""How a page behind the personal link is made (issue 3, "Before the first day: the participant's link").

A page of any app:

    from participants.own.visit import OwnVisit, own_page

    @own_page
    @require_http_methods(["GET", "POST"])
    def own_task(request: HttpRequest, visit: OwnVisit, pk: int) -> HttpResponse:
        task = get_object_or_404(PreAssignment, enrolment__participant=visit.participant, pk=pk)
        ...
        return render(request, "coaching/own_task.html", {...})

- `own_page` finds the open visit and hands it over as the second argument; without one it shows the page that
  asks for the date of birth again (a POST's text is kept in it), a script gets a short 401. It sets the
  language, `no-store`, and takes any signed-in staff member off the request: the two never mix. Everything
  that the view loads must be looked up through `visit.participant`; what is not theirs is 404.
- `visit.participant`, `visit.link`, `visit.language` ("fi", "sv", "en"), `visit.is_plain` (plain Finnish).
  In templates the same stands in `frame.own`: `{% if frame.own.is_plain %}…{% endif %}`.
- Addresses: an own list with an `app_name` of its own, included in `config/urls.py` under `o/`.
- Templates extend `link_base.html` (blocks as in base.html; `back` leads to the front page).
- On the front page stand the cards of `core.registry.link_pages`.
- Writing: services get `actor=None, actor_label=BY_LINK` (participants.services.personal_links).
- Autosave: `static/js/autosave_form.js` with `components/_autosave_state.html`; both say how to use them.
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
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.errors import AccessDenied
from core.unsent_form import UnsentForm, form_in, was_sent_by_script
from core.visit_session import is_still_saved
from participants.forms.own_pages import BirthDateForm
from participants.models import Participant, PersonalLink
from participants.pages.own import contact_of
from participants.services.personal_links import is_live

NEEDS_LINK = gettext_lazy("Open your own pages with the link that you got, by e-mail or on paper.")
COOKIE = "own_pages"
COOKIE_PATH = "/o/"
IDLE = dt.timedelta(minutes=settings.PERSONAL_LINK_IDLE_MINUTES)
REMEMBERED = dt.timedelta(hours=10)  # so long the date of birth alone lets the same browser in again
FRESH = dt.timedelta(minutes=1)  # an open visit is noted once a minute, not at each autosave


@dataclass(frozen=True)
class OwnVisit:
    """One participant inside, by one link, in one browser."""

    link: PersonalLink
    participant: Participant
    language: str
    is_plain: bool

    @property
    def reading(self) -> str:
        """What the language switch shows as chosen: "fi", "plain", "sv" or "en"."""
        return "plain" if self.is_plain else self.language


def visit_of(link: PersonalLink) -> OwnVisit:
    """The visit that this link makes."""
    language = link.language or link.participant.language
    is_plain = language == "fi" and link.participant.wants_plain_finnish
    return OwnVisit(link=link, participant=link.participant, language=language, is_plain=is_plain)


# --- the visit's own session: never the staff's ---------------------------------------------------
def begin_visit(response: HttpResponse, request: HttpRequest, link: PersonalLink) -> None:
    """Open a fresh visit in this browser; the one that was there is closed."""
    _delete_session(request)
    store = SessionStore()
    store["link"] = link.pk
    store["seen_at"] = clock.now().isoformat()
    store.set_expiry(REMEMBERED)
    store.create()
    response.set_cookie(
        COOKIE,
        store.session_key,
        max_age=int(REMEMBERED.total_seconds()),
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def end_visit(response: HttpResponse, request: HttpRequest) -> None:
    """Nothing of it stays in this browser or on the server."""
    _delete_session(request)
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Strict")


def _delete_session(request: HttpRequest) -> None:
    key = request.COOKIES.get(COOKIE, "")
    if key:
        SessionStore(key).delete()


def remembered_link(request: HttpRequest) -> PersonalLink | None:
    """The live link that was opened in this browser, open or idle."""
    return _remembered(request)[0]


def _remembered(request: HttpRequest) -> tuple[PersonalLink | None, SessionStore | None]:
    key = request.COOKIES.get(COOKIE, "")
    if not key:
        return None, None
    store = SessionStore(key)
    link_id = store.get("link")
    if not isinstance(link_id, int):
        return None, None
    link = PersonalLink.objects.select_related("participant", "token").filter(pk=link_id).first()
    if link is None or not is_live(link, now=clock.now()):
        return None, None
    return link, store


def open_visit(request: HttpRequest) -> OwnVisit | None:
    """The visit that is open in this browser, noting that it is still in use."""
    link, store = _remembered(request)
    if link is None:
        return None
    quiet_for = clock.now() - dt.datetime.fromisoformat(store["seen_at"])
    if quiet_for > IDLE:
        return None
    if quiet_for >= FRESH:
        store["seen_at"] = clock.now().isoformat()
        if not is_still_saved(store):
            return None
    return visit_of(link)


# --- pages ----------------------------------------------------------------------------------------
def own_page(view: Callable) -> Callable:
    """A page for the participant inside; see the head of this module."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        as_nobody(request)
        visit = open_visit(request)
        if visit is None:
            return ask_again(request)
        request.own_visit = visit
        with translation.override(visit.language):
            try:
                return view(request, visit, *args, **kwargs)
            except Http404:
                return render(request, "link/not_found.html", status=404)
            except AccessDenied as refusal:
                return render(request, "link/not_found.html", {"message": str(refusal)}, status=403)

    guarded.login_required = False
    return guarded


def as_nobody(request: HttpRequest) -> None:
    """Staff who happen to be signed in are nobody here."""
    request.user = AnonymousUser()


def ask_again(request: HttpRequest) -> HttpResponse:
    """401: the date of birth once more, or, when the link itself is gone, what to do next (410)."""
    link = remembered_link(request)
    if was_sent_by_script(request):
        with translation.override(visit_of(link).language if link else translation.get_language()):
            sentence = _("The page has been closed. Open it again in another tab; your text stays here.")
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=401)
    if link is None:
        return gone(request, NEEDS_LINK, unsent=form_in(request))
    with translation.override(visit_of(link).language):
        return ask_birth_date(request, link, unsent=form_in(request), status=401)


def ask_birth_date(
    request: HttpRequest, link: PersonalLink, *, form=None, unsent=None, note: str = "", status: int = 200
) -> HttpResponse:
    """The door page. Its form is sent to the address that it stands at, the secret one or `own:again`."""
    at_door = request.resolver_match.url_name == "door"
    context = {
        "form": form or BirthDateForm(),
        "unsent": unsent,
        "note": note,
        "has_expired": status == 401,
        "target": request.path if at_door else reverse("own:again"),
        "contact": None if link.participant.is_restricted else contact_of(link),
    }
    return render(request, "link/door.html", context, status=status)


def gone(request: HttpRequest, reason, *, unsent: UnsentForm | None = None) -> HttpResponse:
    """410 with what to do next, and what was typed meanwhile: a new link (a reminder carries one) ends the
    old one also under somebody who is writing."""
    writings = unsent.writings if unsent else []
    return render(request, "link/gone.html", {"message": str(reason), "writings": writings}, status=410)
