"""The daily log of one session: the page, saving it, and its draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import record
from coaching.access import can_coach_month, can_read_attendance
from coaching.daily_log import SENTENCE_LIMIT
from coaching.forms.daily_log import DailyLogForm, plain_text
from coaching.models import Session
from coaching.pages.daily_log import build_daily_log_page
from coaching.pages.daily_log_words import clock_time, saved_sentence
from coaching.services.daily_log import save_daily_log
from coaching.services.daily_log_draft import discard_draft, save_draft
from core import clock
from core.errors import AccessDenied, DomainError


def _session_of(request: HttpRequest, pk: int) -> Session:
    """The session for reading; 404 for a stranger, 403 for who may see no attendance at all."""
    sessions = Session.objects.visible_to(request.user, today=clock.today())
    whole = sessions.select_related("month", "logged_by").with_tips().with_prompts()
    session = get_object_or_404(whole, pk=pk)
    if not can_read_attendance(request.user, session.month):
        raise AccessDenied(_("The group's daily log is for its own staff."))
    return session


@require_http_methods(["GET", "POST"])
def daily_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Opening is audited, because the page shows people's data; saving is one service."""
    if request.method == "POST":
        return _save(request, pk)
    session = _session_of(request, pk)
    page = build_daily_log_page(session=session, user=request.user, today=clock.today())
    record(
        actor=request.user,
        action="session.log_viewed",
        obj=session,
        details={"enrolments": [row.id for row in page.rows]},
    )
    return _render(request, page)


def _save(request: HttpRequest, pk: int) -> HttpResponse:
    form = DailyLogForm(request.POST)
    if "all_present" in request.POST:
        return _again(request, pk, form, status=200, fill_present=True)
    if "insert" in request.POST:
        return _again(request, pk, form, status=200, insert=request.POST["insert"])
    if not form.is_valid():
        return _again(request, pk, form)
    try:
        saved = save_daily_log(actor=request.user, session_id=pk, wanted=form.input, today=clock.today())
    except Session.DoesNotExist as stranger:
        raise Http404 from stranger
    except AccessDenied:
        raise
    except DomainError as refusal:
        return _again(request, pk, form, refusal=refusal)
    messages.success(request, saved_sentence(saved.missing, saved.session.state))
    return redirect("coaching:daily-log", pk=pk)


def _again(
    request: HttpRequest,
    pk: int,
    form: DailyLogForm,
    *,
    refusal: DomainError | None = None,
    status: int = 422,
    fill_present: bool = False,
    insert: str = "",
) -> HttpResponse:
    """The page with everything that was typed still in it; nothing was saved."""
    session = _session_of(request, pk)
    if not can_coach_month(request.user, session.month, today=clock.today()):
        raise AccessDenied(_("Only the group's coach, or today's substitute, can write in the daily log."))
    page = build_daily_log_page(
        session=session,
        user=request.user,
        today=clock.today(),
        typed=form.input,
        field_errors=form.errors,
        refusal=refusal,
        fill_present=fill_present,
        insert=plain_text(insert).strip()[:SENTENCE_LIMIT],
    )
    if fill_present:
        messages.info(request, _("Everybody without a mark is now present. Nothing has been saved yet."))
    return _render(request, page, status=status)


def _render(request: HttpRequest, page, *, status: int = 200) -> HttpResponse:
    return render(request, "coaching/daily_log.html", {"page": page, "section": "months"}, status=status)


@require_POST
def daily_log_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Autosave: answers {"saved_at": "9.41"}, or null when there is nothing that is not saved already."""
    form = DailyLogForm(request.POST)
    try:
        draft = save_draft(actor=request.user, session_id=pk, wanted=form.input, today=clock.today())
    except Session.DoesNotExist as stranger:
        raise Http404 from stranger
    except AccessDenied:
        raise
    except DomainError as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    return JsonResponse({"saved_at": clock_time(draft.saved_at) if draft else None})


@require_POST
def daily_log_draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the own draft away and show what is saved."""
    try:
        was_there = discard_draft(actor=request.user, session_id=pk, today=clock.today())
    except Session.DoesNotExist as stranger:
        raise Http404 from stranger
    if was_there:
        messages.success(request, _("The draft was discarded."))
    return redirect("coaching:daily-log", pk=pk)
