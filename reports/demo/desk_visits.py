"""The demo's visits: held, overdue, planned for today and ahead; one needs attention, one is not in order."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from coaching.services.schedule import is_weekday
from core import clock
from employers.enums import VisitKind, VisitState
from employers.models import ContactEvent, DeskTask, Placement, Visit
from employers.visit_dates import planned_slots

VIEWS = (
    ("Päivät kuluvat nopeasti. Haluaisin kokeilla myös kassaa.", "Tulee ajoissa ja kysyy, kun ei tiedä."),
    ("Työkaverit ovat ottaneet hyvin vastaan.", "Oppii nopeasti. Voidaan antaa lisää vastuuta."),
    ("Aluksi jännitti, nyt sujuu.", "Tarvitsee vielä kirjallisen ohjeen aamutoimista."),
)
ATTENTION = ("Ohje siitä, kuka neuvoo iltapäivisin, jäi epäselväksi.", "Sovitaan iltapäivän ohjaaja")
NOT = ("Tunnit ovat ylittäneet sovitun neljä tuntia kahtena päivänä.", "Soitetaan esimiehelle tunneista")
TIMES = (dt.time(9), dt.time(10, 30), dt.time(13))


def build_visits(month, *, cast, today: dt.date) -> None:
    """Lay out the visits of the month's running work trials and note those whose day has passed, but one."""
    trials = Placement.objects.filter(month=month, state="ongoing").select_related("guide", "employer")
    visits: list[Visit] = []
    for number, trial in enumerate(trials.order_by("id")):
        visits += _visits_of(trial, number, cast=cast, today=today)
    _note_in_log(visits, cast=cast)
    Visit.objects.bulk_create(visits)
    DeskTask.objects.bulk_create(
        DeskTask(
            kind="visit_action",
            employer_id=visit.placement.employer_id,
            placement=visit.placement,
            visit=visit,
            text=ATTENTION[1] if visit.check_cooperation == "attention" else NOT[1],
            due_on=today + dt.timedelta(days=2),
            responsible=cast.coach if visit.check_cooperation == "attention" else cast.coordinator,
            created_by=visit.recorded_by,
        )
        for visit in visits
        if "attention" in visit.check_cooperation or visit.check_terms == "not"
    )


def _visits_of(trial: Placement, number: int, *, cast, today: dt.date) -> list[Visit]:
    slots = planned_slots(
        starts_on=trial.starts_on,
        ends_on=trial.ends_on,
        weekdays=trial.weekdays,
        first_within=settings.VISIT_FIRST_WITHIN_DAYS,
        every=settings.VISIT_EVERY_DAYS,
    )
    visits = [Visit(placement=trial, kind=slot.kind, planned_on=slot.day) for slot in slots]
    for visit in visits:
        if visit.planned_on < today:
            _hold(visit, trial, number, cast=cast)
    held = [visit for visit in visits if visit.state == VisitState.DONE and visit.kind != VisitKind.OPENING]
    if held and number == 1:
        held[-1].check_cooperation, held[-1].note_cooperation = "attention", ATTENTION[0]
    if held and number == 2:
        held[-1].check_terms, held[-1].note_terms = "not", NOT[0]
    if held and number == 3:  # nobody noted this one
        late = held[-1]
        fresh = Visit(placement=trial, kind=late.kind, planned_on=late.planned_on)
        visits[visits.index(late)] = fresh
    ahead = next((visit for visit in visits if visit.planned_on >= today), None)
    if ahead is not None and number % 3 == 0 and is_weekday(today) and ahead.kind != VisitKind.CLOSING:
        ahead.planned_on, ahead.is_day_chosen = today, True
        ahead.planned_at, ahead.with_authority = TIMES[number // 3 % 3], number == 0
    return visits


def _hold(visit: Visit, trial: Placement, number: int, *, cast) -> None:
    visit.state, visit.held_on = VisitState.DONE, visit.planned_on
    visit.channel = "phone" if number % 4 == 3 else "on_site"
    visit.met = trial.guide.name if trial.guide else ""
    visit.minutes = 30 + 5 * (number % 4)
    visit.recorded_by = cast.coordinator if number % 2 else cast.coach
    visit.recorded_at = clock.now()
    if visit.kind != VisitKind.OPENING:
        for check in ("work", "learning", "cooperation", "terms"):
            setattr(visit, f"check_{check}", "ok")
        visit.participant_view, visit.employer_view = VIEWS[number % len(VIEWS)]


def _note_in_log(visits: list[Visit], *, cast) -> None:
    """One line in the employer's contact log for each held visit."""
    held = [visit for visit in visits if visit.state == VisitState.DONE]
    lines = ContactEvent.objects.bulk_create(
        ContactEvent(
            employer_id=visit.placement.employer_id,
            contact_person=visit.placement.guide,
            happened_on=visit.held_on,
            channel="visit" if visit.channel == "on_site" else "phone",
            result="kept_up",
            note="Työkokeilun ohjauskäynti",
            minutes=visit.minutes,
            user=visit.recorded_by,
        )
        for visit in held
    )
    for visit, line in zip(held, lines, strict=True):
        visit.contact_event = line
