"""The workplace's feedback: behind the assessor's link, and what staff do from the work trial's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import AccessDenied, DomainError, LinkGone, StaleVersion
from core.forms import add_domain_error
from core.templatetags.page_pieces import time_fi
from employers import access
from employers.enums import WorkplacePurpose
from employers.forms.feedback import (
    TEXTS,
    FeedbackForm,
    RecordFeedbackForm,
    draft_in,
    standing_answers,
)
from employers.links import BY_WORKPLACE_LINK, WorkplaceVisit, workplace_page
from employers.models import EmployerFeedback, Placement
from employers.pages.feedback import answer_words
from employers.pages.guide_hours import shown_name
from employers.services import feedback as services
from employers.views.guide_staff import show_given_link
from employers.views.placement import of_placement, show_placement


# --- behind the link --------------------------------------------------------------------------------
@workplace_page(WorkplacePurpose.FEEDBACK)
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, visit: WorkplaceVisit) -> HttpResponse:
    """Ten taps, would take again, two open questions; afterwards the thanks and a way to correct."""
    row = _row_of(visit)
    is_fixed = row.participant_answered_at is not None
    if request.method == "GET":
        if row.given_at is not None and (is_fixed or "correct" not in request.GET):
            return _thanks(request, visit, row, is_fixed=is_fixed)
        return _form(request, visit, row, FeedbackForm(initial=standing_answers(row)))
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _form(request, visit, row, form, status=422)
    try:
        services.give_feedback_by_link(
            link=visit.link, answers=form.given(), now=clock.now(), actor_label=BY_WORKPLACE_LINK
        )
    except LinkGone:
        raise
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _form(request, visit, row, form, status=422)
    language = f"?language={visit.language}" if request.GET.get("language") == visit.language else ""
    return redirect(f"{request.path}{language}")


@workplace_page(WorkplacePurpose.FEEDBACK)
@require_POST
def feedback_draft(request: HttpRequest, visit: WorkplaceVisit) -> HttpResponse:
    """Autosave: what is typed is kept until it is sent."""
    draft = draft_in(request.POST)
    if any(len(draft.get(name, "")) > services.TEXT_LIMIT for name in TEXTS):
        sentence = _("Shorten the text to at most %(limit)s characters.") % {"limit": services.TEXT_LIMIT}
        return JsonResponse({"message": sentence}, status=422)
    if any(len(text) > services.TEXT_LIMIT for text in draft.values()):
        return JsonResponse({"message": _("Please check these")}, status=422)
    try:
        services.save_feedback_draft(link=visit.link, draft=draft, now=clock.now())
    except LinkGone:
        raise
    except DomainError as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    return JsonResponse({"saved_at": time_fi(clock.now())})


def _row_of(visit: WorkplaceVisit) -> EmployerFeedback:
    rows = EmployerFeedback.objects.select_related(
        "assessor", "placement__participant", "placement__employer"
    )
    return get_object_or_404(rows.prefetch_related("answers"), pk=visit.link.subject_id)


def _form(request, visit: WorkplaceVisit, row, form: FeedbackForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "name": shown_name(row.placement),
        "placement": row.placement,
        "is_correction": row.given_at is not None,
        "draft_url": reverse("workplace:feedback-draft", args=[visit.secret]),
        "has_draft": bool(row.draft) and status == 200,
    }
    return render(request, "employers/workplace/feedback.html", context, status=status)


def _thanks(request, visit: WorkplaceVisit, row: EmployerFeedback, *, is_fixed: bool) -> HttpResponse:
    context = {
        "feedback": row,
        "answers": answer_words(row),
        "is_fixed": is_fixed,
        "language": visit.language,
    }
    return render(request, "employers/workplace/feedback_given.html", context)


# --- staff ------------------------------------------------------------------------------------------
@require_POST
@of_placement
def feedback_ask(request: HttpRequest, found: Placement) -> HttpResponse:
    """Ask one person of the workplace: `do` is mail or show, `assessor` whom."""
    _require_editor(request, found)
    assessor, do = request.POST.get("assessor", ""), request.POST.get("do", "")
    try:
        if not assessor.isdecimal() or len(assessor) > 12 or do not in ("mail", "show"):
            raise DomainError(_("Choose whom to ask."))
        given = services.ask_feedback(
            actor=request.user,
            placement_id=found.pk,
            assessor_id=int(assessor),
            by_mail=do == "mail",
            now=clock.now(),
        )
    except DomainError as refusal:
        return show_placement(request, found, feedback_problem=str(refusal), status=422)
    if do == "show":
        return show_given_link(request, given, back=_section(found))
    messages.success(request, _("The link is on its way."))
    return redirect(_section(found))


@require_POST
@of_placement
def feedback_link(request: HttpRequest, found: Placement, feedback_pk: int) -> HttpResponse:
    """An assessor's link: `do` is remind, show or revoke."""
    row = get_object_or_404(EmployerFeedback, placement=found, pk=feedback_pk)
    _require_editor(request, found)
    common = {"actor": request.user, "feedback_id": row.pk, "now": clock.now()}
    do = request.POST.get("do", "")
    try:
        if do == "show":
            return show_given_link(request, services.show_feedback_link(**common), back=_section(found))
        if do == "remind":
            services.remind_of_feedback(**common)
            messages.success(request, _("The reminder is on its way."))
        elif do == "revoke":
            ended = services.revoke_feedback_link(**common)
            messages.success(
                request, _("The link no longer works.") if ended else _("There was no link to take back.")
            )
        else:
            raise DomainError(_("Choose what to do with the link."))
    except DomainError as refusal:
        return show_placement(request, found, feedback_problem=str(refusal), status=422)
    return redirect(_section(found))


@require_http_methods(["GET", "POST"])
@of_placement
def feedback_record(request: HttpRequest, found: Placement, feedback_pk: int | None = None) -> HttpResponse:
    """Type in what the workplace said on the phone or wrote on paper."""
    rows = EmployerFeedback.objects.prefetch_related("answers")
    row = get_object_or_404(rows, placement=found, pk=feedback_pk) if feedback_pk else None
    _require_editor(request, found)
    if request.method == "GET":
        standing = {"channel": "phone", "version": row.version if row else 0}
        if row is not None and row.given_at is None:
            standing["assessor_name"] = row.assessor_name
        elif row is not None:
            standing |= {**standing_answers(row), "channel": row.channel}
        return _record_page(request, found, row, RecordFeedbackForm(initial=standing))
    form = RecordFeedbackForm(request.POST)
    if not form.is_valid():
        return _record_page(request, found, row, form, status=422)
    try:
        services.record_feedback(
            actor=request.user,
            placement_id=found.pk,
            feedback_id=row.pk if row else None,
            version=form.cleaned_data["version"] or 0,
            answers=form.given(),
            channel=form.cleaned_data["channel"],
            now=clock.now(),
        )
    except StaleVersion as stale:
        fresh = get_object_or_404(EmployerFeedback.objects.prefetch_related("answers"), pk=row.pk)
        data = request.POST.copy()
        data["version"] = str(fresh.version)
        form = RecordFeedbackForm(data)
        form.is_valid()
        form.add_error(None, str(stale))
        return _record_page(request, found, fresh, form, theirs=answer_words(fresh), status=422)
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _record_page(request, found, row, form, status=422)
    messages.success(request, _("The feedback is saved."))
    return redirect(_section(found))


def _record_page(request, found: Placement, row, form, *, theirs=(), status: int = 200) -> HttpResponse:
    context = {"placement": found, "feedback": row, "form": form, "theirs": theirs, "back": _section(found)}
    return render(request, "employers/feedback/record.html", context, status=status)


def _require_editor(request: HttpRequest, placement: Placement) -> None:
    if not access.can_edit_placement(request.user, placement, today=clock.today()):
        raise AccessDenied(_("The month's coordinator asks the workplace for feedback and writes it down."))


def _section(placement: Placement) -> str:
    return f"{reverse('employers:placement', args=[placement.pk])}#feedback"
