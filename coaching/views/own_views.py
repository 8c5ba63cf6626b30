"""How I see it myself: the six areas and the eleven work-life skills, behind the personal link."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coaching.enums import Level, Moment, Viewpoint
from coaching.forms.assessments import AssessmentForm
from coaching.models import Enrolment
from coaching.own.moments import due_moments
from coaching.own.place import require_own_place
from coaching.services.assessments import (
    SUBJECTS,
    Subject,
    save_area_view,
    save_skill_view,
    standing_rows,
)
from core import clock
from core.errors import DomainError, StaleVersion
from participants.own.drafts import as_post, autosave, draft_of
from participants.own.visit import OwnVisit, own_page
from participants.services.personal_links import drop_draft

OWN = (Viewpoint.PARTICIPANT,)
SAVERS = {"areas": save_area_view, "skills": save_skill_view}


@require_GET
@own_page
def views(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """What can be answered now, and what was answered before."""
    place = require_own_place(visit.participant, in_group=True)
    return render(request, "coaching/own/views.html", {"moments": _moments(place)})


def _moments(place: Enrolment) -> list[tuple[str, list[dict]]]:
    """(moment in words, its two subjects with how many answers they have), newest first. Two queries."""
    counts: dict[tuple[str, str], int] = {}
    for code, rows in (("areas", place.area_assessments), ("skills", place.skill_assessments)):
        for moment in rows.filter(viewpoint=Viewpoint.PARTICIPANT).values_list("moment", flat=True):
            counts[code, moment] = counts.get((code, moment), 0) + 1
    return [
        (
            str(moment.label),
            [
                {
                    "code": code,
                    "moment": moment.value,
                    "done": counts.get((code, moment.value), 0),
                    "total": len(subject.items.values),
                }
                for code, subject in SUBJECTS.items()
            ],
        )
        for moment in reversed(due_moments(place.month, today=clock.today()))
    ]


def _load(visit: OwnVisit, subject: str, moment: str) -> tuple[Enrolment, Subject]:
    """The place and the subject; 404 for a moment that has not come."""
    place = require_own_place(visit.participant, in_group=True)
    if subject not in SUBJECTS or moment not in Moment.values:
        raise Http404
    if Moment(moment) not in due_moments(place.month, today=clock.today()):
        raise Http404
    return place, SUBJECTS[subject]


@require_http_methods(["GET", "POST"])
@own_page
def view(request: HttpRequest, visit: OwnVisit, subject: str, moment: str) -> HttpResponse:
    """Answer one subject at one moment: only one's own view, whatever the coach thinks."""
    place, kind = _load(visit, subject, moment)
    key = _key(place, subject, moment)
    if request.method == "GET":
        return _show(request, visit, place, _form(visit, place, kind, moment, key), key)
    form = AssessmentForm.from_post(kind, moment, request.POST, OWN)
    refusal, conflict = "", []
    if not form.errors:
        try:
            SAVERS[subject](
                actor=None,
                enrolment_id=place.pk,
                moment=moment,
                viewpoint=Viewpoint.PARTICIPANT,
                answers=form.answers(),
            )
        except StaleVersion as error:
            rows = standing_rows(kind, enrolment_id=place.pk, moment=moment)
            theirs = AssessmentForm.from_rows(kind, moment, rows, OWN)
            refusal, conflict = str(error), form.compared_with(theirs)
            form.begin_from(theirs)
        except DomainError as error:
            refusal = str(error)
        else:
            drop_draft(participant_id=visit.participant.pk, key=key)
            messages.success(request, _("Your answers are saved."))
            return redirect("own_month:views")
    return _show(request, visit, place, form, key, refusal=refusal, conflict=conflict, status=422)


@require_POST
@own_page
def view_draft(request: HttpRequest, visit: OwnVisit, subject: str, moment: str) -> HttpResponse:
    """Keep what is being answered."""
    place, kind = _load(visit, subject, moment)
    fields = [f"{item}-{Viewpoint.PARTICIPANT}" for item in kind.items.values]
    names = ["base", *(f"{field}-{part}" for field in fields for part in ("level", "sentence"))]
    return autosave(request, visit, key=_key(place, subject, moment), names=names)


def _key(place: Enrolment, subject: str, moment: str) -> str:
    return f"{subject}.{moment}.{place.pk}"


def _form(visit: OwnVisit, place: Enrolment, kind: Subject, moment: str, key: str) -> AssessmentForm:
    """The draft when there is one, else what stands."""
    if draft := draft_of(visit, key=key):
        form = AssessmentForm.from_post(kind, moment, as_post(draft), OWN)
        form.saved_at, form.errors = draft.saved_at, []
        for item in form.fields:
            item.error = ""
        return form
    rows = standing_rows(kind, enrolment_id=place.pk, moment=moment)
    return AssessmentForm.from_rows(kind, moment, rows, OWN)


def _show(request, visit, place, form, key, *, refusal="", conflict=(), status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "subject": form.subject,
        "moment": form.moment,
        "levels": Level.choices,
        "refusal": refusal,
        "conflict": conflict,
        "saved_at": getattr(form, "saved_at", None),
    }
    return render(request, "coaching/own/view.html", context, status=status)
