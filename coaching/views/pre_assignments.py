"""Pre-assignments as the month's staff see them: the board, the answers, what came on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coaching.access import can_coach_month, can_edit_month
from coaching.forms.pre_assignments import PaperForm
from coaching.models import CoachingMonth, Enrolment, PreAssignment
from coaching.pages.pre_assignments import board_page, by_hand_words, state_of
from coaching.pre_assignment_words import fitted, words_of
from coaching.services import pre_assignments as services
from coaching.views.loading import load_month, posted
from coaching.views.person_base import load_person, person_context
from core import clock
from core.errors import DomainError
from core.forms import add_domain_error


def _may_read(user, month: CoachingMonth) -> bool:
    return can_coach_month(user, month, today=clock.today())


@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """People × tasks of the month."""
    return _board(request, load_month(request, pk, _may_read))


def _board(request, month, *, problem: str = "", status: int = 200) -> HttpResponse:
    page = board_page(month, request.user, today=clock.today())
    context = {"page": page, "month": month, "problem": problem, "section": "months"}
    return render(request, "coaching/pre_assignments.html", context, status=status)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send to everybody who has not got the tasks, or to the one person named in `enrolment`."""
    month = load_month(request, pk, can_edit_month)
    chosen = request.POST.get("enrolment", "")
    ids = None
    if chosen:
        ids = [int(chosen)] if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else []
    try:
        sending = services.send_pre_assignments(
            actor=request.user, month_id=month.pk, now=clock.now(), enrolment_ids=ids
        )
    except DomainError as error:
        return _board(request, month, problem=str(error), status=422)
    _say(request, sending)
    return redirect("coaching:pre-assignments", pk=pk)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail to each who is late."""
    month = load_month(request, pk, can_edit_month)
    try:
        sending = services.remind_late(actor=request.user, month_id=month.pk, now=clock.now())
    except DomainError as error:
        return _board(request, month, problem=str(error), status=422)
    _say(request, sending)
    return redirect("coaching:pre-assignments", pk=pk)


def _say(request: HttpRequest, sending: services.Sending) -> None:
    if sending.mailed:
        count = len(sending.mailed)
        sentence = ngettext(
            "One person gets a mail with the link.", "%(count)s people get a mail with the link.", count
        )
        messages.success(request, sentence % {"count": count})
    if sending.by_hand:
        names = ", ".join(
            f"{person.participant.full_name} ({by_hand_words(reason)})" for person, reason in sending.by_hand
        )
        messages.warning(request, _("By hand or by phone: %(names)s.") % {"names": names})


# --- one person's task ------------------------------------------------------------------------------
def _task_of(enrolment: Enrolment, pk: int) -> PreAssignment:
    tasks = enrolment.pre_assignments.select_related("seen_by")
    return get_object_or_404(tasks, pk=pk)


@require_GET
def answers(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    """The answers once they are returned; before that the text is the participant's own."""
    enrolment = load_person(request, pk)
    task = _task_of(enrolment, task_pk)
    words = words_of(task.texts)
    given = fitted(task.answers if task.returned_at else [], len(words.questions))
    context = person_context(
        enrolment,
        task=task,
        words=words,
        state=state_of(task, today=clock.today()),
        answers=list(zip(words.questions, given, strict=True)),
        has_words=any(given),
        others=enrolment.pre_assignments.exclude(pk=task.pk).order_by("position"),
        here=words.title,
    )
    return render(request, "coaching/pre_assignment.html", context)


@require_POST
def read(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    """Open the answers for the first time: from now on the task is seen."""
    enrolment = load_person(request, pk)
    task = _task_of(enrolment, task_pk)
    try:
        services.mark_seen(actor=request.user, enrolment_id=enrolment.pk, task_id=task.pk, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("coaching:pre-assignment", pk=pk, task_pk=task_pk)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    """The task came on paper: type the answers, or only note it."""
    enrolment = load_person(request, pk)
    task = _task_of(enrolment, task_pk)
    form = PaperForm(posted(request), task=task)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_paper_return(
                actor=request.user,
                enrolment_id=enrolment.pk,
                task_id=task.pk,
                answers=form.answers(),
                base_version=form.cleaned_data["base_version"],
                now=clock.now(),
            )
        except DomainError as error:
            form.data = form.data.copy()
            form.data["base_version"] = str(task.version)
            add_domain_error(form, error)
        else:
            messages.success(request, _("The pre-assignment is noted as returned on paper."))
            return redirect("coaching:pre-assignments", pk=enrolment.month_id)
    words = words_of(task.texts)
    context = person_context(enrolment, task=task, words=words, form=form, here=_("Returned on paper"))
    status = 422 if form.is_bound else 200
    return render(request, "coaching/pre_assignment_paper.html", context, status=status)
