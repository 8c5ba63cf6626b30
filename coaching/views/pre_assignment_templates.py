"""The pre-assignments of a programme: read, edit, add, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coaching.access import can_edit_programme
from coaching.forms.pre_assignment_templates import READING_NAMES, RemoveForm, TemplateForm
from coaching.models import PreAssignmentTemplate, Programme
from coaching.pre_assignment_words import READINGS, template_fingerprint, words_of
from coaching.services import pre_assignment_templates as services
from coaching.services.programmes import is_in_use
from coaching.views.loading import posted
from core import clock
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error


def _load(request: HttpRequest, pk: int) -> Programme:
    programmes = Programme.objects.visible_to(request.user, today=clock.today())
    return get_object_or_404(programmes.select_related("copied_for"), pk=pk)


def _load_to_edit(request: HttpRequest, pk: int) -> Programme:
    programme = _load(request, pk)
    if not can_edit_programme(request.user, programme):
        raise AccessDenied(_("You can read this programme but not edit it."))
    return programme


def _rows(programme: Programme) -> list[PreAssignmentTemplate]:
    return list(programme.pre_assignment_templates.order_by("position"))


def _at(rows: list[PreAssignmentTemplate], position: int) -> PreAssignmentTemplate:
    for row in rows:
        if row.position == position:
            return row
    raise Http404


def _in_languages(texts: dict) -> list[tuple[str, object]]:
    return [(READING_NAMES[reading], words_of(texts, reading)) for reading in READINGS if reading in texts]


@require_GET
def template_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked before the first day, in all languages."""
    programme = _load(request, pk)
    rows = _rows(programme)
    newer = Programme.objects.templates().filter(name=programme.name, version__gt=programme.version)
    is_superseded = programme.copied_for_id is None and newer.exists()
    context = {
        "programme": programme,
        "tasks": [(row, words_of(row.texts), _in_languages(row.texts)) for row in rows],
        "may_edit": can_edit_programme(request.user, programme) and not is_superseded,
        "may_add": len(rows) < services.MOST_TEMPLATES,
    }
    return render(request, "coaching/programme_pre_assignments.html", context)


@require_http_methods(["GET", "POST"])
def template_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One more pre-assignment."""
    programme = _load_to_edit(request, pk)
    return _edit(request, programme, None, len(_rows(programme)))


@require_http_methods(["GET", "POST"])
def template_edit(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """One pre-assignment: four languages side by side."""
    programme = _load_to_edit(request, pk)
    rows = _rows(programme)
    return _edit(request, programme, _at(rows, position), len(rows))


def _edit(request, programme: Programme, row: PreAssignmentTemplate | None, count: int) -> HttpResponse:
    given = {
        "template": row,
        "count": count,
        "is_in_use": is_in_use(programme),
        "today": clock.today(),
    }
    form = TemplateForm(posted(request), **given)
    theirs = []
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_template(
                actor=request.user,
                programme=programme,
                position=row.position if row else None,
                seen=form.cleaned_data["seen"],
                content=form.content(),
                valid_from=form.cleaned_data.get("valid_from"),
            )
        except StaleVersion as error:
            theirs = _in_languages(row.texts) if row else []
            data = form.data.copy()
            data["seen"] = template_fingerprint(row) if row else ""
            form = TemplateForm(data, **given)
            form.is_valid()
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            _say_saved(request, programme, saved)
            return redirect("coaching:programme-pre-assignments", pk=saved.pk)
    context = {
        "form": form,
        "programme": programme,
        "task": row,
        "theirs": theirs,
        "is_in_use": given["is_in_use"],
    }
    return render(
        request,
        "coaching/programme_pre_assignment.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def template_remove(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Take one off; what was sent stays."""
    programme = _load_to_edit(request, pk)
    row = _at(_rows(programme), position)
    in_use = is_in_use(programme)
    form = RemoveForm(posted(request), template=row, is_in_use=in_use, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.remove_template(
                actor=request.user,
                programme=programme,
                position=position,
                seen=form.cleaned_data["seen"],
                valid_from=form.cleaned_data.get("valid_from"),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The pre-assignment is off the programme. What was sent stays."))
            return redirect("coaching:programme-pre-assignments", pk=saved.pk)
    context = {"form": form, "programme": programme, "words": words_of(row.texts), "is_in_use": in_use}
    return render(
        request,
        "coaching/programme_pre_assignment_remove.html",
        context,
        status=422 if form.is_bound else 200,
    )


def _say_saved(request: HttpRequest, before: Programme, saved: Programme) -> None:
    if saved.pk == before.pk:
        messages.success(request, _("The pre-assignment is saved."))
    else:
        sentence = _("Version %(number)s is saved. Months that have begun keep the version they had.")
        messages.success(request, sentence % {"number": saved.version})
