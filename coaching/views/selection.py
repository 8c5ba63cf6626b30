"""Choosing the group before the month: information events and selection talks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from coaching.access import can_choose_group
from coaching.enums import EnrolmentState
from coaching.errors import MonthAlreadyClosed, MonthCancelled, OfficerMissing
from coaching.forms.selection import EventForm, TalkForm
from coaching.models import Selection
from coaching.pages.selection import TONES, selection_page
from coaching.services import selection as services
from coaching.views.loading import load_month, posted
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error
from participants.models import Participant
from participants.restricted import require_opened


@require_GET
def selection(request: HttpRequest, pk: int) -> HttpResponse:
    """Events, people who are talked with, what was decided, and the spread of aims."""
    month = load_month(request, pk, can_choose_group)
    audit.record(actor=request.user, action="selection.viewed", obj=month)
    page = selection_page(month, request.user, today=clock.today())
    context = {"month": month, "page": page, "tones": TONES, "is_open": not month.is_closed}
    return render(request, "coaching/selection.html", context)


@require_http_methods(["GET", "POST"])
def information_event(request: HttpRequest, pk: int, event_pk: int | None = None) -> HttpResponse:
    """Plan an event, or write down how many came."""
    month = load_month(request, pk, can_choose_group)
    event = get_object_or_404(month.information_events, pk=event_pk) if event_pk else None
    form = EventForm(posted(request), initial=EventForm.initial_of(event))
    if request.method == "POST" and form.is_valid():
        try:
            services.save_information_event(
                actor=request.user,
                month=month,
                event_id=event_pk,
                version=form.cleaned_data["version"],
                facts=form.facts(),
                now=clock.now(),
            )
        except StaleVersion as error:
            event.refresh_from_db()
            form = _on_top_of(form, event.version)
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The information event is saved."))
            return redirect("coaching:selection", pk=pk)
    here = _("Information event")
    context = {"month": month, "form": form, "event": event, "here": here}
    return render(request, "coaching/information_event.html", context, status=422 if form.is_bound else 200)


@require_POST
def information_event_remove(request: HttpRequest, pk: int, event_pk: int) -> HttpResponse:
    """Take an event away."""
    month = load_month(request, pk, can_choose_group)
    try:
        services.remove_information_event(actor=request.user, month=month, event_id=event_pk)
    except (MonthAlreadyClosed, MonthCancelled) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The information event is removed."))
    return redirect("coaching:selection", pk=pk)


@require_POST
def selection_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Talk with somebody of the referred people before deciding."""
    month = load_month(request, pk, can_choose_group)
    wanted = request.POST.get("participant", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        raise Http404
    visible = Participant.objects.visible_to(request.user, today=clock.today())
    person = get_object_or_404(visible, pk=int(wanted))
    try:
        found = services.start_selection(actor=request.user, month=month, participant=person)
    except (MonthAlreadyClosed, MonthCancelled) as error:
        messages.error(request, str(error))
        return redirect("coaching:selection", pk=pk)
    return redirect("coaching:selection-edit", pk=pk, selection_pk=found.pk)


@require_http_methods(["GET", "POST"])
def selection_edit(request: HttpRequest, pk: int, selection_pk: int) -> HttpResponse:
    """The talk with one person, and the decision."""
    month = load_month(request, pk, can_choose_group)
    row = _load(request, month, selection_pk)
    require_opened(request, row.participant, now=clock.now())
    form = TalkForm(posted(request), initial=TalkForm.initial_of(row), is_decided=bool(row.decision))
    theirs, needs_officer = None, False
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_selection(
                actor=request.user, selection=row, today=clock.today(), **form.values()
            )
        except StaleVersion as error:
            row = theirs = _load(request, month, selection_pk)
            form = _on_top_of(form, row.version, is_decided=bool(row.decision))
            add_domain_error(form, error)
        except DomainError as error:
            needs_officer = isinstance(error, OfficerMissing)
            add_domain_error(form, error)
        else:
            messages.success(request, _said(month, saved))
            return redirect("coaching:selection", pk=pk)
    elif request.method == "GET":
        audit.record_view(actor=request.user, participant=row.participant, page="coaching:selection-edit")
    context = {
        "month": month,
        "form": form,
        "selection": row,
        "theirs": theirs,
        "needs_officer": needs_officer,
        "here": row.participant.full_name,
    }
    return render(request, "coaching/selection_edit.html", context, status=422 if form.is_bound else 200)


def _load(request: HttpRequest, month, selection_pk: int) -> Selection:
    visible = Participant.objects.visible_to(request.user, today=clock.today())
    return get_object_or_404(
        month.selections.filter(participant__in=visible.values("pk")).select_related(
            "participant", "interviewer", "decided_by"
        ),
        pk=selection_pk,
    )


def _said(month, saved: Selection) -> str:
    if not saved.decision:
        return _("The talk is saved.")
    place = month.enrolments.filter(participant=saved.participant_id).first()
    if place is not None and place.state == EnrolmentState.WAITING:
        return _("Saved. The person is on the waiting list now.")
    if place is not None and place.state == EnrolmentState.ENROLLED:
        return _("Saved. The person is in the group now.")
    return _("The decision is saved.")


def _on_top_of(form, version: int, **how):
    """Everything typed, on top of what is saved now: saving again is a decision."""
    data = form.data.copy()
    data["version"] = str(version)
    kept = type(form)(data, **how)
    kept.is_valid()
    return kept
