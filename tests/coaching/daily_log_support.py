"""What the tests of the daily log share: a group of ten, and a form as a browser would post it."""

from __future__ import annotations

import datetime as dt
import json

from django.http import QueryDict

from coaching.daily_log import LogInput, digests, read_act, read_tip
from coaching.forms.daily_log import DailyLogForm
from coaching.services.daily_log import log_rows, standing_units
from tests.support import factories

TODAY = dt.date(2026, 2, 10)
LAST_NAMES = ("Aalto", "Berg", "Eerola", "Harju", "Ikonen", "Järvi", "Koski", "Laine", "Mäki", "Niemi")


def make_group(month, size: int = 10) -> list:
    """Enrolments of the month in the order of the list."""
    return [
        factories.EnrolmentFactory(
            month=month,
            participant__first_name="Pat",
            participant__last_name=LAST_NAMES[number % 10] + ("" if number < 10 else f" {number:02}"),
            participant__authority=month.authority,
        )
        for number in range(size)
    ]


def opened_form(session) -> dict[str, str]:
    """The fields of the session's page as it stands now, untouched."""
    session.refresh_from_db()
    session.__dict__.pop("log_tips", None)
    rows = log_rows(session)
    units = standing_units(session, rows)
    fields = {
        "session": str(session.pk),
        "version": str(session.version),
        "base": json.dumps(digests(units)),
        "group_note": units["note"][0],
        "trial_note": units["trials"][0],
        "trial_advice": units["advice"][0],
        "not_arranged_reason": units["day"][1],
        **_columns(
            ("tipkind", "tiptext", "tipby", "tipto"), map(read_tip, units["tips"]), ("tip", "", "", "")
        ),
    }
    if units["day"][0]:
        fields["not_arranged"] = "1"
    for row in rows:
        number = row["pk"]
        mark, late, early = units[f"attendance-{number}"]
        step, by = units[f"step-{number}"]
        acts = map(read_act, units[f"acts-{number}"])
        fields |= {
            f"mark-{number}": mark,
            f"late-{number}": late,
            f"early-{number}": early,
            f"step-{number}": step,
            f"by-{number}": by or "participant",
            f"time-{number}": units[f"time-{number}"][0],
            f"calls-{number}": units[f"calls-{number}"][0],
            **_columns(
                (f"actkind-{number}", f"acttext-{number}", f"actby-{number}"), acts, ("", "", "participant")
            ),
        }
    return fields


def _columns(names, lines, empty) -> dict[str, list[str]]:
    """The fields of a list, with the empty line at its end."""
    return dict(zip(names, map(list, zip(*lines, empty, strict=True)), strict=True))


def query_dict(fields: dict) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def as_input(fields: dict) -> LogInput:
    """The fields as the service takes them; the form must be valid."""
    form = DailyLogForm(query_dict(fields))
    assert form.is_valid(), form.errors
    return form.input


def everybody(enrolments, mark: str = "present") -> dict[str, str]:
    return {f"mark-{enrolment.pk}": mark for enrolment in enrolments}


def release_summary(enrolment) -> None:
    """The enrolment's summary is with the office: from now on corrections ask for a reason."""
    moment = dt.datetime(2026, 2, 9, 12, tzinfo=dt.UTC)
    factories.SummaryVersionFactory(
        enrolment=enrolment,
        state="released",
        signed_on=moment.date(),
        signed_method="meeting",
        approved_by=enrolment.month.coach,
        approved_at=moment,
        pdf_content_hash="f" * 64,
        recipient=enrolment.participant.authority,
        released_by=enrolment.month.coach,
        released_at=moment,
    )
