"""Corrections made after a release, in words: for any page that shows a mark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coaching.enums import Half
from coaching.models import Enrolment, MarkCorrection
from coaching.pages.daily_log_words import attendance_in_words, clock_time
from coaching.pages.person_cards import PersonFacts, SectionCard


def corrections_in_words(
    enrolment_ids: Iterable[int], *, day: dt.date, half: str
) -> tuple[tuple[int, str], ...]:
    """(enrolment, sentence) of each correction of one half day, oldest first, in one query: "Information
    missing → present. Wrong line. (Sanna Harjula 2.3.2026 9.41)"."""
    rows = (
        MarkCorrection.objects.filter(enrolment__in=list(enrolment_ids), day=day, half=half)
        .select_related("recorded_by")
        .order_by("recorded_at", "pk")
    )
    return tuple((row.enrolment_id, _sentence(row)) for row in rows)


def corrections_card(enrolment: Enrolment, facts: PersonFacts) -> SectionCard | None:
    """The person's card: which half days changed after the summary had left, newest first; None without."""
    rows = enrolment.mark_corrections.select_related("recorded_by").order_by("-recorded_at", "-pk")
    lines = tuple(f"{date_format(row.day)}, {Half(row.half).label}: {_sentence(row)}" for row in rows)
    if not lines:
        return None
    return SectionCard(
        code="corrections", title=_("Corrected after the summary was released"), lines=lines, order=900
    )


def _sentence(row: MarkCorrection) -> str:
    who = row.recorded_by.full_name if row.recorded_by else ""
    when = f"{date_format(localtime(row.recorded_at), 'j.n.Y')} {clock_time(row.recorded_at)}"
    return f"{_value(row.before)} → {_value(row.after)}. {row.reason} ({who} {when})"


def _value(value: dict) -> str:
    minutes = [str(value.get(name) or "") for name in ("minutes_late", "minutes_left_early")]
    return attendance_in_words(value.get("mark", ""), *minutes)
