"""The discussion of three: one screen, the decision, the need of a health check, the next version."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import record_view
from coaching.models import Enrolment
from coaching.views.loading import posted
from coaching.views.person_base import conflict_with, kept
from core import clock
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error
from participants.restricted import require_opened
from reports.access import can_write_summaries
from reports.forms.meeting import (
    DECISION_FIELDS,
    TALK_FIELDS,
    DecisionForm,
    HealthNeedForm,
    MeetingForm,
    OfficerDecisionForm,
)
from reports.models import HealthNeed
from reports.pages.meeting import build_meeting_page, decision_of, decision_start, talk_of, talk_start
from reports.services.decisions import record_decision, record_health_need
from reports.services.versions import make_draft
from reports.views.inbox import summary_of_own_office


def load_own_person(request: HttpRequest, enrolment_id: int) -> Enrolment:
    """The person, for the month's own coach: a stranger gets 404, who knows the month otherwise 403. A
    protected person's opens with a reason; each page that is shown is on the audit trail."""
    found = get_object_or_404(
        Enrolment.objects.visible_to(request.user, today=clock.today()).select_related(
            "month", "participant__authority", "participant__officer", "proposal"
        ),
        pk=enrolment_id,
    )
    if not can_write_summaries(request.user, found.month):
        raise AccessDenied(_("The discussion of three is led by the month's own coach."))
    require_opened(request, found.participant, now=clock.now())
    if request.method == "GET":
        page = request.resolver_match.view_name
        record_view(actor=request.user, participant=found.participant, page=page)
    return found


@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Goal, page 1 and proposal, and beside them the decision that is made."""
    enrolment, today = load_own_person(request, enrolment_id), clock.today()
    decision, talk = decision_of(enrolment), talk_of(enrolment)
    initial = {
        **decision_start(enrolment, decision, today=today),
        **talk_start(enrolment, talk, request.user, has_decision=decision is not None, today=today),
    }
    form = MeetingForm(posted(request), enrolment=enrolment, initial=initial)
    conflict: dict = {}
    if request.method == "POST" and form.is_valid():
        try:
            record_decision(
                actor=request.user,
                enrolment_id=enrolment.pk,
                base_version=form.cleaned_data["base_version"],
                talk=form.talk(),
                talk_version=form.cleaned_data["talk_version"],
                today=today,
                **form.values(),
            )
        except StaleVersion as error:
            form, conflict = _both_versions(form, decision_of(enrolment), talk_of(enrolment), error)
        except AccessDenied:
            raise
        except DomainError as error:
            _put_error(form, error)
        else:
            messages.success(request, _("The decision is recorded."))
            return redirect("reports:meeting", enrolment.pk)
    context = {**_context(enrolment), "form": form, "from_proposal": decision is None, **conflict}
    return render(request, "reports/meeting/meeting.html", context, status=422 if form.errors else 200)


def _context(enrolment: Enrolment) -> dict:
    page = build_meeting_page(enrolment, today=clock.today())
    return {"enrolment": enrolment, "person": enrolment.participant, "page": page, "section": "summaries"}


def _put_error(form: DecisionForm, error: DomainError) -> None:
    """A refusal at the field that the person sees: the place has one of three names."""
    if error.field == "where":
        error = DomainError(error.message, field=form.place_field())
    add_domain_error(form, error)


def _both_versions(form, decision, talk, error: DomainError) -> tuple[DecisionForm, dict]:
    """What somebody else saved meanwhile beside what was typed, of the decision and of the discussion."""
    rows: dict = {"conflict": [], "conflict_who": ""}
    for theirs, names in ((decision, DECISION_FIELDS), (talk, TALK_FIELDS)):
        if theirs is not None and names[0] in form.cleaned_data:
            more = conflict_with(form, theirs, names)
            rows["conflict"] += more["conflict"]
            rows["conflict_who"] = rows["conflict_who"] or (more["conflict"] and more["conflict_who"]) or ""
    fresh = {"base_version": decision.version if decision else 0}
    if "talk_version" in form.fields:
        fresh["talk_version"] = talk.version if talk else 0
    form = kept(form, **fresh)
    add_domain_error(form, error)
    return form, rows


@require_POST
def next_version(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Take the decision into the summary: the version in work is made again, a released one is followed."""
    enrolment = load_own_person(request, enrolment_id)
    try:
        made = make_draft(
            actor=request.user,
            enrolment_id=enrolment.pk,
            now=clock.now(),
            today=clock.today(),
            even_if_same=True,
            with_pdf=True,
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("reports:meeting", enrolment.pk)
    messages.success(request, _("The summary now shows what is on record today."))
    return redirect("reports:summary", made.pk)


@require_http_methods(["GET", "POST"])
def health_need(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Yes or no, where helped on to; a page of its own, so that it is not on the wall in the meeting."""
    enrolment = load_own_person(request, enrolment_id)
    need = HealthNeed.objects.select_related("recorded_by").filter(enrolment=enrolment).first()
    initial = {"base_version": 0}
    if need is not None:
        initial = {
            "base_version": need.version,
            "is_needed": "yes" if need.is_needed else "no",
            "referred_to": need.referred_to,
            "referred_on": need.referred_on,
        }
    form = HealthNeedForm(posted(request), initial=initial)
    conflict: dict = {}
    if request.method == "POST" and form.is_valid():
        try:
            record_health_need(
                actor=request.user,
                enrolment_id=enrolment.pk,
                base_version=form.cleaned_data["base_version"],
                today=clock.today(),
                **form.values(),
            )
        except StaleVersion as error:
            theirs = HealthNeed.objects.select_related("recorded_by").filter(enrolment=enrolment).first()
            conflict = conflict_with(form, theirs, list(form.values())) if theirs else {}
            form = kept(form, base_version=theirs.version if theirs else 0)
            add_domain_error(form, error)
        except AccessDenied:
            raise
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("reports:meeting", enrolment.pk)
    context = {"enrolment": enrolment, "person": enrolment.participant, "form": form, **conflict}
    context["section"] = "summaries"
    return render(request, "reports/meeting/health_need.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def officer_decision(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The officer records the own decision on the summary that was read."""
    summary = summary_of_own_office(request, summary_id)
    enrolment = summary.enrolment
    if enrolment.participant.is_restricted:
        raise AccessDenied(
            _("The decision about a protected person is recorded by the coach. Ring the coach.")
        )
    decision = decision_of(enrolment)
    initial = decision_start(enrolment, decision, today=clock.today(), released=summary)
    form = OfficerDecisionForm(posted(request), enrolment=enrolment, officer=request.user, initial=initial)
    if request.method == "GET":
        record_view(actor=request.user, participant=enrolment.participant, page="reports:officer-decision")
    conflict: dict = {}
    if request.method == "POST" and form.is_valid():
        try:
            record_decision(
                actor=request.user,
                enrolment_id=enrolment.pk,
                base_version=form.cleaned_data["base_version"],
                today=clock.today(),
                **form.values(),
            )
        except StaleVersion as error:
            form, conflict = _both_versions(form, decision_of(enrolment), None, error)
        except AccessDenied:
            raise
        except DomainError as error:
            _put_error(form, error)
        else:
            messages.success(request, _("The decision is recorded. The coach sees it at once."))
            return redirect("reports:inbox-read", summary.pk)
    context = {"summary": summary, "form": form, "decision": decision, "section": "inbox", **conflict}
    return render(
        request, "reports/meeting/officer_decision.html", context, status=422 if form.errors else 200
    )
