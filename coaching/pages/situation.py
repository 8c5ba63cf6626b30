"""The situation board: each person's next step, who does it, placement, last contact, and what needs a look.

The order is a rule that anybody can repeat, not a score: the most pressing sign first, in the order of
`SIGNS`; with the same sign the one with whom the last contact is longest ago, then by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.alerts import ABSENCES_IN_A_ROW, NO_INDIVIDUAL_TIME, Alert, alerts_of, with_individual_dates
from coaching.enums import Mark
from coaching.models import ActionStep, AttendanceMark, CoachingMonth, Enrolment, JobSearchAction
from core.registry import SituationNote, situation_notes

STEP_LATE, NO_STEP, NO_PLACE = "step_late", "no_step", "no_place"
# the most pressing first
SIGNS = (ABSENCES_IN_A_ROW, STEP_LATE, NO_INDIVIDUAL_TIME, NO_STEP, NO_PLACE)


@dataclass(frozen=True)
class Sign:
    """Why somebody needs a look: a code of SIGNS and the words for it."""

    code: str
    text: str

    @property
    def tone(self) -> str:
        """The colour of its badge; the words say the same."""
        return "danger" if self.code in (ABSENCES_IN_A_ROW, STEP_LATE) else "warning"


@dataclass(frozen=True)
class SituationLine:
    """One person. `step` is the open next step that is due first; of a protected person nothing that was
    written is shown (`is_protected`)."""

    person: Enrolment
    month: CoachingMonth
    step: ActionStep | None
    is_late: bool
    notes: tuple[SituationNote, ...]
    contact_on: dt.date | None
    contact_kind: str
    contact_ago: str
    signs: tuple[Sign, ...]

    @property
    def is_protected(self) -> bool:
        return self.person.participant.is_restricted

    @property
    def order(self) -> tuple:
        pressing = SIGNS.index(self.signs[0].code) if self.signs else len(SIGNS)
        participant = self.person.participant
        return (
            pressing,
            self.contact_on or dt.date.min,
            participant.last_name,
            participant.first_name,
            self.person.pk,
        )


@dataclass(frozen=True)
class SituationBoard:
    """The lines that the filter lets through, of `everybody` in these months. `filters` are (code, words, how
    many); `shown` is the chosen code or ""."""

    lines: tuple[SituationLine, ...]
    everybody: int
    filters: tuple[tuple[str, str, int], ...]
    shown: str
    has_many_months: bool
    month: CoachingMonth | None = None
    enrolment_ids: list[int] = field(default_factory=list)


def situation_board(
    months: Sequence[CoachingMonth],
    *,
    user,
    today: dt.date,
    shown: str = "",
    month: CoachingMonth | None = None,
) -> SituationBoard:
    """The board of these months, which the user coaches today: as many queries for sixty people as for ten.

    `shown` is one of SIGNS, anything else shows everybody; `month` when it is the board of one month."""
    by_id = {found.pk: found for found in months}
    people = list(_people(by_id, today))
    ids = [person.pk for person in people]
    steps = _first_steps(ids)
    notes = [source(ids, user, today) for source in situation_notes] if ids else []
    under_way = {
        pk: found.coaching_half for pk, found in by_id.items() if found.starts_on <= today <= found.ends_on
    }
    alerts: dict[int, list[Alert]] = {}
    for alert in alerts_of(people, coaching_halves=under_way, today=today):
        alerts.setdefault(alert.person.pk, []).append(alert)
    lines = [
        _line(
            person,
            by_id[person.month_id],
            steps.get(person.pk),
            tuple(found[person.pk] for found in notes if person.pk in found),
            alerts.get(person.pk, []),
            today,
        )
        for person in people
    ]
    lines.sort(key=lambda line: line.order)
    labels = sign_labels()
    counts = {code: sum(code in {sign.code for sign in line.signs} for line in lines) for code in SIGNS}
    shown = shown if shown in SIGNS else ""
    return SituationBoard(
        lines=tuple(line for line in lines if not shown or shown in {sign.code for sign in line.signs}),
        everybody=len(lines),
        filters=tuple((code, labels[code], counts[code]) for code in SIGNS if counts[code]),
        shown=shown,
        has_many_months=len(by_id) > 1,
        month=month,
        enrolment_ids=ids,
    )


def sign_labels() -> dict[str, str]:
    """What each sign is called in the filter, in the order in which they press."""
    return {
        ABSENCES_IN_A_ROW: _("away in a row"),
        STEP_LATE: _("next step late"),
        NO_INDIVIDUAL_TIME: _("little individual time"),
        NO_STEP: _("no next step"),
        NO_PLACE: _("no work trial"),
    }


def _people(months: Iterable[int], today: dt.date) -> QuerySet:
    """Everybody still in these groups, with the days of their last contacts."""

    def latest(rows: QuerySet) -> Subquery:
        own = rows.filter(enrolment=OuterRef("pk"), day__lte=today).order_by().values("enrolment")
        return Subquery(own.annotate(latest=Max("day")).values("latest"))

    return (
        with_individual_dates(Enrolment.objects.enrolled())
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=today), month__in=list(months))
        .annotate(
            present_on=latest(AttendanceMark.objects.filter(mark=Mark.PRESENT, session__isnull=False)),
            searched_on=latest(JobSearchAction.objects.all()),
        )
        .by_name()
    )


def _first_steps(enrolment_ids: Sequence[int]) -> dict[int, ActionStep]:
    """The open next step of each that is due first; those without a day come last."""
    steps: dict[int, ActionStep] = {}
    rows = ActionStep.objects.filter(enrolment__in=enrolment_ids, done_on__isnull=True)
    for step in rows:
        other = steps.get(step.enrolment_id)
        if other is None or _due(step) < _due(other):
            steps[step.enrolment_id] = step
    return steps


def _due(step: ActionStep) -> tuple[dt.date, int]:
    return (step.due_on or dt.date.max, step.pk)


def _line(
    person: Enrolment,
    month: CoachingMonth,
    step: ActionStep | None,
    notes: tuple[SituationNote, ...],
    alerts: Sequence[Alert],
    today: dt.date,
) -> SituationLine:
    contact_on, kind = _last_contact(person)
    is_late = step is not None and step.due_on is not None and step.due_on < today
    return SituationLine(
        person=person,
        month=month,
        step=step,
        is_late=is_late,
        notes=notes,
        contact_on=contact_on,
        contact_kind=kind,
        contact_ago=_ago(contact_on, today),
        signs=_signs(step, is_late=is_late, notes=notes, alerts=alerts),
    )


def _signs(
    step: ActionStep | None, *, is_late: bool, notes: Sequence[SituationNote], alerts: Sequence[Alert]
) -> tuple[Sign, ...]:
    signs = [Sign(alert.kind, alert.text) for alert in alerts]
    if is_late and step is not None and step.due_on is not None:
        signs.append(Sign(STEP_LATE, _("The next step was due %(day)s") % {"day": date_format(step.due_on)}))
    if step is None:
        signs.append(Sign(NO_STEP, _("No next step")))
    signs += [Sign(NO_PLACE, _("No work trial")) for note in notes if note.is_missing][:1]
    return tuple(sorted(signs, key=lambda sign: SIGNS.index(sign.code)))


def _last_contact(person) -> tuple[dt.date | None, str]:
    contacts: Mapping[str, dt.date | None] = {
        _("in the group"): person.present_on,
        _("individual time"): person.individual_on,
        _("discussion"): person.talked_on,
        _("job search"): person.searched_on,
    }
    found = [(day, kind) for kind, day in contacts.items() if day is not None]
    return max(found, key=lambda contact: contact[0]) if found else (None, "")


def _ago(day: dt.date | None, today: dt.date) -> str:
    if day is None:
        return _("none yet")
    days = (today - day).days
    if days <= 0:
        return _("today")
    return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
