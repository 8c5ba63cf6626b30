"""The demo's decisions, aftercare with its uses, and an office's digests."""

from __future__ import annotations

import datetime as dt

from core import clock
from employers.limits import months_later
from reports.digest_figures import FEW, figures_of, span_of
from reports.enums import DecisionKind
from reports.forms.meeting import PLACE_OF_KIND
from reports.models import Aftercare, AftercareUse
from reports.pages.meeting import KIND_OF_PROPOSAL
from reports.services.decisions import record_decision, record_health_need
from reports.services.digests import make_digest, save_stories, send_digest

DECIDED = 3  # of the finished group
USES = (((3, 45, "phone"), (10, 60, "meeting")), ((20, 90, "workplace"),))  # days ago, minutes, how
COMMENTS = ("Tätä toivoin.", "Hyvä, että pääsen alkuun heti.", "")
STORIES = [
    "Yli kaksi vuotta ilman työtä, kolme viikkoa varastossa, nyt osa-aikainen palkkatyö.",
    "Oma ala oli hiipunut: ammatti vaihtui, ja opinnot alkoivat kuun lopussa.",
]


def build_decisions(month, *, cast, today: dt.date) -> None:
    """Decisions about the first of the finished group, before their summaries are made; one planned talk."""
    people = month.enrolments.enrolled().select_related("participant__officer", "proposal").order_by("id")
    for number, enrolment in enumerate(people[:DECIDED]):
        _decide(enrolment, COMMENTS[number], coach=month.coach, today=today)
    if people:
        record_health_need(
            actor=month.coach,
            enrolment_id=people[0].pk,
            base_version=0,
            today=today,
            is_needed=True,
            referred_to="Työttömän terveystarkastus",
            referred_on=month.ends_on,
        )
    waiting = [enrolment for enrolment in people if not enrolment.discussions.filter(kind="three_party")]
    if waiting:
        waiting[-1].discussions.create(kind="three_party", planned_on=today, recorded_by=month.coach)


def _decide(enrolment, comment: str, *, coach, today: dt.date) -> None:
    proposal = enrolment.proposal
    is_hired = enrolment.participant.placements.filter(continuation="hired").exists()
    kind = DecisionKind.NONE if is_hired else KIND_OF_PROPOSAL[proposal.kind]
    has_place = kind in PLACE_OF_KIND
    officer = enrolment.participant.officer
    record_decision(
        actor=coach,
        enrolment_id=enrolment.pk,
        base_version=0,
        today=today,
        kind=kind,
        where=(proposal.where or "Sovitaan kesken olevien joukosta") if has_place else "",
        programme="Varasto- ja logistiikka-alan perusteet" if kind == DecisionKind.STUDY else "",
        starts_on=proposal.starts_on if has_place else None,
        ends_on=proposal.ends_on if has_place else None,
        conditions="Valmentaja soittaa ensimmäisen viikon jälkeen." if has_place else "",
        decided_on=min(today, enrolment.month.ends_on + dt.timedelta(days=3)),
        decided_by=officer,
        decided_by_name=officer.full_name if officer else "Veera Virkailija",
        participant_comment=comment,
    )


def build_aftercare(month, *, cast, today: dt.date) -> None:
    """One that goes on with uses, one in the coordinator's care that ends soon, one offer without an answer,
    one that waits for the office, one that was not wanted."""
    people = list(month.enrolments.enrolled().order_by("id")[:5])
    offered = month.ends_on
    frame = {"offered_on": offered, "answer": "accepted", "answered_on": offered}
    approved = {
        "coach_approved_by": month.coach,
        "coach_approved_on": offered,
        "officer_approved_by": cast.officer,
        "officer_name": cast.officer.full_name,
        "officer_approved_on": offered,
    }
    first = offered + dt.timedelta(days=1)
    soon = months_later(today, -4) + dt.timedelta(days=10)
    rows = [
        {**frame, **approved, **_window(first, 4), "carer": month.coach, "needs": "Soitto kerran viikossa."},
        {**frame, **approved, **_window(soon, 4), "carer": cast.coordinator, "needs": "Apu työpaikalla."},
        {"offered_on": today - dt.timedelta(days=15), "needs": "Miettii vielä."},
        {**frame, **_window(first, 6), "carer": month.coach, "coach_approved_by": month.coach}
        | {"coach_approved_on": offered, "needs": "Tuki opintojen alussa."},
        {"offered_on": offered, "answer": "declined", "answered_on": offered},
    ]
    made = [
        Aftercare.objects.create(enrolment=enrolment, **row)
        for enrolment, row in zip(people, rows, strict=False)
    ]
    for aftercare, uses in zip(made[:2], USES, strict=False):
        for days_ago, minutes, channel in uses:
            AftercareUse.objects.create(
                aftercare=aftercare,
                held_on=max(aftercare.starts_on, today - dt.timedelta(days=days_ago)),
                minutes=minutes,
                channel=channel,
                note="Kuulumiset ja seuraava askel.",
                given_by=aftercare.carer,
            )


def _window(first: dt.date, months: int) -> dict:
    last = months_later(first, months) - dt.timedelta(days=1)
    return {"starts_on": first, "ends_on": last, "window_months": months, "most_minutes": 600}


def build_digests(month, *, cast, today: dt.date) -> None:
    """The digest of the calendar month in which the finished group ended is sent when that month is over;
    that of the half-year that goes on is a draft."""
    office = cast.offices[0]
    starts_on = month.ends_on.replace(day=1)
    sent = make_digest(actor=cast.manager, authority=office, period="month", starts_on=starts_on, today=today)
    if sent.ends_on < today:
        if figures_of(office, span_of("month", starts_on))["people"]["now"]["all"] >= FEW:
            sent = save_stories(actor=cast.manager, digest_id=sent.pk, stories=STORIES, base_version=1)
        send_digest(actor=cast.manager, digest_id=sent.pk, version=sent.version, now=clock.now(), today=today)
    half = today.replace(month=1 if today.month < 7 else 7, day=1)
    make_digest(actor=cast.manager, authority=office, period="half_year", starts_on=half, today=today)
