"""One person in a month: the page itself, and the proposal for a decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coaching.forms.person import ProposalForm
from coaching.models import Proposal
from coaching.pages.person import person_page
from coaching.services import person as services
from coaching.views.loading import posted
from coaching.views.person_base import load_person, person_context, saved, stale_form
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Now, next step, and everything that was written about one person in the month."""
    enrolment = load_person(request, pk)
    page = person_page(enrolment, user=request.user, today=clock.today(), show_all="all" in request.GET)
    return render(request, "coaching/person.html", person_context(enrolment, page=page))


@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed to be decided in the discussion of three."""
    enrolment = load_person(request, pk)
    current = Proposal.objects.select_related("recorded_by").filter(enrolment=enrolment).first()
    form = ProposalForm(
        posted(request), instance=current, initial={"base_version": current.version if current else 0}
    )
    conflict = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.save_proposal(
                actor=request.user,
                enrolment_id=enrolment.pk,
                base_version=form.cleaned_data["base_version"],
                **form.values(),
            )
        except StaleVersion as error:
            theirs = Proposal.objects.select_related("recorded_by").get(enrolment=enrolment)
            form, conflict = stale_form(form, theirs, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The proposal is saved."), "proposal")
    context = person_context(enrolment, form=form, here=_("Proposal for a decision"), **conflict)
    return render(
        request, "coaching/proposal_form.html", context, status=422 if request.method == "POST" else 200
    )
