"""Aftercare: one page for one person, the list of who takes care of it, the officer's approval."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.audit import record_view
from accounts.enums import Role
from coaching.models import Enrolment
from coaching.views.loading import posted
from coaching.views.person_base import kept, posted_version
from core import clock
from core.conflicts import conflict_rows
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error
from core.pagination import page_of
from participants.restricted import require_opened
from reports.access import can_give_aftercare, can_write_summaries
from reports.enums import AftercareAnswer
from reports.forms.aftercare import SHOWN_NAMES, AftercareForm, OfficeApprovalForm, TakeBackForm, UseForm
from reports.models import Aftercare, AftercareUse
from reports.pages.aftercare import aftercare_page, cared_by, my_aftercare_rows, offer_start
from reports.services.aftercare import (
    approve_for_coaching,
    approve_for_office,
    log_use,
    save_aftercare,
    take_back_use,
)
from reports.views.inbox import summary_of_own_office


def _load(request: HttpRequest, enrolment_id: int) -> tuple[Enrolment, Aftercare | None]:
    """The person, for the month's own coach and for who takes care of it: a stranger gets 404, who knows the
    month otherwise 403. A protected person's opens with a reason."""
    people = Enrolment.objects.select_related("month__coach", "participant__officer")
    aftercare = (
        Aftercare.objects.visible_to(request.user)
        .select_related("carer", "coach_approved_by")
        .filter(enrolment=enrolment_id)
        .first()
    )
    if request.user.role not in (Role.COACH, Role.COORDINATOR):
        raise Http404
    if aftercare is not None:
        enrolment = people.get(pk=enrolment_id)
        aftercare.enrolment = enrolment
    else:
        known = people.filter(pk__in=Enrolment.objects.visible_to(request.user, today=clock.today()))
        enrolment = get_object_or_404(known, pk=enrolment_id)
        if not can_write_summaries(request.user, enrolment.month):
            raise AccessDenied(_("Aftercare is seen by the month's own coach and who takes care of it."))
    require_opened(request, enrolment.participant, now=clock.now())
    if request.method == "GET":
        page = request.resolver_match.view_name
        record_view(actor=request.user, participant=enrolment.participant, page=page)
    return enrolment, aftercare


def _own(request: HttpRequest, enrolment_id: int) -> tuple[Enrolment, Aftercare]:
    """As `_load`, where there has to be an offer already."""
    enrolment, aftercare = _load(request, enrolment_id)
    if aftercare is None:
        raise Http404
    return enrolment, aftercare


def _show(
    request: HttpRequest,
    enrolment: Enrolment,
    aftercare: Aftercare | None,
    *,
    use_form: UseForm | None = None,
    approval_form: OfficeApprovalForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, also with a refusal on it."""
    today = clock.today()
    page = aftercare_page(aftercare, today=today)
    person = enrolment.participant
    officer = person.officer.full_name if person.officer else person.officer_name
    if use_form is None:
        use_form = UseForm(initial={"held_on": today, "seen_uses": len(page["uses"])})
    if approval_form is None and aftercare is not None:
        initial = {"version": aftercare.version, "officer_name": officer, "approved_on": today}
        approval_form = OfficeApprovalForm(initial=initial)
    context = {
        "enrolment": enrolment,
        "person": person,
        "aftercare": aftercare,
        "is_coach": can_write_summaries(request.user, enrolment.month),
        "may_log": aftercare is not None and can_give_aftercare(request.user, aftercare),
        "use_form": use_form,
        "approval_form": approval_form,
        "error": error,
        "section": "aftercare",
        **page,
    }
    return render(request, "reports/aftercare/aftercare.html", context, status=status)


@require_GET
def aftercare(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """What was offered and agreed, what has been given, what is left."""
    return _show(request, *_load(request, enrolment_id))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """The offer, the answer and the frame."""
    enrolment, found = _load(request, enrolment_id)
    if not can_write_summaries(request.user, enrolment.month):
        raise AccessDenied(_("Aftercare is agreed by the month's own coach."))
    initial = offer_start(enrolment, found, today=clock.today())
    form = AftercareForm(posted(request), aftercare=found, today=clock.today(), initial=initial)
    conflict: list = []
    if request.method == "POST" and form.is_valid():
        try:
            save_aftercare(
                actor=request.user,
                enrolment_id=enrolment.pk,
                base_version=form.cleaned_data["base_version"],
                today=clock.today(),
                **form.values(),
            )
        except StaleVersion as error:
            theirs = Aftercare.objects.filter(enrolment=enrolment).first()
            conflict = conflict_rows(form, theirs, SHOWN_NAMES) if theirs else []
            form = kept(form, base_version=theirs.version if theirs else 0)
            add_domain_error(form, error)
        except AccessDenied:
            raise
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("reports:aftercare", enrolment.pk)
    context = {"enrolment": enrolment, "person": enrolment.participant, "form": form, "aftercare": found}
    context |= {"conflict": conflict, "section": "aftercare"}
    return render(request, "reports/aftercare/edit.html", context, status=422 if form.errors else 200)


@require_POST
def approve(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """The coach approves the frame."""
    enrolment, found = _own(request, enrolment_id)
    try:
        approve_for_coaching(
            actor=request.user, aftercare_id=found.pk, version=posted_version(request), today=clock.today()
        )
    except AccessDenied:
        raise
    except DomainError as error:
        return _show(request, *_own(request, enrolment_id), error=str(error), status=422)
    messages.success(request, _("The aftercare is approved for the coaching."))
    return redirect("reports:aftercare", enrolment.pk)


@require_POST
def approve_by_office(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """The coach writes down that the officer approved."""
    enrolment, found = _own(request, enrolment_id)
    form = OfficeApprovalForm(request.POST)
    if form.is_valid():
        try:
            approve_for_office(
                actor=request.user, aftercare_id=found.pk, today=clock.today(), **form.cleaned_data
            )
        except AccessDenied:
            raise
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The office's approval is recorded."))
            return redirect("reports:aftercare", enrolment.pk)
    return _show(request, enrolment, found, approval_form=form, status=422)


@require_POST
def use(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Write down what was given."""
    enrolment, found = _own(request, enrolment_id)
    form = UseForm(request.POST)
    if form.is_valid():
        try:
            log_use(actor=request.user, aftercare_id=found.pk, today=clock.today(), **form.cleaned_data)
        except AccessDenied:
            raise
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("reports:aftercare", enrolment.pk)
    return _show(request, enrolment, found, use_form=form, status=422)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, enrolment_id: int, use_id: int) -> HttpResponse:
    """A mistaken entry, with its reason."""
    enrolment, found = _own(request, enrolment_id)
    entry = get_object_or_404(AftercareUse, aftercare=found, pk=use_id)
    form = TakeBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            take_back_use(
                actor=request.user, use_id=entry.pk, reason=form.cleaned_data["reason"], now=clock.now()
            )
        except AccessDenied:
            raise
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The entry is taken back."))
            return redirect("reports:aftercare", enrolment.pk)
    context = {"enrolment": enrolment, "person": enrolment.participant, "entry": entry, "form": form}
    context["section"] = "aftercare"
    return render(request, "reports/aftercare/take_back.html", context, status=422 if form.errors else 200)


@require_GET
def my_list(request: HttpRequest) -> HttpResponse:
    """What the user takes care of: what is left and what ends first."""
    if request.user.role not in (Role.COACH, Role.COORDINATOR):
        raise AccessDenied(_("Aftercare is given by coaches and coordinators."))
    page = page_of(cared_by(request.user, today=clock.today()), request)
    context = {"page": page, "rows": my_aftercare_rows(page.object_list, today=clock.today())}
    return render(request, "reports/aftercare/my_list.html", context)


@require_http_methods(["GET", "POST"])
def officer(request: HttpRequest, summary_id: int) -> HttpResponse:
    """The officer reads the frame and approves it."""
    summary = summary_of_own_office(request, summary_id)
    person = summary.enrolment.participant
    found = (
        Aftercare.objects.visible_to(request.user)
        .select_related("carer", "coach_approved_by")
        .filter(enrolment=summary.enrolment_id)
        .first()
    )
    if found is not None and "aftercare" in summary.left_out and found.answer != AftercareAnswer.ACCEPTED:
        found = None  # the participant leaves it out: then the office does not read a no either
    error = ""
    if request.method == "POST":
        if found is None:
            raise Http404
        try:
            approve_for_office(
                actor=request.user,
                aftercare_id=found.pk,
                version=posted_version(request),
                today=clock.today(),
            )
        except AccessDenied:
            raise
        except DomainError as refusal:
            error = str(refusal)
            found.refresh_from_db()
        else:
            messages.success(request, _("The aftercare is approved for the office."))
            return redirect("reports:inbox-read", summary.pk)
    else:
        record_view(actor=request.user, participant=person, page="reports:officer-aftercare")
    page = aftercare_page(found, today=clock.today())
    context = {
        "summary": summary,
        "aftercare": found,
        "state": page["state"],
        "error": error,
        "section": "inbox",
    }
    return render(request, "reports/aftercare/officer.html", context, status=422 if error else 200)
