"""Writing discussions: mid, final, the talk of three, and any other."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import SINGLE_DISCUSSIONS, DiscussionKind
from coaching.models import Discussion, Enrolment
from coaching.services.person_base import locked_enrolment, put_values, stale
from core.errors import DomainError

MOST_OTHERS = 40
PLANNED_AT_MOST_DAYS_AWAY = 3 * 366  # the model's own follow-ups go on for three years


@transaction.atomic
def save_discussion(
    *,
    actor,
    enrolment_id: int,
    kind: str,
    base_version: int,
    today: dt.date,
    discussion_id: int | None = None,
    **fields,
) -> Discussion:
    """Record or plan one discussion. `fields`: planned_on, held_on (dates or None), topic (of an other one)
    and the texts present, participant_view, coach_view, help_wanted, help_answer, agreed.

    Mid, final and the talk of three stand once each and are found by their kind; another discussion is new
    without `discussion_id`. `base_version` is 0 when the page showed none. Raises StaleVersion when it moved
    on, DomainError when it was held in the future, or was held without both views and who was present
    (issue 2, section 3.5).
    """
    enrolment = locked_enrolment(enrolment_id)
    if kind not in DiscussionKind.values:
        raise DomainError(_("There is no such discussion."))
    fields = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    _check_dates(enrolment, fields, today)
    _check_held(fields)
    if kind == DiscussionKind.OTHER and not fields.get("topic"):
        raise DomainError(_("Say what the discussion is about."), field="topic")
    discussion = _existing(enrolment, kind, discussion_id)
    if discussion is None:
        if twin := _twin(enrolment, kind, fields):
            return twin
        discussion = Discussion(enrolment=enrolment, kind=kind, version=0)
    if put_values(discussion, fields, base_version=base_version, actor=actor):
        _tell(actor, "discussion.recorded" if discussion.held_on else "discussion.planned", discussion)
    return discussion


@transaction.atomic
def plan_discussion(
    *, actor, enrolment_id: int, kind: str, planned_on: dt.date, base_version: int, today: dt.date
) -> Discussion:
    """Agree a day for the mid discussion, the final one or the talk of three; only the day changes.

    Raises StaleVersion, DomainError when the discussion has already been held.
    """
    enrolment = locked_enrolment(enrolment_id)
    if kind not in SINGLE_DISCUSSIONS:
        raise DomainError(_("There is no such discussion."))
    if planned_on < today:
        raise DomainError(_("The day has passed already. Plan a day from today on."), field="planned_on")
    _check_dates(enrolment, {"planned_on": planned_on, "held_on": None}, today)
    discussion = _existing(enrolment, kind, None)
    if discussion is None:
        discussion = Discussion(enrolment=enrolment, kind=kind, version=0)
    elif discussion.held_on:
        raise DomainError(_("This discussion has already been held."), field="planned_on")
    if put_values(discussion, {"planned_on": planned_on}, base_version=base_version, actor=actor):
        _tell(actor, "discussion.planned", discussion)
    return discussion


@transaction.atomic
def remove_discussion(*, actor, enrolment_id: int, discussion_id: int, base_version: int) -> None:
    """Take away a discussion that was planned and will not be held; one that is gone is no error.

    What was held stays. Raises StaleVersion, DomainError.
    """
    enrolment = locked_enrolment(enrolment_id)
    discussion = enrolment.discussions.select_for_update().filter(pk=discussion_id).first()
    if discussion is None:
        return
    if discussion.version != base_version:
        raise stale()
    if discussion.held_on:
        raise DomainError(_("A discussion that was held stays on record."))
    _tell(actor, "discussion.removed", discussion)
    discussion.delete()


def _existing(enrolment: Enrolment, kind: str, discussion_id: int | None) -> Discussion | None:
    rows = Discussion.objects.select_for_update(of=("self",)).filter(enrolment=enrolment, kind=kind)
    if kind != DiscussionKind.OTHER:
        return rows.first()
    if discussion_id is None:
        return None
    found = rows.filter(pk=discussion_id).first()
    if found is None:
        raise DomainError(_("This discussion is no longer there."))
    return found


def _twin(enrolment: Enrolment, kind: str, fields: dict) -> Discussion | None:
    """The same other discussion, sent twice; also guards against a page that keeps sending."""
    if kind != DiscussionKind.OTHER:
        return None
    others = Discussion.objects.filter(enrolment=enrolment, kind=kind)
    twin = others.filter(**fields).first()
    if twin is None and others.count() >= MOST_OTHERS:
        raise DomainError(
            _("There are already %(count)s other discussions. Add to one of them.") % {"count": MOST_OTHERS}
        )
    return twin


def _check_dates(enrolment: Enrolment, fields: dict, today: dt.date) -> None:
    planned_on, held_on = fields["planned_on"], fields["held_on"]
    if not planned_on and not held_on:
        raise DomainError(_("Give the day when it was held or is planned."), field="held_on")
    if held_on and held_on > today:
        raise DomainError(
            _("A discussion that is still to come is planned: give this day under “planned for”."),
            field="held_on",
        )
    earliest = dt.date(enrolment.month.starts_on.year - 1, 1, 1)
    latest = enrolment.month.ends_on + dt.timedelta(days=PLANNED_AT_MOST_DAYS_AWAY)
    for name in ("planned_on", "held_on"):
        if fields[name] and not earliest <= fields[name] <= latest:
            raise DomainError(_("This day is far from the month. Check the year."), field=name)


def _check_held(fields: dict) -> None:
    if not fields["held_on"]:
        return
    for name, sentence in (
        ("present", _("Say who was present.")),
        ("participant_view", _("Write the participant's view too.")),
        ("coach_view", _("Write the coach's view too.")),
    ):
        if not fields[name]:
            raise DomainError(sentence, field=name)


def _tell(actor, action: str, discussion: Discussion) -> None:
    audit.record(
        actor=actor,
        action=action,
        obj=discussion,
        participant_id=discussion.enrolment.participant_id,
        details={"kind": discussion.kind},
    )
