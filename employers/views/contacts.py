"""The contact log: one line, put right, taken back, its next action done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from core.unsent_form import is_own_path
from employers import access
from employers.enums import ContactResult
from employers.forms.contacts import ContactChangeForm, ContactForm
from employers.models import ContactEvent
from employers.services import contact as services
from employers.views.register import show_employer, visible_employer


@require_POST
def contact_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Add one line to the contact log."""
    found = visible_employer(request, pk)
    if not access.can_log_contact(request.user):
        raise AccessDenied(_("Coaches and coordinators log contacts."))
    today = clock.today()
    form = ContactForm(request.POST, employer=found, today=today)
    if not form.is_valid():
        return show_employer(request, found, contact_form=form, status=422)
    try:
        event = services.log_contact(
            actor=request.user, employer_id=found.pk, today=today, now=clock.now(), **form.line_values()
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return show_employer(request, found, contact_form=form, status=422)
    messages.success(request, _said(request, event))
    return redirect(f"{reverse('employers:employer', args=[found.pk])}#contacts")


def _said(request: HttpRequest, event: ContactEvent) -> str:
    """That the line is kept, and what follows from its result."""
    if event.result in (ContactResult.LEAD, ContactResult.NEED_FOUND):
        url = f"{reverse('employers:lead-new')}?contact={event.pk}"
        return format_html(
            '{} <a href="{}">{}</a>', _("The contact is logged."), url, _("Share the lead with everybody")
        )
    if event.result == ContactResult.AGREED and access.can_edit_employer(request.user):
        url = reverse("employers:choose-person", args=[event.employer_id])
        return format_html('{} <a href="{}">{}</a>', _("Well done!"), url, _("Plan the work trial"))
    if event.result == ContactResult.NO_NEED:
        return _("Logged. This was worth the call: they know you now.")
    return _("The contact is logged.")


@require_http_methods(["GET", "POST"])
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an own line right, within a week of writing it."""
    event = _own_event(request, pk)
    today, now = clock.today(), clock.now()
    if request.method == "GET":
        return _edit_page(request, event, ContactChangeForm(event=event, today=today))
    form = ContactChangeForm(request.POST, event=event, today=today)
    if not form.is_valid():
        return _edit_page(request, event, form, status=422)
    try:
        services.change_contact(
            actor=request.user, event_id=pk, fields=form.line_values(), today=today, now=now
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _edit_page(request, event, form, status=422)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('employers:employer', args=[event.employer_id])}#contacts")


@require_POST
def contact_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an own line that was logged by mistake."""
    event = _own_event(request, pk)
    employer_id = services.take_back_contact(actor=request.user, event_id=event.pk, now=clock.now())
    messages.success(request, _("The line was taken back."))
    return redirect(f"{reverse('employers:employer', args=[employer_id])}#contacts")


def _own_event(request: HttpRequest, pk: int) -> ContactEvent:
    events = ContactEvent.objects.visible_to(request.user).select_related("employer", "contact_person")
    event = get_object_or_404(events, pk=pk)
    if not access.can_change_contact(request.user, event, now=clock.now()):
        raise AccessDenied(_("A line is changed by its writer within a week of writing it."))
    return event


def _edit_page(request: HttpRequest, event: ContactEvent, form, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "event": event, "employer": event.employer}
    return render(request, "employers/contacts/edit.html", context, status=status)


@require_POST
def action_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a next action done, on the employer's page or on the desk."""
    event = get_object_or_404(ContactEvent.objects.visible_to(request.user).select_related("employer"), pk=pk)
    if not access.can_finish_action(request.user, event):
        raise AccessDenied(_("Its writer, the employer's named contact or a coordinator marks it done."))
    services.finish_next_action(actor=request.user, event_id=pk, now=clock.now())
    messages.success(request, _("Done."))
    back = request.POST.get("next", "")
    if is_own_path(back):
        return redirect(back)
    return redirect(f"{reverse('employers:employer', args=[event.employer_id])}#contacts")
