"""Everything that is held about one person, from the sections that each app registers (GDPR article 15).

`core.registry.person_sections` gives titles and rows in the active language. Here they become lines for paper
and plain values for the data file. Nothing about others stands in them: a section asks by the person only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import AuditEvent
from core.registry import audit_sentences, person_sections
from participants.models import Participant

SCHEMA = "own-data-1"
NEWEST_ON_PAPER = 200
FEWEST_IN_TABLE, MOST_COLUMNS, LONGEST_CELL = 3, 6, 90


@dataclass(frozen=True)
class Section:
    """One matter: its title and its rows, each a list of (label, value)."""

    title: str
    rows: list[list[tuple[str, Any]]]


def sections_of(participant: Participant, *, with_reasons: bool) -> list[Section]:
    """Everything of the person, empty sections too, in the active language.

    with_reasons: what somebody typed as a reason for opening the file stands in it word for word. Only for
    what the participant fetches: a file that passes through other hands says who tells it.
    """
    found = []
    for build in person_sections:
        title, rows = build(participant)
        found.append(
            Section(capfirst(str(title)), [[(capfirst(str(k)), v) for k, v in row.items()] for row in rows])
        )
    return [*found, _events(participant, with_reasons)]


def _events(participant: Participant, with_reasons: bool) -> Section:
    """Who has opened the file or done something in it, newest first."""
    events = AuditEvent.objects.filter(participant_id=participant.pk).select_related("actor").order_by("-id")
    with_the_managers = _("written down; a manager tells it when asked")
    rows = [
        [
            (_("When"), event.at),
            (_("Who"), _who(event)),
            (_("What"), str(audit_sentences.get(event.action, event.action))),
            (_("Reason"), event.reason if with_reasons or not event.reason else with_the_managers),
        ]
        for event in events
    ]
    return Section(_("Who has opened or changed your data"), rows)


def _who(event: AuditEvent) -> str:
    if event.actor is None:
        return _(event.actor_label) if event.actor_label else ""
    return f"{event.actor.full_name}, {event.actor.get_role_display()}"


# --- as data ----------------------------------------------------------------------------------------
def own_data_json(participant: Participant, *, today: dt.date, with_reasons: bool) -> dict[str, Any]:
    """The data file, valid against docs/schemas/own-data-1.json, in the person's language."""
    with translation.override(participant.language):
        return {
            "schema": SCHEMA,
            "made_on": today.isoformat(),
            "organisation": getattr(settings, "ORGANISATION_NAME", ""),
            "language": participant.language,
            "sections": [
                {
                    "title": section.title,
                    "rows": [
                        [{"label": label, "value": _plain(value)} for label, value in row]
                        for row in section.rows
                    ],
                }
                for section in sections_of(participant, with_reasons=with_reasons)
            ],
        }


def _plain(value: Any) -> Any:
    """JSON values: dates as ISO 8601, numbers as numbers, everything else as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat() if timezone.is_aware(value) else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return str(value)


# --- on paper ---------------------------------------------------------------------------------------
def own_data_paper(participant: Participant, *, today: dt.date, with_reasons: bool) -> dict[str, Any]:
    """What the PDF shows: only what is filled in, in words, in the person's language."""
    with translation.override(participant.language):
        shown, empty = [], []
        for section in sections_of(participant, with_reasons=with_reasons):
            rows = [list(_lines(row)) for row in section.rows[:NEWEST_ON_PAPER]]
            rows = [row for row in rows if row]
            more = len(section.rows) - NEWEST_ON_PAPER
            if rows:
                table = _table(rows)
                shown.append({"title": section.title, "rows": rows, "table": table, "more": max(more, 0)})
            else:
                empty.append(section.title)
        return {
            "person": participant,
            "sections": shown,
            "empty": empty,
            "made_on": today,
            "organisation": getattr(settings, "ORGANISATION_NAME", "") or "Valmennuskuukausi",
            "language": participant.language,
        }


def _table(rows: list[list[tuple[str, str]]]) -> dict[str, list] | None:
    """Many short rows under one line of headers instead of a list for each; None when they do not fit."""
    headers = list(dict.fromkeys(label for row in rows for label, _text in row))
    longest = max(len(words) for row in rows for _label, words in row)
    if len(rows) < FEWEST_IN_TABLE or len(headers) > MOST_COLUMNS or longest > LONGEST_CELL:
        return None
    return {"headers": headers, "rows": [[dict(row).get(header, "") for header in headers] for row in rows]}


def _lines(row: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    for label, value in row:
        words = _words(value)
        if words:
            yield label, words


def _words(value: Any) -> str:
    """A value as people read it; what has parts of its own is in the data file."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return date_format(local, "j.n.Y H.i")
    if isinstance(value, dt.date):
        return date_format(value, "j.n.Y")
    if isinstance(value, dt.time):
        return date_format(value, "G.i")
    if isinstance(value, Decimal | float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, dict):
        if any(isinstance(item, dict | list) for item in value.values()):
            return _("In the data file, word for word.") if value else ""
        return "; ".join(f"{key}: {_words(item)}" for key, item in value.items() if _words(item))
    if isinstance(value, list | tuple | set):
        return "; ".join(filter(None, (_words(item) for item in value)))
    return str(value)
