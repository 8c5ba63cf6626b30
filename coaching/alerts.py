"""Who needs attention now: absences in a row, and nobody's own time with the coach.

Signs to look at, in words, never a score (architecture 7.6). The limits are settings.

- **Absences in a row**: the latest marks of one half of the days, the group's or the work trial's, are all
  absences. A half day that was not arranged, an agreed change of day and a missing mark neither count nor
  break the row: missing is not absent.
- **No individual time**: so many working days since the last individual time or held discussion, or since
  the first day in the group. Weekends and holidays do not count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.enums import ABSENCES, Mark
from coaching.models import AttendanceMark, Discussion, Enrolment, IndividualTime
from coaching.services.schedule import days_between, holiday_name, is_weekday

ABSENCES_IN_A_ROW = "absences"
NO_INDIVIDUAL_TIME = "individual_time"
# neither an absence nor a presence
BESIDE_THE_ROW = (Mark.NOT_ARRANGED, Mark.AGREED_SWAP)


@dataclass(frozen=True)
class Alert:
    """One sign about one person: `kind` is ABSENCES_IN_A_ROW or NO_INDIVIDUAL_TIME, `text` says it without
    the name, `since` is the day from which it holds."""

    kind: str
    person: Enrolment
    text: str
    since: dt.date


def with_individual_dates(people: QuerySet) -> QuerySet:
    """Annotates what the second sign needs: `individual_on` and `talked_on`."""

    def latest(rows: QuerySet, field: str) -> Subquery:
        own = rows.filter(enrolment=OuterRef("pk")).order_by().values("enrolment")
        return Subquery(own.annotate(latest=Max(field)).values("latest"))

    return people.annotate(
        individual_on=latest(IndividualTime.objects.all(), "day"),
        talked_on=latest(Discussion.objects.filter(held_on__isnull=False), "held_on"),
    )


def alerts_of(
    people: Iterable[Enrolment], *, coaching_halves: Mapping[int, str], today: dt.date
) -> list[Alert]:
    """The signs of `people` (from `with_individual_dates`, with their participants), in one query.

    `coaching_halves` maps month ids to the half of the day in which the group meets; people of other months
    are left out, and so is who has not begun or has left.
    """
    here = [
        person
        for person in people
        if person.month_id in coaching_halves
        and person.joined_on is not None
        and person.joined_on <= today
        and (person.left_on is None or person.left_on >= today)
    ]
    rows = _rows_of_absences(here, today)
    found: list[Alert] = []
    for person in here:
        absences = _absence_alert(person, rows, coaching_halves[person.month_id])
        lonely = _individual_time_alert(person, today)
        found += [alert for alert in (absences, lonely) if alert]
    return found


def month_alerts(month, *, today: dt.date) -> list[Alert]:
    """The signs of one month that is open and under way, in two queries."""
    if month.state != "open" or not month.starts_on <= today <= month.ends_on:
        return []
    people = with_individual_dates(month.enrolments.enrolled()).by_name()
    return alerts_of(people, coaching_halves={month.pk: month.coaching_half}, today=today)


def _rows_of_absences(people: list[Enrolment], today: dt.date) -> dict[tuple[int, str], list[dt.date]]:
    """The days of the unbroken row of absences with which each person's half days end, latest first."""
    limit = settings.ALERT_ABSENCES_IN_A_ROW
    marks = (
        AttendanceMark.objects.filter(
            enrolment__in=[person.pk for person in people],
            day__range=(today - dt.timedelta(days=14 + 7 * limit), today),
        )
        .exclude(mark__in=BESIDE_THE_ROW)
        .order_by("-day")
        .values_list("enrolment_id", "half", "day", "mark")
    )
    rows: dict[tuple[int, str], list[dt.date]] = {}
    ended: set[tuple[int, str]] = set()
    for enrolment_id, half, day, mark in marks:
        key = (enrolment_id, half)
        if mark not in ABSENCES:
            ended.add(key)
        elif key not in ended:
            rows.setdefault(key, []).append(day)
    return {key: days for key, days in rows.items() if len(days) >= limit}


def _absence_alert(
    person: Enrolment, rows: Mapping[tuple[int, str], list[dt.date]], coaching_half: str
) -> Alert | None:
    own = {half: days for (enrolment_id, half), days in rows.items() if enrolment_id == person.pk}
    if not own:
        return None
    half = coaching_half if coaching_half in own else next(iter(own))
    days = own[half]
    values = {"count": len(days), "day": date_format(days[-1])}
    if half == coaching_half:
        text = ngettext(
            "Away from the group %(count)s time in a row, since %(day)s",
            "Away from the group %(count)s times in a row, since %(day)s",
            len(days),
        )
    else:
        text = ngettext(
            "Away from the work trial %(count)s time in a row, since %(day)s",
            "Away from the work trial %(count)s times in a row, since %(day)s",
            len(days),
        )
    return Alert(ABSENCES_IN_A_ROW, person, text % values, days[-1])


def _individual_time_alert(person: Enrolment, today: dt.date) -> Alert | None:
    met_on = max((day for day in (person.individual_on, person.talked_on) if day), default=None)
    since = max(met_on or person.joined_on, person.joined_on)
    if working_days_after(since, today) < settings.ALERT_DAYS_WITHOUT_INDIVIDUAL_TIME:
        return None
    if met_on is None:
        text = _("No individual time yet")
    else:
        text = _("No individual time since %(day)s") % {"day": date_format(met_on)}
    return Alert(NO_INDIVIDUAL_TIME, person, text, since)


def working_days_after(since: dt.date, today: dt.date) -> int:
    """Working days after `since` up to `today`: weekends and holidays left out."""
    return sum(is_weekday(day) and not holiday_name(day) for day in days_between(since, today)[1:])
