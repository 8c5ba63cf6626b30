"""The list of participants, one participant's page, and changing the record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.audit import record_view
from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from core.pagination import page_of
from core.search_terms import lead_to_list, search_of
from participants.access import (
    Standing,
    can_edit_participant,
    can_list_participants,
    can_reveal_hetu,
    consent_recipients,
    standing_of,
)
from participants.forms.record import ParticipantForm, RestrictedReasonForm
from participants.models import Participant
from participants.pages.lists import GROUPS, participants_for_list, rows_of
from participants.pages.participant import participant_page
from participants.restricted import is_locked, unlock
from participants.services import participants as services


def load_person(request: HttpRequest, pk: int) -> tuple[Participant, Standing]:
    """The person and how the user stands to them; 404 for strangers."""
    today = clock.today()
    people = Participant.objects.visible_to(request.user, today=today)
    person = get_object_or_404(people.select_related("authority", "officer"), pk=pk)
    return person, standing_of(request.user, person, today=today)


def gate(request: HttpRequest, person: Participant) -> HttpResponse | None:
    """The page that asks for a reason, when the person is protected and none was given; else None."""
    if not is_locked(request, person, now=clock.now()):
        return None
    if request.method == "POST":
        return redirect("participants:participant-detail", pk=person.pk)
    return render(request, "participants/restricted.html", {"person": person, "form": RestrictedReasonForm()})


@require_http_methods(["GET", "POST"])
def participant_list(request: HttpRequest) -> HttpResponse:
    """The people of own months and those referred, by name."""
    if not can_list_participants(request.user):
        raise AccessDenied(_("Coaches and coordinators see the list of participants."))
    if request.method == "POST":
        return lead_to_list(request, filters=["show"])
    show = request.GET.get("show", "")
    show = show if show in GROUPS else ""
    search = search_of(request)
    people = participants_for_list(request.user, show=show, text=search.words, today=clock.today())
    page = page_of(people, request, is_capped=True)
    context = {
        "page": page,
        "rows": rows_of(page),
        "show": show,
        "search": search,
        "is_filtered": show or search.words,
    }
    return render(request, "participants/participant_list.html", context)


@require_GET
def participant_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One page with what matters now on top."""
    person, standing = load_person(request, pk)
    if locked := gate(request, person):
        return locked
    record_view(actor=request.user, participant=person, page="participants:participant-detail")
    page = participant_page(
        person,
        user=request.user,
        standing=standing,
        recipients=consent_recipients(standing),
        today=clock.today(),
    )
    return render(request, "participants/participant.html", {"page": page, "person": person})


@require_POST
def participant_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a protected person's file with a reason."""
    person, _standing = load_person(request, pk)
    form = RestrictedReasonForm(request.POST)
    if form.is_valid():
        try:
            services.open_restricted_file(
                actor=request.user, participant=person, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            unlock(request, person, now=clock.now())
            return redirect("participants:participant-detail", pk=person.pk)
    return render(request, "participants/restricted.html", {"person": person, "form": form}, status=422)


@require_POST
def participant_hetu(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the identity code once; the audit trail remembers it."""
    person, standing = load_person(request, pk)
    if locked := gate(request, person):
        return locked
    if not can_reveal_hetu(standing):
        raise AccessDenied(_("The identity code is for the person's own coach and coordinator."))
    try:
        code = services.reveal_hetu(actor=request.user, participant=person)
    except DomainError as error:
        messages.info(request, str(error))
        return redirect("participants:participant-detail", pk=person.pk)
    return render(request, "participants/hetu.html", {"person": person, "code": code})


@require_http_methods(["GET", "POST"])
def participant_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the record; when somebody else did meanwhile, both versions are shown."""
    person, standing = load_person(request, pk)
    if locked := gate(request, person):
        return locked
    if not can_edit_participant(standing):
        raise AccessDenied(_("The record is changed by the person's own coach."))
    today = clock.today()
    if request.method == "GET":
        record_view(actor=request.user, participant=person, page="participants:participant-edit")
        form = ParticipantForm(instance=person, today=today)
        return _edit_page(request, person, form, version=person.version)
    form = ParticipantForm(request.POST, instance=person, today=today)
    version = _number(request.POST.get("version"))
    if not form.is_valid():
        return _edit_page(request, person, form, version=version, status=422)
    try:
        values = _with_stored(form.record_values(), request.POST.getlist("take_stored"), pk)
        services.update_participant(
            actor=request.user, participant_id=pk, version=version, values=values, hetu=form.hetu_change()
        )
    except services.RecordMoved as error:
        add_domain_error(form, error)
        differing = _differing(error.current, form)
        return _edit_page(
            request, person, form, version=error.current.version, differing=differing, status=422
        )
    except DomainError as error:
        add_domain_error(form, error)
        return _edit_page(request, person, form, version=version, status=422)
    messages.success(request, _("The record is saved."))
    return redirect("participants:participant-detail", pk=pk)


def _edit_page(request, person, form, *, version: int, differing=(), status: int = 200) -> HttpResponse:
    name = Participant.objects.filter(pk=person.pk).values_list("first_name", "last_name").first()
    context = {
        "person": person,
        "name": " ".join(name),
        "form": form,
        "version": version,
        "differing": differing,
    }
    return render(request, "participants/participant_edit.html", context, status=status)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _with_stored(values: dict, names: list[str], pk: int) -> dict:
    """What was typed, but the stored value of those fields for which the other version was chosen."""
    if not (chosen := [name for name in names if name in values]):
        return values
    stored = Participant.objects.select_related("authority", "officer").get(pk=pk)
    return values | {name: getattr(stored, name) for name in chosen}


def _differing(current: Participant, form: ParticipantForm) -> list[dict]:
    """Fields whose stored and typed values differ, both in words."""
    mine = Participant(**form.record_values())
    return [
        {
            "name": name,
            "label": form.fields[name].label,
            "stored": _in_words(current, name),
            "typed": _in_words(mine, name),
        }
        for name, value in form.record_values().items()
        if getattr(current, name) != value
    ]


def _in_words(person: Participant, name: str):
    display = getattr(person, f"get_{name}_display", None)
    value = display() if display else getattr(person, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return getattr(value, "full_name", value)
