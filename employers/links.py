"""How a page behind a workplace's link is made (issue 4, "Links without an account").

    from employers.links import WorkplaceVisit, workplace_page

    @workplace_page(WorkplacePurpose.FEEDBACK)
    @require_http_methods(["GET", "POST"])
    def feedback(request: HttpRequest, visit: WorkplaceVisit) -> HttpResponse:
        ...load through visit.link.subject_id...
        return render(request, "employers/workplace/feedback.html", {...})

- The secret is the address's only argument; there is no session. `workplace_page` finds the link, throttles
  by network address, takes any signed-in staff member off the request, sets the language (the link's, or
  `?language=sv`). That no cache keeps the answer and no Referer carries the address is
  `core.middleware.strict_headers`' work.
- What is over answers 410 with whom to ask; what was typed stays on the page (also when the link ended while
  somebody was writing).
- A GET changes nothing. After a POST answer with a page or a redirect to `request.path`.
- Templates extend `workplace_base.html`; `visit` stands in the context as `frame.workplace`.
- Addresses: `employers/urls/workplace.py`, under `w/`. Services get `actor=None,
  actor_label=BY_WORKPLACE_LINK` for what comes through the link.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from accounts.enums import Language
from accounts.lockout import client_address
from accounts.models import User
from core import clock
from core.errors import LinkGone
from core.throttle import is_too_often
from core.unsent_form import form_in, was_sent_by_script
from employers.models import WorkplaceLink
from employers.services.workplace_links import find_workplace_link

BY_WORKPLACE_LINK = gettext_noop("workplace link")  # who did it, in the audit trail
KNOCKS, DRAFTS, IN_SECONDS = (
    60,
    600,
    300,
)  # a shop's people share one address; a secret of 43 characters is not guessed


@dataclass(frozen=True)
class WorkplaceVisit:
    """Somebody inside by one link, for one purpose."""

    link: WorkplaceLink
    secret: str
    language: str

    @property
    def contact(self) -> User | None:
        """Whom of ours to ring: the month's coordinator, else its coach, else who sent the link."""
        month = self.link.placement.month if self.link.placement else None
        if month is not None:
            return month.coordinator or month.coach
        return self.link.created_by


def workplace_page(purpose: str) -> Callable:
    """A page for whoever has the link; see the head of this module."""

    def wrap(view: Callable) -> Callable:
        @functools.wraps(view)
        def guarded(request: HttpRequest, secret: str, *args, **kwargs) -> HttpResponse:
            request.user = AnonymousUser()
            if _knocks_too_often(request):
                sentence = _("There have been too many tries from this network. Wait five minutes.")
                return _closed(request, sentence, status=429)
            try:
                link = find_workplace_link(purpose=purpose, secret=secret, now=clock.now())
            except LinkGone as reason:
                return _closed(request, str(reason), status=410)
            visit = WorkplaceVisit(link, secret, _language(request, link))
            request.workplace_visit = visit
            with translation.override(visit.language):
                try:
                    return view(request, visit, *args, **kwargs)
                except LinkGone as reason:
                    return _closed(request, str(reason), status=410)
                except Http404:
                    return _closed(request, _("This page is not here any more."), status=404)

        guarded.login_required = False
        return guarded

    return wrap


def _knocks_too_often(request: HttpRequest) -> bool:
    """Autosave has a door of its own, wide enough for somebody who answers ten questions in a minute."""
    by_script = was_sent_by_script(request)
    return is_too_often(
        door="workplace-draft" if by_script else "workplace",
        who=client_address(request),
        at_most=DRAFTS if by_script else KNOCKS,
        seconds=IN_SECONDS,
    )


def _language(request: HttpRequest, link: WorkplaceLink) -> str:
    chosen = request.GET.get("language", "")
    return chosen if chosen in Language.values else link.language


def _closed(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """The page of a link that is over, in the browser's language, with what was typed."""
    unsent = form_in(request)
    context = {"message": sentence, "writings": unsent.writings if unsent else []}
    with translation.override(get_language()):
        return render(request, "employers/workplace/gone.html", context, status=status)
