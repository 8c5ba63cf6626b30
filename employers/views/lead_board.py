"""The board of leads by stage: showing it, moving a card by mouse, by keys or by a plain form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.errors import DomainError
from employers.enums import LeadStage
from employers.forms.lead import LeadMoveForm
from employers.models import JobLead
from employers.pages.lead import card_of, lead_board, stage_before
from employers.services import lead as services
from employers.views.lead import editable_lead, require_reader, show_lead, staff_lead

ASKS_MORE = {LeadStage.PASSED_ON: "employers:lead-pass", LeadStage.CLOSED: "employers:lead-close"}


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every open lead by its stage."""
    require_reader(request)
    return _board(request)


def _board(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    context = lead_board(request.user, today=clock.today())
    return render(request, "employers/leads/board.html", context, status=status)


@require_POST
def lead_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a card into another stage. Passing on and closing lead to the page that asks what they need."""
    lead = editable_lead(request, pk)
    form = LeadMoveForm(request.POST)
    if not form.is_valid():
        return _not_moved(request, lead, _("Choose a stage from the list."))
    target = form.cleaned_data["target"]
    if target in ASKS_MORE and lead.stage != target:
        return _led_on(request, reverse(ASKS_MORE[target], args=[pk]))
    try:
        services.move_lead(
            actor=request.user,
            lead_id=pk,
            version=form.cleaned_data["version"],
            target=target,
            today=clock.today(),
        )
    except DomainError as refusal:
        return _not_moved(request, lead, str(refusal))
    if _by_script(request):
        return _card_answer(request, pk)
    label = LeadStage(target).label
    messages.success(request, _("Moved: %(stage)s.") % {"stage": label})
    return redirect("employers:lead-board" if _from_board(request) else reverse("employers:lead", args=[pk]))


@require_POST
def lead_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an ended lead back into the stage where it stood before."""
    lead = editable_lead(request, pk)
    if not lead.is_open:
        services.move_lead(
            actor=request.user,
            lead_id=pk,
            version=lead.version,
            target=stage_before(lead),
            today=clock.today(),
        )
        messages.success(request, _("The lead is open again."))
    return redirect("employers:lead", pk=pk)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _from_board(request: HttpRequest) -> bool:
    return request.POST.get("from") == "board"


def _led_on(request: HttpRequest, address: str) -> HttpResponse:
    return JsonResponse({"go": address}) if _by_script(request) else redirect(address)


def _not_moved(request: HttpRequest, lead: JobLead, sentence: str) -> HttpResponse:
    if _by_script(request):
        return _card_answer(request, lead.pk, sentence=sentence, status=422)
    messages.error(request, sentence)
    if _from_board(request):
        return _board(request, status=422)
    return show_lead(request, staff_lead(request, lead.pk), status=422)


def _card_answer(request: HttpRequest, pk: int, *, sentence: str = "", status: int = 200) -> HttpResponse:
    """The card as it stands now, for the board's script."""
    lead = JobLead.objects.visible_to(request.user).with_names().with_counts().get(pk=pk)
    card = card_of(lead, user=request.user, today=clock.today())
    html = render_to_string(
        "employers/leads/_card.html", {"card": card, "stages": LeadStage.choices}, request=request
    )
    answer = {"stage": lead.stage, "label": lead.get_stage_display(), "card": html, "message": sentence}
    return JsonResponse(answer, status=status)
