"""What a workplace is told, behind the participant's personal link: allow, take back, read, approve."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.errors import DomainError
from core.forms import add_domain_error
from core.registry import NamedRecipient
from employers.brief_paper import BRIEF_HEADINGS, build_brief_paper
from employers.enums import BriefState
from employers.forms.brief import OwnAnswerForm
from employers.pages.brief import brief_recipients, standing_brief
from employers.services import brief as services
from participants.consent_texts import named_group
from participants.enums import BRIEF_ITEMS, ConsentMethod, ConsentRecipient
from participants.models import Consent
from participants.own.visit import OwnVisit, own_page
from participants.services.consents import set_consents_for_one
from participants.services.personal_links import BY_LINK


@require_GET
@own_page
def workplaces(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """The employers that may be told something, each with how it stands."""
    today = clock.today()
    valid = list(Consent.objects.valid_on(today).filter(participant=visit.participant))
    rows = [
        (one, named_group(one, valid, may_record=True), standing_brief(visit.participant.pk, one.pk))
        for one in brief_recipients(visit.participant, today)
    ]
    context = {"rows": [row for row in rows if row[0].is_open or row[1].given]}
    return render(request, "employers/own/workplaces.html", context)


@require_http_methods(["GET", "POST"])
@own_page
def workplace(request: HttpRequest, visit: OwnVisit, pk: int) -> HttpResponse:
    """GET: what this employer may be told, and the brief. POST: exactly the ticked items are allowed."""
    one = _employer(visit, pk)
    if request.method == "GET":
        return _page(request, visit, one)
    try:
        changed = set_consents_for_one(
            actor=None,
            actor_label=BY_LINK,
            participant=visit.participant,
            recipient=ConsentRecipient.EMPLOYER,
            recipient_id=one.pk,
            items=[item for item in BRIEF_ITEMS if item in request.POST.getlist("items")],
            today=clock.today(),
            method=ConsentMethod.LINK,
        )
    except DomainError as error:
        return _page(request, visit, one, refusal=str(error), status=422)
    messages.success(request, _("Saved. It holds at once.") if changed else _("Nothing was changed."))
    return redirect("own_briefs:workplace", pk=pk)


@require_POST
@own_page
def answer(request: HttpRequest, visit: OwnVisit, pk: int) -> HttpResponse:
    """Approve the brief, less what is left out; or ask for another wording."""
    one = _employer(visit, pk)
    brief = _shown(visit, pk)
    if brief is None:
        raise Http404
    form = OwnAnswerForm(request.POST, items=list(brief.items))
    if form.is_valid():
        said = form.cleaned_data
        try:
            if "reword" in request.POST:
                services.comment_brief(
                    brief_id=brief.pk, comment=said["comment"], now=clock.now(), actor_label=BY_LINK
                )
                messages.success(
                    request, _("Thank you. Your wish is passed on, and nobody reads the page yet.")
                )
            else:
                services.approve_brief(
                    actor=None,
                    actor_label=BY_LINK,
                    brief_id=brief.pk,
                    seen_hash=said["seen_hash"],
                    method=ConsentMethod.LINK,
                    approved_on=clock.today(),
                    now=clock.now(),
                    today=clock.today(),
                    struck=tuple(said["strike"]),
                    comment=said["comment"],
                )
                messages.success(request, _("Thank you. This text may now be given to the workplace."))
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect("own_briefs:workplace", pk=pk)
    return _page(request, visit, one, form=form, status=422)


@require_POST
@own_page
def no_brief(request: HttpRequest, visit: OwnVisit, pk: int) -> HttpResponse:
    """I want no brief for this employer: an answer as good as a brief."""
    one = _employer(visit, pk)
    services.decline_brief(
        actor=None,
        actor_label=BY_LINK,
        participant_id=visit.participant.pk,
        employer_id=one.pk,
        declined_on=clock.today(),
        now=clock.now(),
        today=clock.today(),
    )
    messages.success(request, _("It is noted. The workplace gets no page about you."))
    return redirect("own_briefs:workplace", pk=pk)


def _employer(visit: OwnVisit, pk: int) -> NamedRecipient:
    """One of the participant's own employers; 404 for any other."""
    for one in brief_recipients(visit.participant, clock.today()):
        if one.pk == pk:
            return one
    raise Http404


def _shown(visit: OwnVisit, pk: int):
    """The brief that the participant reads: one that was put before them, or is approved."""
    brief = standing_brief(visit.participant.pk, pk)
    if brief is None or not (brief.asked_at or brief.state != BriefState.DRAFT):
        return None
    return brief


def _page(request, visit: OwnVisit, one: NamedRecipient, *, form=None, refusal: str = "", status: int = 200):
    today = clock.today()
    valid = list(
        Consent.objects.valid_on(today)
        .for_recipient(one.recipient, one.pk)
        .filter(participant=visit.participant)
    )
    brief = _shown(visit, one.pk)
    items = brief.items if brief else {}
    typed = form.data.getlist("strike") if form is not None else []
    context = {
        "one": one,
        "group": named_group(one, valid, may_record=True),
        "brief": brief,
        "paper": build_brief_paper(brief) if items else None,
        "sections": [
            (item, BRIEF_HEADINGS[item], items[item], item in typed) for item in BRIEF_ITEMS if item in items
        ],
        "form": form or OwnAnswerForm(initial={"seen_hash": brief.content_hash if brief else ""}, items=[]),
        "refusal": refusal,
    }
    if form is not None and brief is not None:
        context["seen_hash"] = brief.content_hash
    return render(request, "employers/own/workplace.html", context, status=status)
