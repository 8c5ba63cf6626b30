"""The demo's turns of work trials: a self-found one, a changed place, a hire, one that did not start."""

from __future__ import annotations

import datetime as dt

from coaching.models import CoachingMonth, GoalVersion
from employers.models import EarlierTrial, Placement
from employers.services.continuation import record_continuation

LENGTH = "Kaikki työpaikan tehtävät ehditään kokeilla."
SUPPORT = "Ohjaaja näyttää työt ensimmäisinä päivinä. Valmentaja soittaa kerran viikossa."
AFTER = "Jatkosta puhutaan päätöskeskustelussa, mitään ei ole luvattu."


def terms_of(n: int) -> dict[str, str]:
    """What every planned work trial says beside its days; every third place was found by the person."""
    return {
        "length_reason": LENGTH,
        "support_agreed": SUPPORT,
        "instructions_by": "Työpaikkaohjaaja",
        "changes_by": "Esimies ja koordinaattori yhdessä",
        "continuation_said": AFTER if n % 2 else "",
        "found_by": ("coordinator", "participant", "coach")[n % 3],
    }


def newest_goals(enrolments) -> dict[int, GoalVersion]:
    """The newest goal of each enrolment."""
    rows = GoalVersion.objects.filter(enrolment__in=enrolments).order_by("number")
    return {goal.enrolment_id: goal for goal in rows}


def build_trial_turns(month: CoachingMonth, *, cast, today: dt.date) -> None:
    """In the finished month: one hired, one that changed place, one whose first place came to nothing, and
    an earlier work trial that somebody told of."""
    trials = list(month.placements.filter(state="completed").order_by("id")[:4])
    if len(trials) < 4:
        return
    hired, changed, second_try, told = trials
    record_continuation(
        actor=cast.coordinator,
        placement_id=hired.pk,
        version=hired.version,
        continuation="hired",
        starts_on=hired.ends_on + dt.timedelta(days=3),
        trial_period_ends_on=hired.ends_on + dt.timedelta(days=93),
    )
    _change_place(changed, other=told)
    _did_not_start(second_try, other=hired)
    EarlierTrial.objects.create(
        participant_id=told.participant_id,
        workplace="Kahvila Kulma",
        organiser="Kunnan työpaja",
        starts_on=month.starts_on - dt.timedelta(days=240),
        ends_on=month.starts_on - dt.timedelta(days=180),
        note="Aamuvuoro sopi, kassa tuli tutuksi.",
        recorded_by=cast.coordinator,
    )


def _copy(trial: Placement, *, other: Placement) -> Placement:
    """A work trial of the same person and terms at another workplace, not saved."""
    fields = {
        field.attname: getattr(trial, field.attname)
        for field in Placement._meta.concrete_fields
        if field.name not in ("id", "created_at", "updated_at")
    }
    at = {"employer_id": other.employer_id, "guide_id": other.guide_id, "supervisor_id": other.supervisor_id}
    return Placement(**{**fields, **at, "tasks": other.tasks})


def _change_place(trial: Placement, *, other: Placement) -> None:
    last_day = trial.starts_on + dt.timedelta(days=9)
    new = _copy(trial, other=other)
    new.starts_on, new.follows = last_day + dt.timedelta(days=1), trial
    trial.planned_ends_on, trial.ends_on, trial.state = trial.ends_on, last_day, "changed_place"
    trial.end_cause, trial.end_decision = "tasks", "together"
    trial.save()
    new.save()


def _did_not_start(trial: Placement, *, other: Placement) -> None:
    first = _copy(trial, other=other)
    first.state, first.end_cause = "did_not_start", "employer_cancelled"
    first.save()
    trial.follows = first
    trial.save()
