"""The calendar of a month, and moving a session in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coaching.access import can_edit_month
from coaching.forms.sessions import MonthMoveForm, SessionAddForm, SessionMoveForm
from coaching.models import Session
from coaching.pages.calendar import calendar_page
from coaching.services.month_start import move_month_start, plan_start, refuse_begun
from coaching.services.session_moves import MovePlan, move_session, plan_move, refuse_fixed
from coaching.services.sessions import add_session
from coaching.views.loading import load_month, load_session, posted
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error, day_from_query


@require_GET
def month_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Four weeks of five days, two halves a day; a TE sponsor sees dates, times and rooms."""
    month = load_month(request, pk)
    page = calendar_page(month, request.user, today=clock.today())
    return render(request, "coaching/month_calendar.html", {"page": page, "month": month})


@require_http_methods(["GET", "POST"])
def session_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more session on a free half day."""
    month = load_month(request, pk, can_edit_month)
    day, half = day_from_query(request.GET.get("day", "")), request.GET.get("half", "")
    form = SessionAddForm(posted(request), month=month, day=day, half=half)
    if request.method == "POST" and form.is_valid():
        try:
            add_session(
                actor=request.user,
                month=month,
                held_on=form.cleaned_data["held_on"],
                half=form.cleaned_data["half"],
                times=form.times(),
                words=form.words(),
                today=clock.today(),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The session is added."))
            return redirect("coaching:month-calendar", pk=pk)
    context = {"month": month, "form": form, "here": _("Add a session")}
    return render(request, "coaching/session_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def session_move(request: HttpRequest, pk: int) -> HttpResponse:
    """First each new date is shown, then the session moves with those that give way."""
    session = load_session(request, pk)
    today = clock.today()
    form = SessionMoveForm(posted(request), session=session)
    plan = None
    if request.method == "GET":
        try:
            refuse_fixed(session, today=today)
        except DomainError as error:
            messages.info(request, str(error))
            return redirect("coaching:month-calendar", pk=session.month_id)
    elif form.is_valid():
        try:
            plan = _plan(session, form, today)
            if "save" in request.POST or plan.is_in_place:
                done = _move(request, session, form, plan)
                _say_moved(request, done)
                return redirect("coaching:month-calendar", pk=session.month_id)
        except StaleVersion as error:
            session = load_session(request, pk)
            form, plan = _again(form, session, error, today)
        except DomainError as error:
            plan = None
            add_domain_error(form, error)
    context = {
        "session": session,
        "month": session.month,
        "form": form,
        "plan": plan,
        "substitutions": _substitutions(session, plan),
        "here": _("Move the session"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "coaching/session_move.html", context, status=status)


def _plan(session: Session, form: SessionMoveForm, today) -> MovePlan:
    return plan_move(month=session.month, session=session, target=form.target(), today=today)


def _move(request: HttpRequest, session: Session, form: SessionMoveForm, plan: MovePlan) -> MovePlan:
    return move_session(
        actor=request.user,
        session=session,
        version=form.cleaned_data["version"],
        target=plan.target,
        seen=plan.seen if plan.is_in_place else form.cleaned_data["previewed"],
        today=clock.today(),
    )


def _again(form: SessionMoveForm, session: Session, error: StaleVersion, today):
    """Everything typed, with what would move now: saving again is a decision."""
    data = form.data.copy()
    data["version"] = str(session.version)
    kept = SessionMoveForm(data, session=session)
    kept.is_valid()
    try:
        plan = _plan(session, kept, today)
    except DomainError as refusal:
        plan, error = None, refusal
    add_domain_error(kept, error)
    return kept, plan


def _substitutions(session: Session, plan: MovePlan | None) -> list:
    """Who stands in on days that something moves from or to: their days do not move."""
    if plan is None:
        return []
    days = {day for move in plan.moves for day in (move.old, move.new)}
    standing_in = session.month.substitutions.select_related("user").order_by("starts_on", "pk")
    return [row for row in standing_in if any(row.starts_on <= day <= row.ends_on for day in days)]


def _say_moved(request: HttpRequest, plan: MovePlan) -> None:
    if plan.followers:
        messages.success(request, _("The session is moved, and those that gave way have their new days."))
    else:
        messages.success(request, _("The session is moved."))


@require_http_methods(["GET", "POST"])
def month_move(request: HttpRequest, pk: int) -> HttpResponse:
    """A coming month begins on another day: first each new date is shown, then everything moves."""
    month = load_month(request, pk, can_edit_month)
    today = clock.today()
    form = MonthMoveForm(posted(request), month=month)
    plan = None
    if request.method == "GET":
        try:
            refuse_begun(month, today=today)
        except DomainError as error:
            messages.info(request, str(error))
            return redirect("coaching:month-calendar", pk=pk)
    elif form.is_valid():
        try:
            plan = _start_plan(month, form, today)
            if "save" in request.POST:
                move_month_start(actor=request.user, month=month, today=today, **_start(form))
                messages.success(request, _("The month is moved."))
                return redirect("coaching:month-calendar", pk=pk)
        except StaleVersion as error:
            month = load_month(request, pk, can_edit_month)
            form, plan = _start_again(form, month, error, today)
        except DomainError as error:
            plan = None
            add_domain_error(form, error)
    context = {"month": month, "form": form, "plan": plan, "here": _("Move the first day")}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "coaching/month_move.html", context, status=status)


def _start(form: MonthMoveForm) -> dict:
    cleaned = form.cleaned_data
    names = ("starts_on", "make_up_lost_days", "version")
    return {name: cleaned[name] for name in names} | {"seen": cleaned["previewed"]}


def _start_plan(month, form: MonthMoveForm, today):
    cleaned = form.cleaned_data
    return plan_start(
        month=month,
        starts_on=cleaned["starts_on"],
        make_up_lost_days=cleaned["make_up_lost_days"],
        today=today,
    )


def _start_again(form: MonthMoveForm, month, error: StaleVersion, today):
    data = form.data.copy()
    data["version"] = str(month.version)
    kept = MonthMoveForm(data, month=month)
    kept.is_valid()
    try:
        plan = _start_plan(month, kept, today)
    except DomainError as refusal:
        plan, error = None, refusal
    add_domain_error(kept, error)
    return kept, plan
