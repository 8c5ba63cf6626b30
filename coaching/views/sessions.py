"""Single sessions of a month and who stands in on its days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.access import can_edit_month, can_hand_over_month
from coaching.forms.months import ReasonForm, SessionForm, SubstitutionForm
from coaching.models import Session
from coaching.services import months as services
from coaching.services import substitutions
from coaching.views.loading import load_month, posted
from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error


def _load_session(request: HttpRequest, pk: int) -> Session:
    sessions = Session.objects.visible_to(request.user, today=clock.today()).select_related("month")
    session = get_object_or_404(sessions, pk=pk)
    if not can_edit_month(request.user, session.month):
        raise AccessDenied(_("Only the month's own coach changes its sessions."))
    return session


@require_http_methods(["GET", "POST"])
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, room or theme for one session to come."""
    session = _load_session(request, pk)
    form = SessionForm(posted(request), session=session)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_session(actor=request.user, session=session, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The session is saved."))
            return redirect("coaching:month-detail", pk=session.month_id)
    context = {"session": session, "month": session.month, "form": form, "here": _("Edit the session")}
    return render(request, "coaching/session_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Say ahead of time that a session is not arranged."""
    session = _load_session(request, pk)
    form = ReasonForm(posted(request), initial={"version": session.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_session(
                actor=request.user,
                session=session,
                version=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The session is marked as not arranged."))
            return redirect("coaching:month-detail", pk=session.month_id)
    context = {"session": session, "month": session.month, "form": form, "here": _("Session is not arranged")}
    return render(request, "coaching/session_cancel.html", context, status=422 if form.is_bound else 200)


@require_POST
def session_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a cancellation back."""
    session = _load_session(request, pk)
    try:
        services.restore_session(actor=request.user, session=session, version=session.version)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The session is planned again."))
    return redirect("coaching:month-detail", pk=session.month_id)


def _may_substitute(user, month) -> bool:
    return can_edit_month(user, month) or can_hand_over_month(user, month)


@require_http_methods(["GET", "POST"])
def substitution_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another coach stands in on some days, with access on those days only."""
    month = load_month(request, pk, _may_substitute)
    form = SubstitutionForm(posted(request), month=month)
    if request.method == "POST" and form.is_valid():
        try:
            substitutions.add_substitution(actor=request.user, month=month, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The substitute is recorded."))
            return redirect("coaching:month-detail", pk=pk)
    context = {"month": month, "form": form, "here": _("Add a substitute")}
    return render(request, "coaching/substitution_add.html", context, status=422 if form.is_bound else 200)


@require_POST
def substitution_remove(request: HttpRequest, pk: int, substitution_pk: int) -> HttpResponse:
    """End a substitution; its access ends the same minute."""
    month = load_month(request, pk, _may_substitute)
    substitution = month.substitutions.filter(pk=substitution_pk).first()
    if substitution is not None:
        substitutions.remove_substitution(actor=request.user, substitution=substitution)
    messages.success(request, _("The substitution is removed."))
    return redirect("coaching:month-detail", pk=pk)
