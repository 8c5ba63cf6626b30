"""The group's board on the wall: first names of those who agreed, and nothing that they did not agree to.

What is shown has passed the consent gate at this very moment: taken back means gone at the next refresh.
Nobody is shown with nothing, so that an empty week shames nobody.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.enums import EnrolmentState, ExitKind, InterviewKind, JobSearchKind, SharedKind
from coaching.models import CoachingMonth, Enrolment, Interview, JobSearchAction, SharedTip, StepForward
from participants.consent import allowed_through

WAY_OUT = "month.wall"
TIPS_SHOWN, NEWS_SHOWN = 3, 3
SHORTEST_NAME, LONGEST_ENDING = 3, 5


@dataclass(frozen=True)
class PersonOnWall:
    """One person's week: `deeds` are (count, words)."""

    first_name: str
    steps: tuple[str, ...]
    deeds: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Shared:
    """A tip or praise; `by` and `to` are first names, or "" for the coach and for everybody."""

    is_praise: bool
    text: str
    by: str
    to: str


@dataclass(frozen=True)
class Wall:
    """Everything on the board. `density` chooses the size of the letters: few, some, many, full."""

    title: str
    week: int
    people: tuple[PersonOnWall, ...]
    news: tuple[str, ...]
    shared: tuple[Shared, ...]
    steps: int
    deeds: int

    @property
    def density(self) -> str:
        if len(self.people) <= 4:
            return "few"
        if len(self.people) <= 6:
            return "some"
        return "many" if len(self.people) <= 8 else "full"

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.news or self.shared)


def build_wall(month: CoachingMonth, *, today: dt.date, turn: int = 0) -> Wall:
    """The board of this week (Monday to Sunday), in a constant number of queries. `turn` grows with each
    refresh: what does not fit takes its turn."""
    monday = today - dt.timedelta(days=today.weekday())
    shown, hidden_words = _who(month, today)
    week = Q(day__gte=monday, day__lte=min(today, monday + dt.timedelta(days=6)))
    steps = _by_person(StepForward.objects.filter(week, enrolment__in=shown).order_by("-day", "-pk"))
    deeds = _by_person(JobSearchAction.objects.filter(week, enrolment__in=shown).order_by("pk"))
    people, step_count = [], 0
    per_person = 2 if len(shown) <= 2 else 1
    for pk, name in shown.items():
        texts = [row.text for row in steps.get(pk, ()) if not _names(row.text, hidden_words)]
        counted = Counter(row.kind for row in deeds.get(pk, ()))
        step_count += len(texts)
        if texts or counted:
            done = tuple((number, _deed_words(kind, number)) for kind, number in counted.most_common(3))
            people.append(PersonOnWall(name, _in_turn(texts, per_person, turn), _in_turn(done, 1, turn)))
    return Wall(
        title=month.name,
        week=max(1, (monday - month.starts_on).days // 7 + 1),
        people=tuple(people),
        news=_in_turn(_news(month, shown, monday), NEWS_SHOWN, turn),
        shared=_in_turn(_shared(month, shown, hidden_words, monday, today), TIPS_SHOWN, turn),
        steps=step_count,
        deeds=sum(len(rows) for rows in deeds.values()),
    )


def who_agreed(month: CoachingMonth, *, today: dt.date) -> tuple[list[Enrolment], list[Enrolment]]:
    """(who is on the board, who is not) of those in the group, for the coach's own page; two queries."""
    group = list(_group(month, today))
    allowed = allowed_through(
        code=WAY_OUT, participant_ids=[row.participant_id for row in group], today=today
    )
    agreed = [row for row in group if row.participant_id in allowed and not row.participant.is_restricted]
    return agreed, [row for row in group if row not in agreed]


def _group(month: CoachingMonth, today: dt.date):
    """The group of today, and those who left early for work or study: their success is everybody's."""
    left_well = Q(exit_kind__in=[ExitKind.LEFT_FOR_WORK, ExitKind.LEFT_FOR_STUDY])
    return (
        month.enrolments.filter(Q(left_on__isnull=True) | Q(left_on__gte=today) | left_well)
        .filter(state=EnrolmentState.ENROLLED)
        .by_name()
    )


def _who(month: CoachingMonth, today: dt.date) -> tuple[dict[int, str], tuple[str, ...]]:
    """Enrolment id -> first name of those shown, in the order of names; and the names of everybody else of
    the month, which may not stand in anybody's text either."""
    everybody = list(month.enrolments.select_related("participant"))
    agreed, _others = who_agreed(month, today=today)
    shown = {
        row.pk: _first_name(row) for row in sorted(agreed, key=lambda row: (_first_name(row).lower(), row.pk))
    }
    said = {name.casefold() for name in shown.values()}
    hidden = set()
    for row in everybody:
        if row.pk not in shown:
            hidden |= {row.participant.last_name.casefold(), _first_name(row).casefold()} - said
    return shown, tuple(sorted(word for word in hidden if len(word) >= SHORTEST_NAME))


def _first_name(enrolment: Enrolment) -> str:
    return (enrolment.participant.first_name.split() or [""])[0]


def _names(text: str, hidden_words: Iterable[str]) -> bool:
    """Does `text` name one of these people? Finnish bends names (Aino, Ainolle; Pekka, Pekan), so a word that
    begins with the name counts, and a capitalised word that begins with its stem."""
    for word in re.findall(r"\w+", text):
        small = word.casefold()
        for name in hidden_words:
            is_bent = len(name) > SHORTEST_NAME + 1 and word[0].isupper() and small.startswith(_stem(name))
            if (is_bent or small.startswith(name)) and len(small) <= len(name) + LONGEST_ENDING:
                return True
    return False


def _stem(name: str) -> str:
    """What stays when a name is bent: Saari(nen), Pek(ka)."""
    return name[:-3] if name.endswith("nen") else name[:-2]


def _by_person(rows) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.enrolment_id, []).append(row)
    return found


def _deed_words(kind: str, number: int) -> str:
    """What was done, after its number: "2 calls to workplaces"."""
    words = {
        JobSearchKind.CALL: ngettext("call to a workplace", "calls to workplaces", number),
        JobSearchKind.APPLICATION: ngettext("application sent", "applications sent", number),
        JobSearchKind.OPEN_APPLICATION: ngettext("open application", "open applications", number),
        JobSearchKind.WENT_THERE: ngettext("visit to ask for work", "visits to ask for work", number),
        JobSearchKind.CV: ngettext("improvement of the CV", "improvements of the CV", number),
        JobSearchKind.NETWORK: ngettext("acquaintance asked", "acquaintances asked", number),
        JobSearchKind.REGISTERED: ngettext("job site joined", "job sites joined", number),
        JobSearchKind.OTHER: ngettext("other job-search deed", "other job-search deeds", number),
    }
    return words[JobSearchKind(kind)]


def _in_turn(items: Sequence, at_most: int, turn: int) -> tuple:
    """At most so many; when there are more, the next ones at the next turn."""
    if len(items) <= at_most:
        return tuple(items)
    start = (turn * at_most) % len(items)
    return tuple((*items[start:], *items[:start])[:at_most])


def _news(month: CoachingMonth, shown: dict[int, str], monday: dt.date) -> list[str]:
    """Successes to celebrate: early exits to work and study, and job interviews. Where is not said."""
    left = Enrolment.objects.filter(
        pk__in=shown,
        exit_kind__in=[ExitKind.LEFT_FOR_WORK, ExitKind.LEFT_FOR_STUDY],
        left_on__gte=monday - dt.timedelta(days=7),
    ).order_by("-left_on", "-pk")
    interviews = Interview.objects.filter(
        enrolment__in=shown,
        kind=InterviewKind.REAL,
        held_on__range=(monday, monday + dt.timedelta(days=13)),
    ).order_by("held_on", "pk")
    sentences = [
        (_("%(name)s got work!") if row.exit_kind == ExitKind.LEFT_FOR_WORK else _("%(name)s got to study!"))
        % {"name": shown[row.pk]}
        for row in left
    ]
    invited = dict.fromkeys(row.enrolment_id for row in interviews)
    return sentences + [_("%(name)s got a job interview!") % {"name": shown[pk]} for pk in invited]


def _shared(month, shown, hidden_words, monday, today) -> list[Shared]:
    """Tips and praise of the week whose giver and receiver are on the board, or the coach and all."""
    rows = SharedTip.objects.filter(session__month=month, session__held_on__range=(monday, today)).order_by(
        "-session__held_on", "position"
    )
    return [
        Shared(
            is_praise=row.kind == SharedKind.PRAISE,
            text=row.text,
            by=shown.get(row.given_by_id, ""),
            to=shown.get(row.given_to_id, ""),
        )
        for row in rows
        if all(pk is None or pk in shown for pk in (row.given_by_id, row.given_to_id))
        and not _names(row.text, hidden_words)
    ]
