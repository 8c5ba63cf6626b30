"""Single sessions of a month and who stands in on its days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.access import can_edit_month, can_hand_over_month
from coaching.forms.months import ReasonForm, SubstitutionForm
from coaching.forms.sessions import SessionForm
from coaching.models import Session
from coaching.services import sessions as services
from coaching.services import substitutions
from coaching.views.loading import load_month, load_session, posted
from core import clock
from core.conflicts import conflict_rows
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error

COMPARED = ("kind", "destination", "title", "theme", "plan", "begins_at", "ends_at", "room")


@require_http_methods(["GET", "POST"])
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What one session is: its words, time and room; also a workplace visit or a guest."""
    session = load_session(request, pk)
    form = SessionForm(posted(request), session=session)
    conflict: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.update_session(
                actor=request.user,
                session=session,
                version=form.cleaned_data["version"],
                times=form.times(),
                words=form.words(),
                today=clock.today(),
            )
        except StaleVersion as error:
            session = load_session(request, pk)
            conflict = conflict_rows(form, session, COMPARED)
            form = SessionForm(_with_version(form, session), session=session)
            form.is_valid()
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The session is saved."))
            return redirect("coaching:month-calendar", pk=session.month_id)
    context = {
        "session": session,
        "month": session.month,
        "form": form,
        "conflict": conflict,
        "conflict_who": "",
        "is_coming": session.held_on >= clock.today(),
        "here": _("Edit the session"),
    }
    return render(request, "coaching/session_edit.html", context, status=422 if form.is_bound else 200)


def _with_version(form, session: Session) -> QueryDict:
    """Everything typed, on top of what is saved now: saving again is a decision."""
    data = form.data.copy()
    data["version"] = str(session.version)
    return data


@require_http_methods(["GET", "POST"])
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Say ahead of time that a session is not arranged."""
    session = load_session(request, pk)
    form = ReasonForm(posted(request), initial={"version": session.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_session(
                actor=request.user,
                session=session,
                version=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
                today=clock.today(),
            )
        except StaleVersion as error:
            session = load_session(request, pk)
            form = ReasonForm(_with_version(form, session))
            form.is_valid()
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The session is marked as not arranged."))
            return redirect("coaching:month-calendar", pk=session.month_id)
    context = {"session": session, "month": session.month, "form": form, "here": _("Session is not arranged")}
    return render(request, "coaching/session_cancel.html", context, status=422 if form.is_bound else 200)


@require_POST
def session_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a cancellation back."""
    session = load_session(request, pk)
    try:
        services.restore_session(actor=request.user, session=session, version=session.version)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The session is planned again."))
    return redirect("coaching:month-calendar", pk=session.month_id)


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
