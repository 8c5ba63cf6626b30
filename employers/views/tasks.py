"""One task of the desk: added, done, taken back, moved, dropped."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from core.unsent_form import is_own_path
from employers import access
from employers.forms.contacts import TaskDropForm, TaskForm, TaskMoveForm
from employers.models import DeskTask
from employers.services import tasks as services
from employers.views.register import show_employer, visible_employer


@require_POST
def task_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a promise or another thing to do to an employer."""
    found = visible_employer(request, pk)
    if not access.can_log_contact(request.user):
        raise AccessDenied(_("Coaches and coordinators log contacts."))
    form = TaskForm(request.POST)
    if not form.is_valid():
        return show_employer(request, found, task_form=form, status=422)
    values = dict(form.cleaned_data)
    responsible = values.pop("responsible")
    try:
        services.add_task(
            actor=request.user,
            employer_id=found.pk,
            responsible_id=responsible.pk if responsible else None,
            **values,
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return show_employer(request, found, task_form=form, status=422)
    messages.success(request, _("Added."))
    return redirect(f"{reverse('employers:employer', args=[found.pk])}#tasks")


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task with all that can be done about it."""
    return _task_page(request, _visible_task(request, pk))


@require_POST
def task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a task done."""
    found = _handled_task(request, pk)
    services.finish_task(actor=request.user, task_id=pk, now=clock.now())
    messages.success(request, _("Done."))
    return _back(request, found)


@require_POST
def task_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was closed by mistake."""
    found = _handled_task(request, pk)
    services.reopen_task(actor=request.user, task_id=pk)
    messages.success(request, _("It waits on the desk again."))
    return _back(request, found)


@require_POST
def task_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a task another day."""
    found = _handled_task(request, pk)
    form = TaskMoveForm(request.POST, task=found)
    if not form.is_valid():
        return _task_page(request, found, move_form=form, status=422)
    try:
        services.move_task(actor=request.user, task_id=pk, today=clock.today(), **form.cleaned_data)
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _task_page(request, found, move_form=form, status=422)
    messages.success(request, _("Moved."))
    return redirect("employers:task", pk=pk)


@require_POST
def task_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a task that is not needed any more, with the reason."""
    found = _handled_task(request, pk)
    form = TaskDropForm(request.POST)
    if not form.is_valid():
        return _task_page(request, found, drop_form=form, status=422)
    try:
        services.drop_task(actor=request.user, task_id=pk, now=clock.now(), **form.cleaned_data)
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _task_page(request, found, drop_form=form, status=422)
    messages.success(request, _("Dropped."))
    return redirect("employers:task", pk=pk)


def _visible_task(request: HttpRequest, pk: int) -> DeskTask:
    tasks = DeskTask.objects.visible_to(request.user, today=clock.today()).select_related(
        "employer", "responsible", "done_by", "created_by", "placement__participant", "enrolment__participant"
    )
    return get_object_or_404(tasks, pk=pk)


def _handled_task(request: HttpRequest, pk: int) -> DeskTask:
    found = _visible_task(request, pk)
    if not access.can_handle_task(request.user, found):
        raise AccessDenied(_("Whoever is responsible, or a coordinator, closes this."))
    return found


def _task_page(
    request: HttpRequest, found: DeskTask, *, move_form=None, drop_form=None, status: int = 200
) -> HttpResponse:
    context = {
        "task": found,
        "employer": found.employer,
        "today": clock.today(),
        "may_handle": access.can_handle_task(request.user, found),
        "move_form": move_form or TaskMoveForm(task=found),
        "drop_form": drop_form or TaskDropForm(),
    }
    return render(request, "employers/contacts/task.html", context, status=status)


def _back(request: HttpRequest, found: DeskTask) -> HttpResponse:
    back = request.POST.get("next", "")
    if is_own_path(back):
        return redirect(back)
    return redirect("employers:task", pk=found.pk)
