"""Programme templates and a month's own copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import Role
from coaching.access import can_edit_month, can_edit_programme, can_make_programme
from coaching.forms.programmes import ProgrammeCreateForm, ProgrammeFrameForm, ProgrammeWeekForm
from coaching.models import Programme
from coaching.pages.programme import day_list, window_list
from coaching.programme_content import (
    CONTENT,
    WEEKS,
    frame_fingerprint,
    week_fingerprint,
    week_plans,
)
from coaching.services import programmes as services
from coaching.views.loading import load_month, posted
from core import clock
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error


def _load(request: HttpRequest, pk: int) -> Programme:
    programmes = Programme.objects.visible_to(request.user, today=clock.today())
    return get_object_or_404(
        programmes.select_related("copied_for", "created_by").prefetch_related(*CONTENT), pk=pk
    )


def _load_to_edit(request: HttpRequest, pk: int) -> Programme:
    programme = _load(request, pk)
    if not can_edit_programme(request.user, programme):
        raise AccessDenied(_("You can read this programme but not edit it."))
    return programme


@require_GET
def programme_list(request: HttpRequest) -> HttpResponse:
    """The templates, the newest version of each name first."""
    if request.user.role == Role.TE_OFFICER:
        raise AccessDenied(_("Programmes are for those who make months."))
    found = Programme.objects.templates().with_months_count()
    groups: dict[str, list[Programme]] = {}
    for programme in found:
        groups.setdefault(programme.name, []).append(programme)
    context = {"groups": list(groups.values()), "may_make": can_make_programme(request.user)}
    return render(request, "coaching/programme_list.html", context)


@require_GET
def programme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The four weeks of one version, day by day."""
    programme = _load(request, pk)
    months = programme.months.visible_to(request.user, today=clock.today()).newest_first()
    newer = Programme.objects.templates().filter(name=programme.name, version__gt=programme.version).first()
    if programme.copied_for_id:
        newer = None
    context = {
        "programme": programme,
        "weeks": [(number, plan, day_list(plan)) for number, plan in enumerate(week_plans(programme), 1)],
        "windows": window_list(programme),
        "pre_assignments": programme.pre_assignment_templates.count(),
        "months": months[:20],
        "may_edit": can_edit_programme(request.user, programme) and newer is None,
        "is_in_use": services.is_in_use(programme),
        "newer": newer,
    }
    return render(request, "coaching/programme_detail.html", context)


@require_http_methods(["GET", "POST"])
def programme_create(request: HttpRequest) -> HttpResponse:
    """A new template, empty or begun from another."""
    if not can_make_programme(request.user):
        raise AccessDenied(_("Managers and administrators make programmes."))
    form = ProgrammeCreateForm(posted(request), today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            programme = services.create_programme(actor=request.user, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The programme is made. Next, go through its weeks."))
            return redirect("coaching:programme-detail", pk=programme.pk)
    return render(
        request, "coaching/programme_create.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Validity and the discussions' days (a used template gets its next version)."""
    programme = _load_to_edit(request, pk)
    in_use = services.is_in_use(programme)
    given = {"today": clock.today(), "programme": programme, "is_in_use": in_use}
    form = ProgrammeFrameForm(posted(request), **given)
    theirs = []
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            saved = services.save_programme_frame(
                actor=request.user,
                programme=programme,
                seen=cleaned["seen"],
                valid_from=cleaned.get("valid_from", programme.valid_from),
                is_active=cleaned.get("is_active", programme.is_active),
                windows=form.windows(),
            )
        except StaleVersion as error:
            theirs = window_list(programme)
            form = ProgrammeFrameForm(_on_top_of(form, frame_fingerprint(programme)), **given)
            form.is_valid()
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            _say_saved(request, programme, saved)
            return redirect("coaching:programme-detail", pk=saved.pk)
    context = {"form": form, "programme": programme, "is_in_use": in_use, "theirs": theirs}
    return render(request, "coaching/programme_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def programme_week(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One week of a template (a used one gets its next version) or of the own month's copy."""
    programme = _load_to_edit(request, pk)
    if not 1 <= number <= WEEKS:
        raise Http404
    in_use = services.is_in_use(programme)
    given = {"today": clock.today(), "programme": programme, "number": number, "is_in_use": in_use}
    form = ProgrammeWeekForm(posted(request), **given)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_programme_week(
                actor=request.user,
                programme=programme,
                number=number,
                seen=form.cleaned_data["seen"],
                week=form.plan(),
                valid_from=form.cleaned_data.get("valid_from"),
            )
        except StaleVersion as error:
            theirs = week_plans(programme)[number - 1]
            form = ProgrammeWeekForm(_on_top_of(form, week_fingerprint(programme, number)), **given)
            form.is_valid()
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            _say_saved(request, programme, saved)
            if "next" in request.POST and number < WEEKS:
                return redirect("coaching:programme-week", pk=saved.pk, number=number + 1)
            return redirect("coaching:programme-detail", pk=saved.pk)
    context = {
        "form": form,
        "programme": programme,
        "number": number,
        "next_number": number + 1 if number < WEEKS else None,
        "is_in_use": in_use,
        "theirs": theirs,
        "their_days": day_list(theirs) if theirs else [],
    }
    return render(request, "coaching/programme_week.html", context, status=422 if form.is_bound else 200)


def _on_top_of(form, fingerprint: str):
    """Everything typed, on top of what is saved now: saving again is a decision."""
    data = form.data.copy()
    data["seen"] = fingerprint
    return data


def _say_saved(request: HttpRequest, before: Programme, saved: Programme) -> None:
    if saved.pk == before.pk:
        messages.success(request, _("The programme is saved."))
    else:
        sentence = _("Version %(number)s is saved. Months that have begun keep the version they had.")
        messages.success(request, sentence % {"number": saved.version})


@require_POST
def programme_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The own month gets its own copy of the programme, which its coach edits."""
    month = load_month(request, pk, can_edit_month)
    try:
        copy = services.copy_programme_for_month(actor=request.user, month=month)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("coaching:month-detail", pk=pk)
    messages.success(request, _("The copy is yours. Change the weeks that are different for your group."))
    return redirect("coaching:programme-detail", pk=copy.pk)
