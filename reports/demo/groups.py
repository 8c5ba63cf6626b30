"""One group of the demo: month, sessions, marks, steps, goals, talks and, when it is over, its ending."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from coaching.enums import Area, InterviewKind, Moment, Viewpoint
from coaching.models import (
    ActionStep,
    AreaAssessment,
    AttendanceMark,
    CoachingMonth,
    Discussion,
    Enrolment,
    GoalVersion,
    IndividualTime,
    Interview,
    JobSearchAction,
    Phrase,
    Proposal,
    Session,
    SharedTip,
    StepForward,
)
from coaching.programme_content import week_plans
from coaching.services.schedule import plan_month
from coaching.services.session_words import session_words
from participants.models import Certificate
from reports.demo import texts
from reports.demo.people import build_consents, build_referrals

MARKS = ("present",) * 8 + ("own_illness", "present", "job_interview", "present", "present", "child_illness")
FI_MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split()  # noqa: SIM905


def build_group(*, cast, programme, people, starts_on: dt.date, coach, half: str, today: dt.date):
    """(month, its enrolments in the order of `people`) with all that has happened by `today`."""
    month = _month(cast, programme, starts_on, coach, half, today)
    enrolments = _enrolments(month, people, cast, today)
    build_referrals(people, cast=cast, referred_on=starts_on - dt.timedelta(days=24), state="enrolled")
    build_consents(people, cast=cast, granted_on=min(today, starts_on - dt.timedelta(days=5)))
    past = _sessions(month, programme, coach, today)
    _goals(month, enrolments, coach, today)
    _marks_and_steps(enrolments, past, coach)
    _days_words(enrolments, past, coach)
    _areas(month, enrolments, coach, today)
    _talks(month, enrolments, coach, today)
    return month, enrolments


def _at(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def _month(cast, programme, starts_on, coach, half, today) -> CoachingMonth:
    ends_on = starts_on + dt.timedelta(days=25)
    over = ends_on < today
    return CoachingMonth.objects.create(
        name=f"{FI_MONTHS[starts_on.month - 1].capitalize()}kuu {starts_on.year}",
        programme=programme,
        starts_on=starts_on,
        ends_on=ends_on,
        coaching_half=half,
        session_starts_at=dt.time(9) if half == "morning" else dt.time(12, 30),
        session_ends_at=dt.time(12) if half == "morning" else dt.time(15, 30),
        room="Koivusali, Raatihuoneenkatu 13",
        coach=coach,
        coordinator=cast.coordinator,
        te_sponsor=cast.officer,
        authority=cast.offices[0],
        kick_off_at=_at(starts_on - dt.timedelta(days=4), 13),
        state="closed" if over else "open",
        closed_at=_at(ends_on, 15) if over else None,
        closed_by=coach if over else None,
    )


def _enrolments(month, people, cast, today) -> list[Enrolment]:
    over = month.ends_on < today
    enrolments = []
    for n, person in enumerate(people):
        enrolment = Enrolment(month=month, participant=person, joined_on=month.starts_on)
        if over:
            path, detail = texts.ONWARD[n % len(texts.ONWARD)]
            enrolment.onward_path, enrolment.onward_detail = path, detail
            enrolment.onward_recorded_at = _at(month.ends_on, 14)
            enrolment.onward_recorded_by = month.coach
            enrolment.exit_kind = "completed"
            if n == 4:
                enrolment.exit_kind, enrolment.left_on = (
                    "left_for_work",
                    month.starts_on + dt.timedelta(days=16),
                )
        enrolments.append(enrolment)
    return Enrolment.objects.bulk_create(enrolments)


def _sessions(month, programme, coach, today) -> list[Session]:
    """All sessions of the month; the last one before today is not logged yet: it waits on Today."""
    plans = week_plans(programme)
    planned = plan_month(month.starts_on).days
    over = month.ends_on < today
    before_today = [slot.day for slot in planned if slot.day < today]
    waiting = None if over or not before_today else before_today[-1]
    sessions = []
    for n, slot in enumerate(planned):
        logged = slot.day < today and slot.day != waiting
        sessions.append(
            Session(
                month=month,
                held_on=slot.day,
                half=month.coaching_half,
                begins_at=month.session_starts_at,
                ends_at=month.session_ends_at,
                week=slot.week,
                room=month.room,
                **_words(plans, slot, n),
                state="logged" if logged else "planned",
                group_note=texts.GROUP_NOTES[n % len(texts.GROUP_NOTES)] if logged else "",
                logged_at=_at(slot.day, 12) if logged else None,
                logged_by=coach if logged else None,
            )
        )
    return [session for session in Session.objects.bulk_create(sessions) if session.state == "logged"]


def _words(plans, slot, number: int) -> dict[str, str]:
    """What the programme says of the day, and where a visit goes or who the guest is."""
    words = session_words(plans, week=slot.week, day=slot.day)
    places = texts.DESTINATIONS.get(words["kind"])
    return words | ({"destination": places[number % len(places)]} if places else {})


def _marks_and_steps(enrolments, sessions, coach) -> None:
    marks = []
    done = {StepForward: [], JobSearchAction: [], Interview: [], Certificate: [], IndividualTime: []}
    for n, enrolment in enumerate(enrolments):
        told = 0
        for s, session in enumerate(sessions):
            if enrolment.left_on and session.held_on > enrolment.left_on:
                continue
            mark = MARKS[(n * 5 + s * 3) % len(MARKS)]
            late = 15 if mark == "present" and (n + s) % 11 == 0 else 0
            base = {
                "enrolment": enrolment,
                "session": session,
                "day": session.held_on,
                "recorded_by": coach,
                "recorded_at": session.logged_at,
            }
            marks.append(AttendanceMark(half=session.half, mark=mark, minutes_late=late, **base))
            if mark == "present" and (n + s) % 4 == 1:
                done[JobSearchAction].append(JobSearchAction(kind="call", **base))
            if mark == "present" and n != 7 and (n + s) % 6 == 2:
                done[IndividualTime].append(IndividualTime(minutes=15 + 5 * (n % 4), **base))
            if mark == "present" and (n + s) % 3 == 0:
                kind, text = texts.STEPS[(n * 5 + told) % len(texts.STEPS)]
                told += 1
                row = _deed(kind, text, base)
                done[type(row)].append(row)
    AttendanceMark.objects.bulk_create(marks)
    for model, rows in done.items():
        model.objects.bulk_create(rows)


def _days_words(enrolments, sessions, coach) -> None:
    """What the work trials brought, tips and praise on every other day, and the coach's own phrases."""
    tips = []
    for s, session in enumerate(sessions[::2]):
        session.trial_note, session.trial_advice = texts.TRIALS[s % len(texts.TRIALS)]
        kind, text = texts.TIPS[s % len(texts.TIPS)]
        here = [one for one in enrolments if not (one.left_on and session.held_on > one.left_on)]
        giver, getter = here[s % len(here)], here[(s + 3) % len(here)]
        tips.append(
            SharedTip(
                session=session,
                position=1,
                kind=kind,
                text=text,
                given_by=giver if s % 3 else None,
                given_to=getter if kind == "praise" and getter != giver else None,
                recorded_by=coach,
                recorded_at=session.logged_at,
            )
        )
    Session.objects.bulk_update(sessions[::2], ["trial_note", "trial_advice"])
    SharedTip.objects.bulk_create(tips)
    Phrase.objects.bulk_create(
        [Phrase(user=coach, text=text, used_count=n) for n, text in enumerate(texts.PHRASES)],
        ignore_conflicts=True,
    )


def _deed(kind: str, text: str, base: dict):
    """One of texts.STEPS in the table where it belongs."""
    by = {"recorded_by": base["recorded_by"], "recorded_at": base["recorded_at"]}
    if kind == "step":
        return StepForward(text=text, **base)
    if kind in InterviewKind.values:
        return Interview(enrolment=base["enrolment"], kind=kind, where=text, held_on=base["day"], **by)
    if kind == "certificate":
        participant_id = base["enrolment"].participant_id
        return Certificate(participant_id=participant_id, name=text, issued_on=base["day"], **by)
    return JobSearchAction(kind=kind, text=text, **base)


def _goals(month, enrolments, coach, today) -> None:
    goals = []
    for n, enrolment in enumerate(enrolments):
        goals.append(
            GoalVersion(
                enrolment=enrolment,
                number=1,
                text=texts.GOALS[n % len(texts.GOALS)],
                written_on=min(today, month.starts_on - dt.timedelta(days=3)),
                recorded_by=coach,
            )
        )
        if month.starts_on + dt.timedelta(days=9) < today and n % 3 == 0:
            text, why = texts.CHANGED_GOALS[n // 3 % len(texts.CHANGED_GOALS)]
            goals.append(
                GoalVersion(
                    enrolment=enrolment,
                    number=2,
                    text=text,
                    why_changed=why,
                    written_on=month.starts_on + dt.timedelta(days=9),
                    recorded_by=coach,
                )
            )
    GoalVersion.objects.bulk_create(goals)


def _areas(month, enrolments, coach, today) -> None:
    moments = []
    if month.starts_on <= today:
        moments.append(Moment.START)
    if month.ends_on < today:
        moments.append(Moment.END)
    levels = {Moment.START: ("needs_support", "developing"), Moment.END: ("developing", "good", "strength")}
    AreaAssessment.objects.bulk_create(
        AreaAssessment(
            enrolment=enrolment,
            area=area,
            moment=moment,
            viewpoint=viewpoint,
            level=levels[moment][(n + a + v) % len(levels[moment])],
            sentence=texts.SENTENCES[area][0 if moment == Moment.START else 1],
            recorded_by=coach,
        )
        for n, enrolment in enumerate(enrolments)
        for moment in moments
        for a, area in enumerate(Area.values)
        for v, viewpoint in enumerate(Viewpoint.values)
    )


def _talks(month, enrolments, coach, today) -> None:
    """Mid discussions from the second week, final ones in the last; next steps and a proposal at the end."""
    talks, steps, proposals = [], [], []
    mid_on, final_on = month.starts_on + dt.timedelta(days=10), month.starts_on + dt.timedelta(days=24)
    for n, enrolment in enumerate(enrolments):
        for kind, day in (("mid", mid_on), ("final", final_on)):
            if month.starts_on > today:
                continue
            held = day < today and not (enrolment.left_on and day > enrolment.left_on and kind == "mid")
            talks.append(
                Discussion(
                    enrolment=enrolment,
                    kind=kind,
                    planned_on=day,
                    held_on=day if held else None,
                    present=f"{enrolment.participant.first_name}, {coach.full_name}" if held else "",
                    participant_view=texts.PARTICIPANT_VIEWS[n % len(texts.PARTICIPANT_VIEWS)]
                    if held
                    else "",
                    coach_view=texts.COACH_VIEWS[n % len(texts.COACH_VIEWS)] if held else "",
                    help_wanted=texts.HELP_WANTED[n % len(texts.HELP_WANTED)] if held else "",
                    help_answer=texts.HELP_ANSWERS[n % len(texts.HELP_ANSWERS)] if held else "",
                    recorded_by=coach,
                )
            )
        if month.ends_on < today:
            for k in range(2 + n % 2):
                what, who, instead = texts.NEXT_STEPS[(n + k) % len(texts.NEXT_STEPS)]
                steps.append(
                    ActionStep(
                        enrolment=enrolment,
                        what=what,
                        who=who,
                        alternative=instead,
                        due_on=month.ends_on + dt.timedelta(days=14 + 7 * k),
                        recorded_by=coach,
                    )
                )
            kind, reason = texts.PROPOSALS[n % len(texts.PROPOSALS)]
            proposals.append(
                Proposal(
                    enrolment=enrolment,
                    kind=kind,
                    reason=reason,
                    where=texts.EMPLOYERS[n % 12][0] if kind in ("work_trial", "wage_subsidy") else "",
                    starts_on=month.ends_on + dt.timedelta(days=10) if kind != "no_decision" else None,
                    recorded_by=coach,
                )
            )
    Discussion.objects.bulk_create(talks)
    ActionStep.objects.bulk_create(steps)
    Proposal.objects.bulk_create(proposals)
