"""The grid of the month: the page, its cells as they are saved, and one day as an ordinary form."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from coaching.access import can_mark_work_trial_half, can_read_attendance
from coaching.errors import require_open
from coaching.forms.grid import GridDayForm, read_batch
from coaching.models import CoachingMonth
from coaching.pages.grid import month_grid
from coaching.pages.grid_answers import saved_answer, totals_answer
from coaching.pages.grid_day import GridDayPage, grid_day_page
from coaching.services.corrections import REASON_FIELD, CorrectionNeedsReason
from coaching.services.grid import SavedCells, save_grid_cells
from coaching.views.loading import load_month
from core import clock
from core.errors import AccessDenied, DomainError


def _opened(request: HttpRequest, month: CoachingMonth, enrolment_ids: list[int]) -> None:
    """Opening is audited: the page shows everybody's marks."""
    audit.record(
        actor=request.user,
        action="month.grid_viewed",
        obj=month,
        details={"enrolments": enrolment_ids},
    )


@require_GET
def month_grid_page(request: HttpRequest, pk: int) -> HttpResponse:
    """People × days × halves."""
    month = load_month(request, pk, can_read_attendance)
    grid = month_grid(month, user=request.user, today=clock.today())
    _opened(request, month, [row.enrolment.pk for row in grid.rows])
    return render(request, "coaching/month_grid.html", {"month": month, "grid": grid, "section": "months"})


@require_POST
def grid_cells(request: HttpRequest, pk: int) -> JsonResponse:
    """A batch of changed cells from the open page: what was saved and what two people meet in."""
    changes = read_batch(request.POST)
    if not changes:
        month = load_month(request, pk, can_read_attendance)
        _require_writer(request, month)
        return _refused(_("Nothing could be saved. Reload the page and try again."))
    try:
        saved = save_grid_cells(
            actor=request.user,
            month_id=pk,
            changes=changes,
            today=clock.today(),
            now=clock.now(),
            reason=request.POST.get(REASON_FIELD, ""),
        )
    except CoachingMonth.DoesNotExist as stranger:
        raise Http404 from stranger
    except AccessDenied:
        raise
    except DomainError as refusal:
        return _refused(str(refusal), needs_reason=isinstance(refusal, CorrectionNeedsReason))
    return JsonResponse(saved_answer(saved, user=request.user, today=clock.today()))


def _require_writer(request: HttpRequest, month: CoachingMonth) -> None:
    if not can_mark_work_trial_half(request.user, month, today=clock.today()):
        raise AccessDenied(_("You see who was present, but marking belongs to the month's own staff."))


def _refused(sentence: str, *, needs_reason: bool = False) -> JsonResponse:
    return JsonResponse({"message": sentence, "needs_reason": needs_reason}, status=422)


@require_GET
def grid_totals(request: HttpRequest, pk: int) -> JsonResponse:
    """The figures of the grid, for the page that has just saved something."""
    month = load_month(request, pk, can_read_attendance)
    return JsonResponse(totals_answer(month, today=clock.today()))


@require_http_methods(["GET", "POST"])
def grid_day(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """One day of the group as a form: the way without JavaScript, and on a phone."""
    month = load_month(request, pk, can_read_attendance)
    page = grid_day_page(month, _day_of(day), user=request.user, today=clock.today())
    if page is None:
        raise Http404
    if request.method == "POST":
        return _save_day(request, month, page)
    _opened(request, month, [row.enrolment_id for row in page.rows])
    return _render_day(request, page)


def _day_of(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as wrong:
        raise Http404 from wrong


def _save_day(request: HttpRequest, month: CoachingMonth, page: GridDayPage) -> HttpResponse:
    _require_writer(request, month)
    try:
        require_open(month)
    except DomainError as refusal:
        return _render_day(request, replace(page, refusal=str(refusal)), status=422)
    form = GridDayForm(request.POST, names=page.names, with_session=page.halves_with_session)
    if "all_present" in request.POST:
        messages.info(request, _("Everybody without a mark is now present. Nothing has been saved yet."))
        return _render_day(request, page.with_typed(form, fill_present=True))
    if not form.is_valid() or not form.changes:
        nothing = "" if form.typed else _("There was nothing to save. Reload the page and try again.")
        return _render_day(request, page.with_typed(form, refusal=nothing), status=422)
    try:
        saved = save_grid_cells(
            actor=request.user,
            month_id=month.pk,
            changes=form.changes,
            today=clock.today(),
            now=clock.now(),
            reason=form.reason,
            all_or_nothing=True,
        )
    except AccessDenied:
        raise
    except CorrectionNeedsReason as refusal:
        page = page.with_typed(form, refusal=str(refusal), asks_reason=True)
        return _render_day(request, page, status=422)
    except DomainError as refusal:
        return _render_day(request, page.with_typed(form, refusal=str(refusal)), status=422)
    if saved.conflicts:
        return _render_day(request, _with_conflicts(page, form, saved), status=422)
    messages.success(request, _("The day is saved."))
    return redirect("coaching:grid-day", pk=month.pk, day=page.day.isoformat())


def _with_conflicts(page: GridDayPage, form: GridDayForm, saved: SavedCells) -> GridDayPage:
    sentence = _(
        "Somebody else marked the same people in the meantime, so nothing was saved. What stands now is "
        "beside your choice; look at both and save again."
    )
    return page.with_typed(form, refusal=sentence, conflicts=saved.conflicts)


def _render_day(request: HttpRequest, page: GridDayPage, *, status: int = 200) -> HttpResponse:
    return render(request, "coaching/grid_day.html", {"page": page, "section": "months"}, status=status)
