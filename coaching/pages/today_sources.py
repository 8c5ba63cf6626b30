"""What coaching itself adds to the Today page: signs about people, and what falls due.

Other apps add their lines through `core.registry.today_sources`; the functions of this file with the same
arguments stand there too (see `coaching/apps.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.alerts import ABSENCES_IN_A_ROW, Alert, alerts_of
from coaching.models import ActionStep, CoachingMonth, Enrolment, Session
from core.registry import TodayLine, today_sources
from participants.models import Certificate

# a certificate that ends within this time is still worth renewing calmly
CERTIFICATE_IN_SIGHT = dt.timedelta(days=60)
ATTENTION, STEPS, CERTIFICATES = 10, 30, 60
IN_SIGHT = 8


@dataclass(frozen=True)
class TodaySection:
    """Lines under one heading; `anchor` is its id in the page."""

    heading: str
    anchor: str
    lines: tuple[TodayLine, ...]

    @property
    def more(self) -> int:
        """How many lines are folded."""
        return max(0, len(self.lines) - IN_SIGHT)


def today_sections(
    *,
    user,
    months: Mapping[int, CoachingMonth],
    people: Iterable[Enrolment],
    sessions: Sequence[Session],
    today: dt.date,
) -> tuple[TodaySection, ...]:
    """Everything that the sources have to say, in sections. `people` come from `with_individual_dates`."""
    lines = _alert_lines(months, people, sessions, today)
    for source in today_sources:
        lines += source(user, months, today)
    return in_sections(lines)


def in_sections(lines: Iterable[TodayLine]) -> tuple[TodaySection, ...]:
    """The lines under their headings, sections in their order, in each the late and the early ones first."""
    by_heading: dict[tuple[int, str], list[TodayLine]] = {}
    for line in lines:
        by_heading.setdefault((line.order, line.heading), []).append(line)
    return tuple(
        TodaySection(heading, f"section-{number}", tuple(sorted(found, key=_urgency)))
        for number, ((_order, heading), found) in enumerate(sorted(by_heading.items()), start=1)
    )


def _urgency(line: TodayLine) -> tuple:
    return (not line.is_late, line.day or dt.date.max, line.title)


def _alert_lines(
    months: Mapping[int, CoachingMonth],
    people: Iterable[Enrolment],
    sessions: Sequence[Session],
    today: dt.date,
) -> list[TodayLine]:
    under_way = {
        pk: month.coaching_half for pk, month in months.items() if month.starts_on <= today <= month.ends_on
    }
    latest = {session.month_id: session.pk for session in sessions}
    return [
        alert_line(alert, month=months[alert.person.month_id], log_id=latest.get(alert.person.month_id))
        for alert in alerts_of(people, coaching_halves=under_way, today=today)
    ]


def alert_line(alert: Alert, *, month: CoachingMonth, log_id: int | None) -> TodayLine:
    """A sign with what to do about it: ring who is away, write down the time given (in the log `log_id`)."""
    person_url = reverse("coaching:person", args=[alert.person.pk])
    url, link_text, icon = person_url, _("Open the person"), ""
    participant = alert.person.participant
    if alert.kind == ABSENCES_IN_A_ROW:
        if participant.phone and not participant.is_restricted:
            url, link_text, icon = f"tel:{dialled(participant.phone)}", _("Ring"), "phone"
    elif log_id is not None:
        url, link_text = reverse("coaching:daily-log", args=[log_id]), _("Record individual time")
    return TodayLine(
        heading=_("Needs your attention"),
        title=participant.full_name,
        title_url=person_url,
        detail=f"{alert.text}, {month.name}",
        url=url,
        link_text=link_text,
        icon=icon,
        day=alert.since,
        order=ATTENTION,
    )


def dialled(phone: str) -> str:
    """The number as a telephone takes it."""
    return "".join(character for character in phone if character.isdigit() or character == "+")


def step_lines(user, months: Mapping[int, CoachingMonth], today: dt.date) -> list[TodayLine]:
    """Next steps whose day has come and that nobody has marked done: one query."""
    steps = (
        ActionStep.objects.filter(
            enrolment__month__in=months,
            enrolment__state="enrolled",
            done_on__isnull=True,
            due_on__lte=today,
        )
        .select_related("enrolment__participant")
        .order_by("due_on", "id")
    )
    return [
        TodayLine(
            heading=_("Next steps due"),
            title=step.enrolment.participant.full_name,
            title_url=reverse("coaching:person", args=[step.enrolment_id]),
            detail=_step_words(step),
            url=reverse("coaching:action-step", args=[step.enrolment_id, step.pk]),
            link_text=_("How did it go?"),
            is_late=step.due_on < today,
            day=step.due_on,
            order=STEPS,
        )
        for step in steps
    ]


def _step_words(step: ActionStep) -> str:
    """What is written of a protected person opens with a reason, on the person's own pages."""
    words = {"what": step.what, "who": step.who, "day": date_format(step.due_on)}
    if step.enrolment.participant.is_restricted:
        return _("by %(day)s") % words
    return _("%(what)s – %(who)s, by %(day)s") % words


def certificate_lines(user, months: Mapping[int, CoachingMonth], today: dt.date) -> list[TodayLine]:
    """Certificates and cards of the groups' people that have ended since the month began, or end soon."""
    enrolments: dict[int, int] = dict(
        Enrolment.objects.filter(month__in=months, state="enrolled", left_on__isnull=True).values_list(
            "participant_id", "pk"
        )
    )
    certificates = Certificate.objects.filter(
        participant__in=enrolments,
        participant__is_restricted=False,
        expires_on__range=(today - CERTIFICATE_IN_SIGHT, today + CERTIFICATE_IN_SIGHT),
    ).select_related("participant")
    return [
        TodayLine(
            heading=_("Certificates to renew"),
            title=certificate.participant.full_name,
            title_url=reverse("coaching:person", args=[enrolments[certificate.participant_id]]),
            detail=_certificate_words(certificate, today),
            url=reverse("participants:participant-detail", args=[certificate.participant_id]),
            link_text=_("Open the person"),
            is_late=certificate.expires_on < today,
            day=certificate.expires_on,
            order=CERTIFICATES,
        )
        for certificate in certificates
    ]


def _certificate_words(certificate: Certificate, today: dt.date) -> str:
    words = {"name": certificate.name, "day": date_format(certificate.expires_on)}
    if certificate.expires_on < today:
        return _("%(name)s was valid until %(day)s") % words
    return _("%(name)s is valid until %(day)s") % words
