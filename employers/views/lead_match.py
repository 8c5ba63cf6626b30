"""Whom a lead may suit: linking people of own months, how it stands, taking somebody off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from employers.access import can_add_lead
from employers.forms.lead import LinkPersonForm, MatchForm
from employers.models import LeadMatch
from employers.pages.lead import people_to_link
from employers.services import lead_match as services
from employers.views.lead import require_reader, show_lead, staff_lead
from participants.restricted import require_opened


@require_POST
def lead_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link somebody of own months to the lead."""
    lead = staff_lead(request, pk)
    if not can_add_lead(request.user):
        raise AccessDenied(_("Coaches and coordinators link people of their own months."))
    people = people_to_link(request.user, lead, today=clock.today())
    form = LinkPersonForm(request.POST, people=people, auto_id="link_%s")
    if not form.is_valid():
        return show_lead(request, lead, link_form=form, status=422)
    enrolment = form.cleaned_data["enrolment"]
    try:
        services.link_person(
            actor=request.user, lead_id=pk, enrolment=enrolment, note=form.cleaned_data["note"]
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return show_lead(request, lead, link_form=form, status=422)
    messages.success(request, _("Linked."))
    return redirect(f"{reverse('employers:lead', args=[pk])}#people")


@require_POST
def lead_match(request: HttpRequest, pk: int) -> HttpResponse:
    """How a linked person stands to the lead, or taking the person off it."""
    require_reader(request)
    visible = LeadMatch.objects.visible_to(request.user, today=clock.today()).with_people()
    match = get_object_or_404(visible.select_related("lead"), pk=pk)
    require_opened(request, match.enrolment.participant, now=clock.now())
    if "remove" in request.POST:
        services.unlink_person(actor=request.user, match_id=pk)
        messages.success(request, _("Taken off the lead."))
        return redirect(f"{reverse('employers:lead', args=[match.lead_id])}#people")
    form = MatchForm(request.POST)
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, sentences[0])
        return show_lead(request, staff_lead(request, match.lead_id), status=422)
    services.change_match(actor=request.user, match_id=pk, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('employers:lead', args=[match.lead_id])}#people")
