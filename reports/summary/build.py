"""From facts to blocks. Pure but for `load_facts`: no writes, no clock, no labels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone, translation

from coaching.enums import Area, DiscussionKind, JobSearchKind, Mark, Moment, ReasonClass, Viewpoint
from coaching.models import Discussion
from participants.enums import ConsentItem
from reports.enums import Block, MissingReason
from reports.summary import acts
from reports.summary import blocks as b
from reports.summary.complete import is_complete
from reports.summary.load import Facts, load_facts
from reports.summary.plan_text import write_plan_text

# which ConsentItem a block needs before it may leave (te-summary.md; participants.enums)
ITEM_OF_BLOCK: dict[str, str] = {
    Block.BASICS: ConsentItem.CONTACT,
    Block.START: ConsentItem.GOALS,
    Block.HAPPENED: ConsentItem.ATTENDANCE,
    Block.CHANGE: ConsentItem.ASSESSMENT,
    Block.OPINIONS: ConsentItem.ASSESSMENT,
    Block.PLAN: ConsentItem.GOALS,
    Block.PROPOSAL: ConsentItem.GOALS,
    Block.AFTERCARE: ConsentItem.GOALS,
    Block.HEALTH: ConsentItem.HEALTH,
    Block.EMPLOYERS: ConsentItem.WORK_TRIAL,
    Block.FINAL: ConsentItem.GOALS,
}


def build_summaries(enrolment_ids: Iterable[int], *, today: dt.date) -> list[b.Summary]:
    """The summaries of the enrolments for their TE-office, in the order of the ids, in at most 12 queries.

    Only what the participant allows the office to get today is in them (participants.consent).
    """
    return [build_summary(facts) for facts in load_facts(enrolment_ids, today=today)]


def build_summary(facts: Facts) -> b.Summary:
    """One person's blocks, filtered by the consents in `facts`."""
    makers = {
        Block.BASICS: _basics,
        Block.START: _start,
        Block.HAPPENED: _happened,
        Block.CHANGE: _change,
        Block.OPINIONS: _opinions,
        Block.PLAN: _plan,
        Block.PROPOSAL: _proposal,
        Block.AFTERCARE: _aftercare,
        Block.HEALTH: _health,
        Block.EMPLOYERS: _employers,
        Block.FINAL: _final,
    }
    made = {
        block.value: make(facts) if ITEM_OF_BLOCK[block] in facts.consents else None
        for block, make in makers.items()
    }
    language = facts.enrolment.participant.language
    with translation.override(language):
        plan_text = write_plan_text(
            start=made["start"],
            happened=made["happened"],
            change=made["change"],
            plan=made["plan"],
            proposal=made["proposal"],
        )
    return b.Summary(
        enrolment_id=facts.enrolment.pk,
        language=language,
        provisional=bool(facts.counts.unlogged_sessions)
        or not facts.counts.days_arranged
        or not is_complete(made),
        items=tuple(sorted(facts.consents)),
        plan_text=plan_text,
        withheld=tuple(name for name, block in made.items() if block is None),
        **made,
    )


def _basics(facts: Facts) -> b.Basics:
    enrolment, month, person = facts.enrolment, facts.enrolment.month, facts.enrolment.participant
    coach = month.coach
    return b.Basics(
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        month=month.name,
        starts_on=month.starts_on,
        ends_on=month.ends_on,
        joined_on=enrolment.joined_on,
        left_on=enrolment.left_on,
        group_size=facts.group_size,
        authority=person.authority.name,
        officer=person.officer.full_name if person.officer else person.officer_name,
        coordinator=month.coordinator.full_name if month.coordinator else "",
        contact=b.Contact(coach.full_name, coach.title, coach.phone, coach.email),
    )


def _start(facts: Facts) -> b.Start:
    person = facts.enrolment.participant
    return b.Start(
        labour_status=person.labour_status,
        unemployed_since=person.unemployed_since,
        education=person.education,
        goals=tuple(b.Goal(g.number, g.text, g.written_on, g.why_changed) for g in facts.goals),
        missing="" if facts.goals else MissingReason.NO_GOAL,
    )


def _happened(facts: Facts) -> b.Happened:
    counts, enrolment = facts.counts, facts.enrolment
    kinds = [act.kind for act in facts.acts]
    # what is written of a call says which workplace was called
    told = (acts.STEP,) if enrolment.participant.is_restricted else acts.TOLD
    return b.Happened(
        days_arranged=counts.days_arranged,
        days_attended=counts.days_attended,
        absent_health=counts.absences[ReasonClass.HEALTH],
        absent_accepted=counts.absences[ReasonClass.ACCEPTED],
        absent_unauthorised=counts.absences[ReasonClass.UNAUTHORISED],
        days_unmarked=counts.days_unmarked,
        sessions_unlogged=counts.unlogged_sessions,
        strip=tuple(b.StripDay(d.day, d.verdict, d.coaching, d.work_trial, d.unlogged) for d in counts.days),
        calls=kinds.count(JobSearchKind.CALL),
        applications=sum(kind in acts.APPLICATIONS for kind in kinds),
        interviews=kinds.count(acts.INTERVIEW),
        practice_interviews=kinds.count(acts.PRACTICE_INTERVIEW),
        visits=sum(kind in acts.VISITS for kind in kinds),
        certificates=tuple(act.text for act in facts.acts if act.kind == acts.CERTIFICATE),
        steps=tuple(
            b.DatedStep(act.day, act.kind, act.text) for act in facts.acts if act.kind in told and act.text
        ),
        work_trials=_work_trials(facts) if ConsentItem.WORK_TRIAL in facts.consents else None,
        exit_kind=enrolment.exit_kind,
        exit_reason=enrolment.exit_reason,
        missing="" if counts.days_arranged else MissingReason.NO_SESSION_LOGGED,
    )


def _work_trials(facts: Facts) -> tuple[b.WorkTrial, ...]:
    hidden = facts.enrolment.participant.is_restricted
    trials = []
    for placement in facts.placements:
        worked = [
            day
            for day in facts.counts.days
            if day.work_trial == Mark.PRESENT and placement.starts_on <= day.day <= placement.ends_on
        ]
        hours = [day.hours for day in worked if day.hours is not None]
        trials.append(
            b.WorkTrial(
                employer="" if hidden else placement.employer.name,
                employer_withheld=hidden,
                purpose=placement.purpose,
                starts_on=placement.starts_on,
                ends_on=placement.ends_on,
                hours_per_day=placement.hours_per_day,
                hours_logged=sum(hours, Decimal(0)) if hours else None,
                days_attended=len(worked),
                tasks=placement.tasks,
                state=placement.state,
                ended_reason=placement.ended_reason,
                weekdays=placement.weekdays,
                end_cause=placement.end_cause,
                continuation=placement.continuation,
                continuation_starts_on=placement.continuation_starts_on,
            )
        )
    return tuple(trials)


def _change(facts: Facts) -> b.Change:
    views = {(a.area, a.moment, a.viewpoint): b.View(level=a.level, sentence=a.sentence) for a in facts.areas}

    def view(area: str, moment: str, viewpoint: str) -> b.View:
        return views.get((area, moment, viewpoint), b.View())

    areas = tuple(
        b.AreaChange(
            area=area.value,
            participant_start=view(area, Moment.START, Viewpoint.PARTICIPANT),
            participant_end=view(area, Moment.END, Viewpoint.PARTICIPANT),
            coach_start=view(area, Moment.START, Viewpoint.COACH),
            coach_end=view(area, Moment.END, Viewpoint.COACH),
        )
        for area in Area
    )
    missing_areas = tuple(
        change.area
        for change in areas
        if not all(
            v.level
            for v in (change.participant_start, change.participant_end, change.coach_start, change.coach_end)
        )
    )
    return b.Change(
        areas=areas, missing_areas=missing_areas, missing="" if views else MissingReason.NO_ASSESSMENT
    )


def talk_that_ends_the_month(discussions: dict[str, Discussion]) -> Discussion | None:
    """The discussion of three when it was held, else the final one; a held one goes before a planned one."""
    talks = [
        discussions[kind]
        for kind in (DiscussionKind.THREE_PARTY, DiscussionKind.FINAL)
        if kind in discussions
    ]
    held = [talk for talk in talks if talk.held_on]
    return (held or talks or [None])[0]


def _opinions(facts: Facts) -> b.Opinions:
    talk = next(
        (
            facts.discussions[kind]
            for kind in (DiscussionKind.FINAL, DiscussionKind.THREE_PARTY)
            if kind in facts.discussions and facts.discussions[kind].held_on
        ),
        None,
    )

    def opinion(text: str) -> b.Opinion:
        return b.Opinion(text=text, missing="" if text else MissingReason.NO_DISCUSSION)

    employer = None
    if ConsentItem.WORK_TRIAL in facts.consents:
        employer = _employer_opinion(facts)
    return b.Opinions(
        participant=opinion(talk.participant_view if talk else ""),
        coach=opinion(talk.coach_view if talk else ""),
        employer=employer,
    )


def _employer_opinion(facts: Facts) -> b.EmployerOpinion:
    """The workplace's view; a missing one says whether it was asked for."""
    given = tuple(_feedback(row, facts) for row in facts.feedbacks if row.given_at is not None)
    asked = [timezone.localdate(row.asked_at) for row in facts.feedbacks if row.asked_at is not None]
    missing = ""
    if not facts.placements:
        missing = MissingReason.NO_WORK_TRIAL
    elif not given:
        missing = MissingReason.FEEDBACK_ASKED if asked else MissingReason.NO_FEEDBACK
    return b.EmployerOpinion(given, max(asked, default=None), missing)


def _feedback(row, facts: Facts) -> b.Feedback:
    hidden = facts.enrolment.participant.is_restricted
    return b.Feedback(
        assessor="" if hidden else row.assessor_name,
        given_on=timezone.localdate(row.given_at),
        answers=tuple(b.Answer(answer.item, answer.value) for answer in row.answers.all()),
        take_again=row.take_again,
        succeeded="" if hidden else row.succeeded,
        differently="" if hidden else row.differently,
        agrees=row.agrees,
        participant_comment="" if hidden else row.participant_comment,
    )


def _step_words(step) -> str:
    """What is done, how, and what came of it, in the one text that the block and its schema know."""
    words = f"{step.what} – {step.how}" if step.how else step.what
    return f"{words}: {step.result}" if step.done_on and step.result else words


def _plan(facts: Facts) -> b.Plan:
    enrolment = facts.enrolment
    return b.Plan(
        steps=tuple(
            b.NextStep(_step_words(s), s.who, s.due_on, s.alternative, s.done_on) for s in facts.next_steps
        ),
        onward_path=enrolment.onward_path,
        onward_detail="" if enrolment.participant.is_restricted else enrolment.onward_detail,
        onward_starts_on=enrolment.onward_starts_on,
        missing="" if facts.next_steps else MissingReason.NO_NEXT_STEPS,
    )


def _proposal(facts: Facts) -> b.Proposed:
    proposal, decided = getattr(facts.enrolment, "proposal", None), _decided(facts)
    if proposal is None:
        return b.Proposed("", "", None, None, "", missing=MissingReason.NO_PROPOSAL, decision=decided)
    where = "" if facts.enrolment.participant.is_restricted else proposal.where
    return b.Proposed(
        proposal.kind, where, proposal.starts_on, proposal.ends_on, proposal.reason, decision=decided
    )


def _decided(facts: Facts) -> b.Decided | None:
    decision = getattr(facts.enrolment, "decision", None)
    if decision is None:
        return None
    hidden = facts.enrolment.participant.is_restricted
    return b.Decided(
        kind=decision.kind,
        where="" if hidden else decision.where,
        programme=decision.programme,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
        conditions="" if hidden else decision.conditions,
        decided_on=decision.decided_on,
        decided_by=decision.decided_by_name,
        participant_comment=decision.participant_comment,
    )


def _aftercare(facts: Facts) -> b.Aftercare:
    care = getattr(facts.enrolment, "aftercare", None)
    if care is None:
        return b.Aftercare(missing=MissingReason.NO_AFTERCARE)
    return b.Aftercare(
        offered_on=care.offered_on,
        needs=care.needs,
        answer=care.answer,
        answered_on=care.answered_on,
        carer=care.carer.full_name if care.carer else "",
        starts_on=care.starts_on,
        ends_on=care.ends_on,
        most_minutes=care.most_minutes,
        used_minutes=facts.enrolment.aftercare_minutes or 0,
        coach_approved_on=care.coach_approved_on,
        officer_approved_on=care.officer_approved_on,
        officer=care.officer_name,
    )


def _health(facts: Facts) -> b.Health:
    need = getattr(facts.enrolment, "health_need", None)
    if need is None:
        return b.Health(missing=MissingReason.NO_HEALTH_NEED)
    return b.Health(need.is_needed, need.referred_to, need.referred_on)


def _employers(facts: Facts) -> b.Employers:
    hidden = facts.enrolment.participant.is_restricted
    met = [
        b.EmployerMet("" if hidden else p.employer.name, hidden, "work_trial", p.hire_chance)
        for p in facts.placements
    ]
    met += [
        b.EmployerMet("" if hidden else act.text, hidden, act.kind, "")
        for act in facts.acts
        if act.kind in acts.MEETINGS and act.text
    ]
    return b.Employers(met=tuple(met), missing="" if met else MissingReason.NO_EMPLOYERS)


def _final(facts: Facts) -> b.Final:
    talk = talk_that_ends_the_month(facts.discussions)
    if talk is None:
        return b.Final("", None, None, "", "", missing=MissingReason.NO_FINAL_DATE)
    return b.Final(talk.kind, talk.held_on, talk.planned_on, talk.present, talk.agreed)
