"""What a session takes from the programme: theme, title, plan and kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from coaching.enums import SessionState
from coaching.models import CoachingMonth, Session
from coaching.programme_content import WEEKS, DayPlan, WeekPlan, day_plan_of

WORDS = ("theme", "title", "plan", "kind")


def session_words(plans: Sequence[WeekPlan], *, week: int, day: dt.date) -> dict[str, str]:
    """The fields of a new session on `day` of that week; after the fourth there is only week 4's theme."""
    planned = day_plan_of(plans, week, day.isoweekday())
    theme = plans[min(week, WEEKS) - 1].theme
    return {"theme": theme, "title": planned.title, "plan": planned.plan, "kind": planned.kind}


def refresh_planned_sessions(
    month: CoachingMonth, before: Sequence[WeekPlan], after: Sequence[WeekPlan]
) -> None:
    """Sessions not logged yet take the programme's new words where they still carried its old ones.

    A session keeps its words when it moves, so it is known by them: by what is planned for its own day if it
    carries that, else by the first day that has exactly its words. What the coach wrote into a session stays.
    """
    changed = []
    for session in month.sessions.filter(state=SessionState.PLANNED):
        was = [getattr(session, name) for name in WORDS]
        session.theme = _new_theme(session, before, after)
        now = _new_day(session, before, after)
        if now is not None:
            session.title, session.plan, session.kind = now.title, now.plan, now.kind
        if was != [getattr(session, name) for name in WORDS]:
            session.version += 1
            changed.append(session)
    Session.objects.bulk_update(changed, [*WORDS, "version"])


def _new_theme(session: Session, before: Sequence[WeekPlan], after: Sequence[WeekPlan]) -> str:
    own = min(session.week, WEEKS) - 1
    for index in (own, *range(WEEKS)):
        if before[index].theme == session.theme:
            return after[index].theme
    return session.theme


def _new_day(session: Session, before: Sequence[WeekPlan], after: Sequence[WeekPlan]) -> DayPlan | None:
    weekday = session.held_on.isoweekday()
    carried = DayPlan(session.title, session.plan, session.kind)
    if day_plan_of(before, session.week, weekday) == carried:
        return day_plan_of(after, session.week, weekday)
    if not session.title:
        return None
    for old, new in zip(before, after, strict=True):
        if carried in old.days:
            return new.days[old.days.index(carried)]
    return None
