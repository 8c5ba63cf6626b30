"""The audit trail in words, for people: ids and codes, never a participant's name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import can_read_reasons
from accounts.models import AuditEvent, User
from core.registry import audit_sentences

DETAIL_WORDS = {
    "channel": gettext_lazy("channel"),
    "days": gettext_lazy("days"),
    "employer": gettext_lazy("employer"),
    "enrolments": gettext_lazy("enrolments"),
    "fields": gettext_lazy("fields"),
    "from": gettext_lazy("from state"),
    "hash": gettext_lazy("hash"),
    "how": gettext_lazy("how"),
    "items": gettext_lazy("items"),
    "kind": gettext_lazy("kind"),
    "known": gettext_lazy("known already"),
    "made_up": gettext_lazy("days made up"),
    "marks": gettext_lazy("marks"),
    "method": gettext_lazy("how"),
    "moment": gettext_lazy("moment"),
    "month": gettext_lazy("month"),
    "note": gettext_lazy("note"),
    "number": gettext_lazy("version"),
    "page": gettext_lazy("page"),
    "path": gettext_lazy("onward path"),
    "people": gettext_lazy("people"),
    "placement": gettext_lazy("work trial"),
    "recipient": gettext_lazy("recipient"),
    "referral": gettext_lazy("referral"),
    "result": gettext_lazy("result"),
    "role": gettext_lazy("role"),
    "role_was": gettext_lazy("role before"),
    "rows": gettext_lazy("rows"),
    "sessions": gettext_lazy("sessions"),
    "skipped": gettext_lazy("left out"),
    "state": gettext_lazy("state"),
    "steps": gettext_lazy("steps"),
    "taken_in": gettext_lazy("taken in"),
    "to": gettext_lazy("to state"),
    "to_mend": gettext_lazy("to correct"),
    "unlogged": gettext_lazy("not logged"),
    "version": gettext_lazy("version"),
}


@dataclass(frozen=True)
class AuditLine:
    """One event as the page shows it; all texts are ready in the reader's language."""

    id: int
    at: dt.datetime
    who: str
    sentence: str
    action: str
    subject: str
    participant_id: int | None
    reason: str
    details: str
    request_id: str


def lines_for(reader: User, events: list[AuditEvent]) -> list[AuditLine]:
    """The events in words. Makes no query: the actors come with the events."""
    return [_line_for(reader, event) for event in events]


def _line_for(reader: User, event: AuditEvent) -> AuditLine:
    return AuditLine(
        id=event.pk,
        at=event.at,
        who=event.actor.full_name
        if event.actor
        else _(event.actor_label)
        if event.actor_label
        else _("the system"),
        sentence=str(audit_sentences.get(event.action, event.action)),
        action=event.action,
        subject=_subject(event),
        participant_id=event.participant_id,
        reason=_reason(reader, event),
        details=_details(event.details),
        request_id=event.request_id,
    )


def _subject(event: AuditEvent) -> str:
    """`user #12`; "" when it was done to nothing, or to the participant (shown anyway)."""
    is_the_participant = event.object_type == "participants.participant"
    if not event.object_type or (is_the_participant and event.object_id == event.participant_id):
        return ""
    try:
        noun = str(apps.get_model(event.object_type)._meta.verbose_name)
    except LookupError:  # a model of an earlier version
        noun = event.object_type
    return f"{noun} #{event.object_id}"


def _reason(reader: User, event: AuditEvent) -> str:
    if not event.reason or can_read_reasons(reader) or event.participant_id is None:
        return event.reason
    return _("A reason was given; a manager can read it.")


def _details(details: dict) -> str:
    """`role: coach · fields: email, phone`: the key in words, the codes as they were written."""
    parts = []
    for key, value in details.items():
        parts.append(f"{DETAIL_WORDS.get(key, key)}: {_in_words(value)}")
    return " · ".join(parts)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "–"
    return "–" if value is None else str(value)
