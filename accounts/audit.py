"""Writing the audit trail. Details carry ids, field names and codes, never names or free text."""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.models import AuditEvent
from core.request_context import current_request_id


def record(
    *,
    actor,
    action: str,
    obj: models.Model | None = None,
    participant_id: int | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
    actor_label: str = "",
) -> AuditEvent:
    """Add one event.

    `actor` is a User, or None with an `actor_label` such as "participant link". `action` is a dotted past
    tense (`summary.released`); opening a person's file is `participant.viewed`. `obj` is what it was done
    to, `participant_id` whose file it belongs to.
    """
    return AuditEvent.objects.create(
        actor=actor,
        actor_label=actor_label,
        action=action,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        participant_id=participant_id,
        reason=reason[:300],
        details=details or {},
        request_id=current_request_id(),
    )


def record_many(
    *, actor, action: str, objects: list[tuple[models.Model, int | None]], actor_label: str = ""
) -> None:
    """One event per `(object, participant_id)` in a single query, for work done in bulk."""
    AuditEvent.objects.bulk_create(
        AuditEvent(
            actor=actor,
            actor_label=actor_label,
            action=action,
            object_type=obj._meta.label_lower,
            object_id=obj.pk,
            participant_id=participant_id,
            request_id=current_request_id(),
        )
        for obj, participant_id in objects
    )


def record_view(*, actor, participant: models.Model, page: str, reason: str = "") -> AuditEvent:
    """A participant's file was opened: the one thing that a GET may write (architecture section 7.3).

    Every opening is an event of its own. `page` is the URL name of what was shown (`participants:detail`);
    `reason` is asked for a restricted person.
    """
    return record(
        actor=actor,
        action="participant.viewed",
        obj=participant,
        participant_id=participant.pk,
        reason=reason,
        details={"page": page},
    )
