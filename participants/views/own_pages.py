"""The door of the personal link, the first page behind it, its language, and leaving it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.lockout import client_address
from core import clock
from core.errors import DomainError, LinkGone
from core.forms import add_domain_error
from core.throttle import is_too_often
from core.unsent_form import form_carried_by, holds_back, is_own_path
from participants.forms.own_pages import BirthDateForm
from participants.models import PersonalLink
from participants.own import visit as visits
from participants.own.visit import OwnVisit, own_page
from participants.pages.own import front_page
from participants.services import personal_links as services

KNOCKS, IN_SECONDS = 30, 300  # a library's many people share one address; five tries lock a link anyway


@login_not_required
@holds_back("birth_date")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, secret: str) -> HttpResponse:
    """Where the link leads. Opening it changes nothing: mail scanners open links too."""
    visits.as_nobody(request)
    try:
        link = services.find_link(secret=secret, now=clock.now())
    except LinkGone as reason:
        return visits.gone(request, reason, unsent=form_carried_by(request))
    with translation.override(_door_language(request, link)):
        if request.method == "GET":
            return visits.ask_birth_date(request, link)
        return _let_in(request, link)


@login_not_required
@holds_back("birth_date")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """The date of birth again, in a browser where the link was opened a while ago."""
    visits.as_nobody(request)
    link = visits.remembered_link(request)
    if link is None:
        return visits.gone(request, visits.NEEDS_LINK, unsent=form_carried_by(request))
    with translation.override(visits.visit_of(link).language):
        if request.method == "GET":
            return visits.ask_birth_date(request, link)
        return _let_in(request, link)


def _let_in(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """The second factor was sent. What waits to be sent is shown afterwards, in fresh clothes."""
    unsent = form_carried_by(request)
    if is_too_often(door="own", who=client_address(request), at_most=KNOCKS, seconds=IN_SECONDS):
        form = BirthDateForm()
        sentence = _("There have been too many tries from this network. Wait five minutes and try again.")
        return visits.ask_birth_date(request, link, form=form, unsent=unsent, note=sentence, status=429)
    form = BirthDateForm(request.POST)
    if form.is_valid():
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        try:
            link = services.open_link(
                link_id=link.pk,
                birth_date=form.cleaned_data["birth_date"],
                now=clock.now(),
                language=chosen if chosen in dict(settings.LANGUAGES) else "",
            )
        except LinkGone as reason:
            return visits.gone(request, reason, unsent=unsent)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            response = _inside(request, link, unsent)
            visits.begin_visit(response, request, link)
            return response
    return visits.ask_birth_date(request, link, form=form, unsent=unsent, status=422)


def _inside(request: HttpRequest, link: PersonalLink, unsent) -> HttpResponse:
    if unsent is None:
        return redirect("own:front")
    request.own_visit = visits.visit_of(link)
    return render(request, "link/unsent.html", {"unsent": unsent})


def _door_language(request: HttpRequest, link: PersonalLink) -> str:
    """What was chosen in this browser, else what the participant reads."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else visits.visit_of(link).language


@require_GET
@own_page
def front(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """What waits for me, what I can read, and whom I can ask."""
    page = front_page(visit.link, today=clock.today())
    return render(request, "link/front.html", {"page": page})


@require_POST
@own_page
def choose_reading(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """Finnish, plain Finnish, Swedish or English, and back to the page it was asked from."""
    reading = request.POST.get("reading", "")
    try:
        services.choose_reading(
            link_id=visit.link.pk,
            language="fi" if reading == "plain" else reading,
            is_plain=reading == "plain",
        )
    except DomainError:
        return redirect("own:front")
    asked = request.POST.get("next", "")
    return redirect(asked if is_own_path(asked) and asked.startswith("/o/") else "own:front")


@login_not_required
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Leave: nothing of the visit stays in this browser."""
    visits.as_nobody(request)
    response = redirect("own:closed")
    visits.end_visit(response, request)
    return response


@login_not_required
@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    """A word that the pages are closed."""
    visits.as_nobody(request)
    return render(request, "link/closed.html")
