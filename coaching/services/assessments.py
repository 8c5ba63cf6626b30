"""How it is, in words: six areas and eleven work-life skills, at three moments, from two viewpoints.

Nothing here adds up to a number (architecture 7.6). Two people may assess at the same time, one of them by
the personal link, so an answer is compared with what its own writer had before the eyes: what nobody touched
is left alone, one view never touches the other, and only two different words in the same place conflict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import Area, EnrolmentState, Level, Moment, Viewpoint, WorkLifeSkill
from coaching.models import AreaAssessment, Enrolment, SkillAssessment
from core.errors import DomainError, StaleVersion

NOTHING = "0"
BY_LINK = "participant link"


@dataclass(frozen=True)
class Subject:
    """What is assessed: its table, the column that names the item, the items, and its rules."""

    code: str
    model: type[models.Model]
    column: str
    items: type[models.TextChoices]
    sentence_length: int
    needs_sentence: bool
    action: str


AREAS = Subject("areas", AreaAssessment, "area", Area, 400, True, "areas.assessed")
SKILLS = Subject("skills", SkillAssessment, "skill", WorkLifeSkill, 300, False, "skills.assessed")
SUBJECTS = {subject.code: subject for subject in (AREAS, SKILLS)}


@dataclass(frozen=True)
class Answer:
    """One item from one viewpoint: `level` a Level value or "" (nothing said), `sentence` what shows it.

    `base` is the digest (see `digest`) of what its writer saw before changing it.
    """

    item: str
    viewpoint: str
    level: str
    sentence: str
    base: str = NOTHING


def digest(row) -> str:
    """8 hex digits that change with the answer, "0" for none. `row` has level and sentence, or is None."""
    if row is None or not row.level:
        return NOTHING
    return hashlib.sha256(f"{row.level}\x1f{row.sentence}".encode()).hexdigest()[:8]


def save_skill_view(
    *, actor, enrolment_id: int, moment: str, viewpoint: str, answers: Iterable[Answer]
) -> int:
    """Save work-life skills from one viewpoint; how many changed. `actor` None: the participant, by the link.

    Answers of another viewpoint are refused with DomainError, so one view never touches the other. Raises as
    `save_assessments`.
    """
    return _save_view(SKILLS, actor, enrolment_id, moment, viewpoint, answers)


def save_area_view(
    *, actor, enrolment_id: int, moment: str, viewpoint: str, answers: Iterable[Answer]
) -> int:
    """Save areas of employability from one viewpoint; how many changed. As `save_skill_view`."""
    return _save_view(AREAS, actor, enrolment_id, moment, viewpoint, answers)


def _save_view(subject, actor, enrolment_id, moment, viewpoint, answers) -> int:
    answers = list(answers)
    if any(answer.viewpoint != viewpoint for answer in answers):
        raise DomainError(_("Each view is written by its own side."))
    if actor is None and viewpoint != Viewpoint.PARTICIPANT:
        raise DomainError(_("Each view is written by its own side."))
    return save_assessments(
        actor=actor, enrolment_id=enrolment_id, subject=subject.code, moment=moment, answers=answers
    )


@transaction.atomic
def save_assessments(
    *, actor, enrolment_id: int, subject: str, moment: str, answers: Iterable[Answer]
) -> int:
    """Save the answers of one moment; how many changed. `subject` is "areas" or "skills", `moment` a Moment.

    An answer emptied by its writer is taken away. Raises DomainError for an unknown item or level, or a
    sentence that is missing or too long; StaleVersion when somebody else wrote other words in the same
    place since the writer's page was opened, and then nothing is saved.
    """
    kind = SUBJECTS[subject]
    if moment not in Moment.values:
        raise DomainError(_("There is no such moment."))
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if enrolment.state == EnrolmentState.CANCELLED:
        raise DomainError(_("This person did not start in the month, so nothing more can be written here."))
    standing = standing_rows(kind, enrolment_id=enrolment.pk, moment=moment, lock=True)
    to_write, to_remove = [], []
    for answer in answers:
        answer = _checked(kind, answer)
        row = standing.get((answer.item, answer.viewpoint))
        mine, now = digest(answer), digest(row)
        if mine == now or mine == answer.base:
            continue
        if now != answer.base:
            raise StaleVersion(_("Somebody else saved this in the meantime. Both versions are shown below."))
        (to_write if answer.level else to_remove).append((answer, row))
    for answer, row in to_write:
        _write(kind, enrolment, moment, answer, row, actor)
    kind.model.objects.filter(pk__in=[row.pk for _answer, row in to_remove]).delete()
    changed = len(to_write) + len(to_remove)
    if changed:
        audit.record(
            actor=actor,
            actor_label="" if actor else BY_LINK,
            action=kind.action,
            obj=enrolment,
            participant_id=enrolment.participant_id,
            details={"moment": moment, "rows": changed},
        )
    return changed


def standing_rows(
    subject: Subject, *, enrolment_id: int, moment: str, lock: bool = False
) -> Mapping[tuple[str, str], models.Model]:
    """What stands at one moment: `(item, viewpoint)` -> row. One query."""
    rows = subject.model.objects.filter(enrolment=enrolment_id, moment=moment).select_related("recorded_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    return {(getattr(row, subject.column), row.viewpoint): row for row in rows}


def fault_of(subject: Subject, answer: Answer) -> str:
    """What is wrong with an answer, as a sentence for its field; "" when nothing is."""
    if answer.item not in subject.items.values or answer.viewpoint not in Viewpoint.values:
        return _("There is no such area.")
    if "\x00" in answer.sentence:
        return _("The text holds a character that cannot be saved.")
    if answer.level and answer.level not in Level.values:
        return _("Choose one of the levels.")
    if len(answer.sentence) > subject.sentence_length:
        return _("At most %(limit)s characters; now there are %(count)s.") % {
            "limit": subject.sentence_length,
            "count": len(answer.sentence),
        }
    if answer.sentence and not answer.level:
        return _("Choose how it is.")
    if subject.needs_sentence and answer.level and not answer.sentence:
        if answer.level == Level.NOT_ASSESSED:
            return _("Say why this was not assessed.")
        return _("Write one sentence: what shows it?")
    return ""


def _checked(subject: Subject, answer: Answer) -> Answer:
    answer = Answer(answer.item, answer.viewpoint, answer.level, answer.sentence.strip(), answer.base)
    if fault := fault_of(subject, answer):
        raise DomainError(fault)
    return answer


def _write(subject: Subject, enrolment: Enrolment, moment: str, answer: Answer, row, actor) -> None:
    if row is None:
        row = subject.model(enrolment=enrolment, moment=moment, viewpoint=answer.viewpoint)
        setattr(row, subject.column, answer.item)
    row.level, row.sentence, row.recorded_by = answer.level, answer.sentence, actor
    row.save()
