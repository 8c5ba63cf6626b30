"""The pre-assignments behind the personal link: the list, one task on a page, returned and read again."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coaching.forms.pre_assignments import AnswersForm
from coaching.models import PreAssignment
from coaching.own.place import require_own_place
from coaching.own.tasks import task_lines
from coaching.pre_assignment_words import fitted, words_of
from coaching.services import own_pre_assignments as services
from coaching.services.pre_assignments import own_draft_key
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error
from core.templatetags.page_pieces import time_fi
from participants.own.drafts import draft_of
from participants.own.visit import OwnVisit, own_page


def _load(visit: OwnVisit, pk: int) -> PreAssignment:
    return get_object_or_404(PreAssignment, pk=pk, enrolment__participant=visit.participant)


@require_GET
@own_page
def tasks(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """All of the month's tasks with their state."""
    place = require_own_place(visit.participant)
    lines = task_lines(place, reading=visit.reading)
    return render(request, "coaching/own/tasks.html", {"lines": lines, "month": place.month})


@require_POST
@own_page
def task_begin(request: HttpRequest, visit: OwnVisit, pk: int) -> HttpResponse:
    """The first opening, which the coach sees as "opened"; reading alone changes nothing."""
    task = _load(visit, pk)
    services.open_task(participant_id=visit.participant.pk, task_id=task.pk, now=clock.now())
    return redirect("own_month:task", pk=pk)


@require_http_methods(["GET", "POST"])
@own_page
def task(request: HttpRequest, visit: OwnVisit, pk: int) -> HttpResponse:
    """One task: written here until it is returned, then to be read."""
    row = _load(visit, pk)
    if request.method == "GET":
        if row.returned_at is not None:
            return _read(request, visit, row)
        return _write(request, visit, row, _form(visit, row))
    form = _form(visit, row, request.POST)
    if not form.is_valid():
        return _write(request, visit, row, form, status=422)
    is_pause = "pause" in request.POST
    act = services.save_answers if is_pause else services.return_answers
    try:
        act(**_given(visit, row, form))
    except StaleVersion as error:
        form = _form(visit, row, _on_top_of(request, row))
        form.is_valid()
        add_domain_error(form, error)
        return _write(request, visit, row, form, theirs=row.answers, status=422)
    except DomainError as error:
        add_domain_error(form, error)
        return _write(request, visit, row, form, status=422)
    if is_pause:
        messages.success(request, _("Your answers are saved. Nobody else sees them yet."))
        return redirect("own_month:tasks")
    messages.success(request, _("Thank you! Your answers are on their way to your coach."))
    return redirect("own_month:tasks")


@require_POST
@own_page
def task_draft(request: HttpRequest, visit: OwnVisit, pk: int) -> JsonResponse:
    """Keep what is being written; what static/js/autosave_form.js expects back."""
    row = _load(visit, pk)
    form = _form(visit, row, request.POST)
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        return JsonResponse({"message": str(first)}, status=422)
    try:
        saved = services.save_answers(**_given(visit, row, form))
    except DomainError as error:
        return JsonResponse({"message": str(error)}, status=422)
    return JsonResponse({"saved_at": time_fi(saved.answers_saved_at)})


@require_POST
@own_page
def task_take_back(request: HttpRequest, visit: OwnVisit, pk: int) -> HttpResponse:
    """Go on writing, until the coach has read it."""
    row = _load(visit, pk)
    try:
        services.take_back(participant_id=visit.participant.pk, task_id=row.pk)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("own_month:task", pk=pk)


def _form(visit: OwnVisit, row: PreAssignment, data=None) -> AnswersForm:
    return AnswersForm(data, task=row, reading=visit.reading, page=secrets.token_hex(8))


def _given(visit: OwnVisit, row: PreAssignment, form: AnswersForm) -> dict:
    return {
        "participant_id": visit.participant.pk,
        "task_id": row.pk,
        "answers": form.answers(),
        "base_version": form.cleaned_data["base_version"],
        "page": form.cleaned_data["page"],
        "now": clock.now(),
    }


def _on_top_of(request: HttpRequest, row: PreAssignment):
    """Everything typed, on what is saved now: sending again is a decision."""
    data = request.POST.copy()
    data["base_version"], data["page"] = str(row.version), secrets.token_hex(8)
    return data


def _write(request, visit, row, form, *, theirs=None, status: int = 200) -> HttpResponse:
    words = words_of(row.texts, visit.reading)
    context = {
        "task": row,
        "words": words,
        "form": form,
        "theirs": list(zip(words.questions, fitted(theirs, len(words.questions)), strict=True))
        if theirs is not None
        else [],
    }
    return render(request, "coaching/own/task.html", context, status=status)


def _read(request, visit, row) -> HttpResponse:
    words = words_of(row.texts, visit.reading)
    draft = draft_of(visit, key=own_draft_key(row)) if row.returned_on_paper else None
    begun = fitted(draft.content.get("answers", []), len(words.questions)) if draft else []
    context = {
        "task": row,
        "words": words,
        "answers": list(zip(words.questions, fitted(row.answers, len(words.questions)), strict=True)),
        "has_words": any(row.answers),
        "begun": [pair for pair in zip(words.questions, begun, strict=False) if pair[1]],
    }
    return render(request, "coaching/own/task_read.html", context)
