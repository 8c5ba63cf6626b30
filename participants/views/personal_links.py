"""The personal link as staff see it: send, print, take back."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.audit import record_view
from core import clock
from core.errors import AccessDenied, DomainError
from participants.access import can_give_link
from participants.enums import LinkChannel
from participants.models import Participant
from participants.pages.personal_link import links_of
from participants.restricted import require_opened
from participants.services import personal_links as services
from participants.views.participants import load_person


@require_GET
def personal_link(request: HttpRequest, pk: int) -> HttpResponse:
    """How the link stands, and giving a new one."""
    person, standing = load_person(request, pk)
    require_opened(request, person, now=clock.now())
    record_view(actor=request.user, participant=person, page="participants:personal-link")
    return _page(request, person, may_give=can_give_link(standing))


def _page(request, person: Participant, *, may_give: bool, problem: str = "", status: int = 200):
    links = links_of(person, now=clock.now())
    context = {
        "person": person,
        "links": links,
        "live": links[0] if links and links[0].is_live else None,
        "may_give": may_give,
        "may_mail": bool(person.email) and not person.is_restricted,
        "problem": problem,
    }
    return render(request, "participants/personal_link.html", context, status=status)


def _load_giver(request: HttpRequest, pk: int) -> Participant:
    person, standing = load_person(request, pk)
    require_opened(request, person, now=clock.now())
    if not can_give_link(standing):
        raise AccessDenied(_("The link to the participant's own pages is given by the person's own coach."))
    return person


@require_POST
def personal_link_send(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link by e-mail."""
    person = _load_giver(request, pk)
    try:
        services.send_link(actor=request.user, participant_id=pk, now=clock.now())
    except DomainError as error:
        return _page(request, person, may_give=True, problem=str(error), status=422)
    messages.success(request, _("The link is on its way."))
    return redirect("participants:personal-link", pk=pk)


@require_POST
def personal_link_print(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link on a page for paper, with a QR code; shown this once."""
    person = _load_giver(request, pk)
    try:
        given = services.give_link(
            actor=request.user, participant_id=pk, channel=LinkChannel.PAPER, now=clock.now()
        )
    except DomainError as error:
        return _page(request, person, may_give=True, problem=str(error), status=422)
    qr_code = segno.make(given.address, error="m", micro=False)
    context = {
        "person": person,
        "address": given.address,
        "valid_until": given.link.token.expires_at,
        "qr_code": qr_code.svg_data_uri(scale=5, border=4, dark="#000", light="#fff"),
        "is_plain": person.wants_plain_finnish and person.language == "fi",
        "back_url": reverse("participants:personal-link", args=[pk]),
    }
    with translation.override(person.language):
        response = render(request, "participants/personal_link_print.html", context)
    response["Referrer-Policy"] = "strict-origin"
    return response


@require_POST
def personal_link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The link stops working at once."""
    _load_giver(request, pk)
    if services.revoke_link(actor=request.user, participant_id=pk, now=clock.now()):
        messages.success(request, _("The link no longer works."))
    else:
        messages.info(request, _("There was no link to take back."))
    return redirect("participants:personal-link", pk=pk)
