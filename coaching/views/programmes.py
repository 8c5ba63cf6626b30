"""Programme templates and a month's own copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import Role
from coaching.access import can_edit_month, can_edit_programme, can_make_programme
from coaching.forms.programmes import ProgrammeForm
from coaching.models import Programme
from coaching.services import programmes as services
from coaching.services.programmes import fingerprint, weeks_of
from coaching.views.loading import load_month, posted
from core import clock
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error


def _load(request: HttpRequest, pk: int) -> Programme:
    programmes = Programme.objects.visible_to(request.user, today=clock.today())
    return get_object_or_404(
        programmes.select_related("copied_for", "created_by").prefetch_related("weeks"), pk=pk
    )


@require_GET
def programme_list(request: HttpRequest) -> HttpResponse:
    """The templates, the newest version of each name first."""
    if request.user.role == Role.TE_OFFICER:
        raise AccessDenied(_("Programmes are for those who make months."))
    found = Programme.objects.templates().with_months_count().prefetch_related("weeks")
    groups: dict[str, list[Programme]] = {}
    for programme in found:
        groups.setdefault(programme.name, []).append(programme)
    context = {"groups": list(groups.values()), "may_make": can_make_programme(request.user)}
    return render(request, "coaching/programme_list.html", context)


@require_GET
def programme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The four weeks of one version."""
    programme = _load(request, pk)
    months = programme.months.visible_to(request.user, today=clock.today()).newest_first()
    context = {
        "programme": programme,
        "weeks": weeks_of(programme),
        "months": months[:20],
        "may_edit": can_edit_programme(request.user, programme),
        "newer": Programme.objects.templates()
        .filter(name=programme.name, version__gt=programme.version)
        .first(),
    }
    return render(request, "coaching/programme_detail.html", context)


@require_http_methods(["GET", "POST"])
def programme_create(request: HttpRequest) -> HttpResponse:
    """A new template."""
    if not can_make_programme(request.user):
        raise AccessDenied(_("Managers and administrators make programmes."))
    form = ProgrammeForm(posted(request), today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            programme = services.create_programme(
                actor=request.user,
                name=form.cleaned_data["name"],
                valid_from=form.cleaned_data["valid_from"],
                weeks=form.weeks(),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The programme is saved."))
            return redirect("coaching:programme-detail", pk=programme.pk)
    context = {"form": form, "programme": None}
    return render(request, "coaching/programme_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a template (a used one gets its next version) or the own month's copy."""
    programme = _load(request, pk)
    if not can_edit_programme(request.user, programme):
        raise AccessDenied(_("You can read this programme but not edit it."))
    weeks = weeks_of(programme)
    is_used = programme.copied_for_id is None and programme.months.exists()
    given = {"today": clock.today(), "programme": programme, "weeks": weeks, "is_used": is_used}
    form = ProgrammeForm(posted(request), **given)
    theirs = False
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            saved = services.save_programme(
                actor=request.user,
                programme=programme,
                seen=cleaned["seen"],
                valid_from=cleaned.get("valid_from", programme.valid_from),
                is_active=cleaned.get("is_active", programme.is_active),
                weeks=form.weeks(),
            )
        except StaleVersion as error:
            theirs = True
            data = form.data.copy()
            data["seen"] = fingerprint(programme, weeks)
            form = ProgrammeForm(data, **given)
            form.is_valid()
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            _say_saved(request, programme, saved)
            return redirect("coaching:programme-detail", pk=saved.pk)
    context = {
        "form": form,
        "programme": programme,
        "is_used": is_used,
        "theirs": weeks if theirs else [],
    }
    return render(request, "coaching/programme_form.html", context, status=422 if form.is_bound else 200)


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
    return redirect("coaching:programme-edit", pk=copy.pk)
