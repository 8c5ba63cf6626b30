"""The six areas and the eleven work-life skills: one page of the change, one form for each moment."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coaching.enums import Level, Moment
from coaching.forms.assessments import AssessmentForm
from coaching.pages.assessments import area_chart, skill_chart
from coaching.services.assessments import AREAS, SKILLS, Subject, save_assessments, standing_rows
from coaching.views.person_base import load_person, person_context, saved
from core import clock
from core.errors import DomainError, StaleVersion


@require_GET
def assessments(request: HttpRequest, pk: int) -> HttpResponse:
    """How both see it at the start, half-way and at the end, side by side."""
    enrolment = load_person(request, pk)
    today = clock.today()
    charts = [
        (_("Eleven work-life skills"), skill_chart(enrolment, today=today)),
        (_("Six areas of employability"), area_chart(enrolment, today=today)),
    ]
    context = person_context(enrolment, charts=charts, here=_("How it changes"))
    return render(request, "coaching/assessments.html", context)


@require_http_methods(["GET", "POST"])
def areas(request: HttpRequest, pk: int, moment: str) -> HttpResponse:
    """The six areas at one moment, the participant's and the coach's view side by side."""
    return _assess(request, pk, moment, AREAS)


@require_http_methods(["GET", "POST"])
def skills(request: HttpRequest, pk: int, moment: str) -> HttpResponse:
    """The eleven work-life skills at one moment, both views side by side."""
    return _assess(request, pk, moment, SKILLS)


def _assess(request: HttpRequest, pk: int, moment: str, subject: Subject) -> HttpResponse:
    enrolment = load_person(request, pk)
    if moment not in Moment.values:
        raise Http404
    refusal, conflict, status = "", {}, 200
    if request.method == "POST":
        status = 422
        form = AssessmentForm.from_post(subject, moment, request.POST)
        if not form.errors:
            try:
                save_assessments(
                    actor=request.user,
                    enrolment_id=enrolment.pk,
                    subject=subject.code,
                    moment=moment,
                    answers=form.answers(),
                )
            except StaleVersion as error:
                refusal, conflict = str(error), _both(form, enrolment)
            except DomainError as error:
                refusal = str(error)
            else:
                return saved(request, enrolment, _("The assessments are saved."), subject.code)
    else:
        form = AssessmentForm.from_rows(
            subject, moment, standing_rows(subject, enrolment_id=enrolment.pk, moment=moment)
        )
    context = person_context(
        enrolment,
        form=form,
        subject=subject,
        here=_heading(form),
        levels=Level.choices,
        refusal=refusal,
        **conflict,
    )
    return render(request, "coaching/assessment_form.html", context, status=status)


def _heading(form: AssessmentForm) -> str:
    sentence = _("The six areas %(moment)s") if form.subject is AREAS else _("Work-life skills %(moment)s")
    return sentence % {"moment": form.moment_label}


def _both(form: AssessmentForm, enrolment) -> dict:
    """Both versions where they differ; the form then begins from what stands now."""
    rows = standing_rows(form.subject, enrolment_id=enrolment.pk, moment=form.moment)
    theirs = AssessmentForm.from_rows(form.subject, form.moment, rows)
    found = form.compared_with(theirs)
    newest = max(rows.values(), key=lambda row: row.recorded_at, default=None)
    form.begin_from(theirs)
    if newest is None:
        who = ""
    else:
        who = newest.recorded_by.full_name if newest.recorded_by else enrolment.participant.full_name
    return {"conflict": found, "conflict_who": who}
