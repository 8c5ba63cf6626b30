"""Writing the pre-assignments of a programme. A version that months use is followed by the next one
(services/programmes.py); tasks that were sent keep their own texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from coaching.models import PreAssignmentTemplate, Programme
from coaching.pre_assignment_words import template_fingerprint, words_of
from coaching.services.programmes import open_for_editing
from core.errors import DomainError, StaleVersion

MOST_TEMPLATES = 6
OUT_OF_THE_WAY = 1000  # positions are unique at every moment, so rows step aside while they change places


@dataclass(frozen=True)
class TemplateContent:
    """What one pre-assignment says and asks; `position` is its place among the others, from 1."""

    texts: dict
    due_days_before: int
    holds_goal: bool
    position: int


@transaction.atomic
def save_template(
    *,
    actor,
    programme: Programme,
    position: int | None,
    seen: str,
    content: TemplateContent,
    valid_from: dt.date | None = None,
) -> Programme:
    """Save one pre-assignment, or add one (`position` None); the programme version that now holds it.

    `seen` is the `template_fingerprint` that the form was made from ("" for a new one). A new one with the
    words of one that stands is not added: it was a second click. Raises StaleVersion,
    AccessDenied, MonthAlreadyClosed, DomainError.
    """
    if position is not None:
        row = _locked(programme, position)
        _refuse_stale(row, seen)
        if _is_same(row, content):
            return programme
    changed = open_for_editing(actor=actor, programme=programme, valid_from=valid_from)
    rows = _rows(changed)
    if position is None:
        if any(row.texts == content.texts for row in rows):
            return changed
        if len(rows) >= MOST_TEMPLATES:
            raise DomainError(
                _("A programme has at most %(count)s pre-assignments.") % {"count": MOST_TEMPLATES}
            )
        row = PreAssignmentTemplate(programme=changed)
    else:
        row = next(row for row in rows if row.position == position)
        rows.remove(row)
    _refuse_second_goal(rows, content)
    row.texts, row.due_days_before = content.texts, content.due_days_before
    row.holds_goal = content.holds_goal
    rows.insert(max(0, min(content.position, len(rows) + 1) - 1), row)
    _put_in_order(rows)
    return changed


@transaction.atomic
def remove_template(
    *, actor, programme: Programme, position: int, seen: str, valid_from: dt.date | None = None
) -> Programme:
    """Take one pre-assignment off the programme; the version that lacks it. What was sent stays.

    Raises StaleVersion, AccessDenied, MonthAlreadyClosed, DomainError.
    """
    _refuse_stale(_locked(programme, position), seen)
    changed = open_for_editing(actor=actor, programme=programme, valid_from=valid_from)
    rows = _rows(changed)
    gone = next(row for row in rows if row.position == position)
    rows.remove(gone)
    gone.delete()
    _put_in_order(rows)
    return changed


def _rows(programme: Programme) -> list[PreAssignmentTemplate]:
    return list(programme.pre_assignment_templates.select_for_update().order_by("position"))


def _locked(programme: Programme, position: int) -> PreAssignmentTemplate:
    # the programme first, as open_for_editing does: two editors never wait for each other crosswise
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    row = programme.pre_assignment_templates.select_for_update().filter(position=position).first()
    if row is None:
        raise StaleVersion(_("Somebody else removed this pre-assignment meanwhile."))
    return row


def _refuse_stale(row: PreAssignmentTemplate, seen: str) -> None:
    if template_fingerprint(row) != seen:
        raise StaleVersion(
            _(
                "Somebody else changed this while you were writing. What is saved now is shown beside your "
                "text; nothing was overwritten. Look at both and save again."
            )
        )


def _is_same(row: PreAssignmentTemplate, content: TemplateContent) -> bool:
    return (row.texts, row.due_days_before, row.holds_goal, row.position) == (
        content.texts,
        content.due_days_before,
        content.holds_goal,
        content.position,
    )


def _refuse_second_goal(others: list[PreAssignmentTemplate], content: TemplateContent) -> None:
    asks = next((row for row in others if row.holds_goal), None)
    if content.holds_goal and asks is not None:
        raise DomainError(
            _("“%(title)s” asks for the goal already. Take it off there first.")
            % {"title": words_of(asks.texts).title},
            field="holds_goal",
        )


def _put_in_order(rows: list[PreAssignmentTemplate]) -> None:
    """Number the rows from 1 in the order of the list, and save them."""
    for number, row in enumerate(rows, start=1):
        row.position = OUT_OF_THE_WAY + number
        row.save()
    for number, row in enumerate(rows, start=1):
        row.position = number
        row.save(update_fields=["position"])
