"""The kick-off meeting of a month: what was agreed, and the check half-way."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coaching.access import can_edit_month
from coaching.enums import PracticeCheck
from coaching.forms import kick_off as forms
from coaching.models import CoachingMonth, KickOff
from coaching.services import kick_off as services
from coaching.views.loading import load_month, posted
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error


@require_GET
def kick_off(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed, for everybody who takes part in the month; the TE sponsor reads it too."""
    month = load_month(request, pk)
    saved = _saved(month)
    context = {
        "month": month,
        "kick_off": saved,
        "practices": list(saved.practices.order_by("position")) if saved else [],
        "may_edit": can_edit_month(request.user, month) and not month.is_closed,
    }
    return render(request, "coaching/kick_off.html", context)


@require_http_methods(["GET", "POST"])
def kick_off_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the meeting and its practices."""
    month = load_month(request, pk, can_edit_month)
    saved = _saved(month)
    form = forms.KickOffForm(posted(request), initial=_initial(month, saved))
    lines = forms.read_lines(request.POST) if form.is_bound else forms.lines_to_show(saved)
    theirs = None
    if form.is_bound and form.is_valid() and not any(line.errors for line in lines):
        try:
            services.record_kick_off(
                actor=request.user,
                month=month,
                practices=forms.practice_lines(lines),
                today=clock.today(),
                **form.cleaned_data,
            )
        except StaleVersion as error:
            theirs = _saved(month)
            form = _on_top_of(form, theirs)
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The kick-off is saved."))
            return redirect("coaching:kick-off", pk=pk)
    context = {
        "month": month,
        "form": form,
        "lines": lines,
        "theirs": list(theirs.practices.order_by("position")) if theirs else [],
        "here": _("Record the kick-off"),
    }
    return render(request, "coaching/kick_off_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def kick_off_check(request: HttpRequest, pk: int) -> HttpResponse:
    """At the mid-point: does what was agreed work?"""
    month = load_month(request, pk, can_edit_month)
    saved = _saved(month)
    if saved is None or not saved.practices.exists():
        messages.info(request, _("Write first what was agreed at the kick-off."))
        return redirect("coaching:kick-off-edit", pk=pk)
    initial = {"checked_on": saved.checked_on or clock.today(), "version": saved.version}
    form = forms.MidCheckForm(posted(request), initial=initial)
    lines = (
        forms.read_checks(request.POST, saved)
        if form.is_bound
        else [line for line in forms.lines_to_show(saved) if line.pk]
    )
    if form.is_bound and form.is_valid() and not any(line.errors for line in lines):
        try:
            services.check_practices(
                actor=request.user,
                month=month,
                checks=forms.check_lines(lines),
                today=clock.today(),
                **form.cleaned_data,
            )
        except StaleVersion as error:
            form = _on_top_of(form, _saved(month))
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The check is saved."))
            return redirect("coaching:kick-off", pk=pk)
    context = {
        "month": month,
        "form": form,
        "lines": lines,
        "results": PracticeCheck.choices,
        "here": _("Check at the mid-point"),
    }
    return render(request, "coaching/kick_off_check.html", context, status=422 if form.is_bound else 200)


def _saved(month: CoachingMonth) -> KickOff | None:
    return KickOff.objects.filter(month=month).first()


def _initial(month: CoachingMonth, saved: KickOff | None) -> dict:
    if saved is None:
        planned = month.kick_off_at
        people = [month.coach, month.second_coach, month.coordinator, month.te_sponsor]
        return {
            "held_on": planned.date() if planned else None,
            "present": ", ".join(person.full_name for person in people if person),
            "version": 0,
        }
    return {name: getattr(saved, name) for name in ("held_on", "present", "note", "version")}


def _on_top_of(form, saved: KickOff | None):
    """Everything typed, on top of what is saved now: saving again is a decision."""
    data = form.data.copy()
    data["version"] = str(saved.version if saved else 0)
    kept = type(form)(data)
    kept.is_valid()
    return kept
