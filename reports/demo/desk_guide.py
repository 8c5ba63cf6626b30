"""Demo: days by the guide's link, an open and an answered concern, feedback that came and that waits."""

from __future__ import annotations

import datetime as dt

from coaching.models import AttendanceMark
from core import clock
from employers.enums import FeedbackItem
from employers.models import Concern, EmployerFeedback, FeedbackAnswer, Placement

VALUES = (5, 4, 4, 3, 5, 5, None, 4, 4, 5)


def build_guide(finished, running, *, cast, today: dt.date) -> None:
    """`finished` and `running` are the demo's months. Five queries and a few, whatever their size."""
    trials = list(running.placements.select_related("guide").order_by("id"))
    if len(trials) > 2:
        _days_by_link(running, trials[::2])
        _concerns(trials, cast=cast, today=today)
    _feedback(list(finished.placements.select_related("guide").order_by("id")))


def _days_by_link(month, trials: list[Placement]) -> None:
    """Half of the guides mark the days themselves: no account, no name of ours on the mark."""
    people = [trial.participant_id for trial in trials]
    AttendanceMark.objects.filter(
        enrolment__month=month,
        enrolment__participant__in=people,
        half=month.work_trial_half,
        session__isnull=True,
        mark="present",
    ).update(recorded_by=None)


def _concerns(trials: list[Placement], *, cast, today: dt.date) -> None:
    now = clock.now()
    Concern.objects.create(
        placement=trials[0],
        source="guide",
        raised_by_name=trials[0].guide.name,
        text="Kassalla on ollut kiire, ja hän on jäänyt usein yksin. Voisimmeko sopia, kuka auttaa?",
        wants_call=True,
        phone="040 555 0123",
        raised_at=now - dt.timedelta(hours=2),
    )
    Concern.objects.create(
        placement=trials[1],
        source="participant",
        raised_by_name=trials[1].participant.full_name,
        text="Työmatka kestää pidempään kuin luulin, enkä aina ehdi ajoissa.",
        raised_at=now - dt.timedelta(days=3),
        answer="Soitin ohjaajalle: aloitus siirtyy puolella tunnilla bussin mukaan.",
        handled_at=now - dt.timedelta(days=2),
        handled_by=cast.coordinator,
    )


def _feedback(trials: list[Placement]) -> None:
    now = clock.now()
    for number, trial in enumerate(trials[:4]):
        asked_at = now - dt.timedelta(days=12 - number)
        feedback = EmployerFeedback.objects.create(
            placement=trial, assessor=trial.guide, assessor_name=trial.guide.name, asked_at=asked_at
        )
        if number == 3:
            continue  # one is still waited for
        feedback.given_at, feedback.channel = (
            asked_at + dt.timedelta(days=1),
            ("link", "phone", "link")[number],
        )
        feedback.take_again = ("yes", "no_room", "maybe")[number]
        feedback.succeeded = "Yhteydenpito toimi, ja tiesimme etukäteen, mitä hän osaa."
        feedback.differently = "Ensimmäisenä päivänä olisi auttanut, jos valmentaja olisi ollut mukana."
        if number == 0:
            feedback.agrees, feedback.participant_answered_at = True, asked_at + dt.timedelta(days=2)
            feedback.participant_comment = "Kiitos! Opin paljon hyllytyksestä ja asiakkaista."
        feedback.save()
        FeedbackAnswer.objects.bulk_create(
            FeedbackAnswer(feedback=feedback, item=item, value=VALUES[(place + number) % len(VALUES)])
            for place, item in enumerate(FeedbackItem.values)
        )
