"""The form of assessments: items times two views, a hand-written loop over plain data (architecture 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coaching.enums import Level, Moment, Viewpoint
from coaching.services.assessments import NOTHING, Answer, Subject, digest, fault_of

LONGEST_BASE = 40 * 9


@dataclass
class Field:
    """One answer: what was typed, what it began from, and what is wrong with it."""

    item: str
    item_label: str
    viewpoint: str
    viewpoint_label: str
    level: str = ""
    sentence: str = ""
    base: str = NOTHING
    error: str = ""

    @property
    def name(self) -> str:
        return f"{self.item}-{self.viewpoint}"

    @property
    def text(self) -> str:
        """The answer in words, for showing two side by side."""
        if self.level not in Level.values:
            return ""
        label = str(Level(self.level).label)
        return f"{label}: {self.sentence}" if self.sentence else label

    def answer(self) -> Answer:
        return Answer(self.item, self.viewpoint, self.level, self.sentence, self.base)


@dataclass
class AssessmentForm:
    """Every item of one subject at one moment, from each of `viewpoints`."""

    subject: Subject
    moment: str
    fields: list[Field]
    errors: list[str] = field(default_factory=list)

    @classmethod
    def from_rows(
        cls, subject: Subject, moment: str, rows: Mapping, viewpoints=tuple(Viewpoint)
    ) -> AssessmentForm:
        """Filled with what is on record; `rows` from services.assessments.standing_rows."""
        form = cls(subject, moment, _empty_fields(subject, viewpoints))
        for item in form.fields:
            row = rows.get((item.item, item.viewpoint))
            if row is not None:
                item.level, item.sentence, item.base = row.level, row.sentence, digest(row)
        return form

    @classmethod
    def from_post(cls, subject: Subject, moment: str, data, viewpoints=tuple(Viewpoint)) -> AssessmentForm:
        """Filled with what was typed; `errors` and each field's `error` say what is wrong."""
        form = cls(subject, moment, _empty_fields(subject, viewpoints))
        bases = data.get("base", "")[:LONGEST_BASE].split(".")
        if len(bases) != len(form.fields):
            bases = [NOTHING] * len(form.fields)
        for item, base in zip(form.fields, bases, strict=True):
            item.level = data.get(f"{item.name}-level", "")[:40]
            # browsers send line ends as \r\n
            item.sentence = data.get(f"{item.name}-sentence", "").replace("\r\n", "\n").strip()
            item.base = base
            item.error = fault_of(subject, item.answer())
        form.errors = [item.error for item in form.fields if item.error]
        return form

    @property
    def base(self) -> str:
        """What the form began from, in one hidden field: digests only, no text."""
        return ".".join(item.base for item in self.fields)

    @property
    def by_item(self) -> list[tuple[str, str, list[Field]]]:
        """(item, label, its fields) in order."""
        grouped: dict[str, list[Field]] = {}
        for item in self.fields:
            grouped.setdefault(item.item, []).append(item)
        return [(code, items[0].item_label, items) for code, items in grouped.items()]

    @property
    def moment_label(self) -> str:
        return str(Moment(self.moment).label)

    def compared_with(self, theirs: AssessmentForm) -> list[tuple[str, str, str]]:
        """(label, what stands now, what was typed) where another wrote since the form was opened."""
        return [
            (f"{mine.item_label}, {mine.viewpoint_label}", now.text, mine.text)
            for mine, now in zip(self.fields, theirs.fields, strict=True)
            if now.base not in (mine.base, digest(mine)) and digest(mine) != mine.base
        ]

    def begin_from(self, theirs: AssessmentForm) -> None:
        """After a conflict was shown: saving again makes one's own words the newest, and leaves alone what
        one did not touch."""
        for mine, now in zip(self.fields, theirs.fields, strict=True):
            if digest(mine) == mine.base:
                mine.level, mine.sentence = now.level, now.sentence
            mine.base = now.base

    def answers(self) -> list[Answer]:
        return [item.answer() for item in self.fields]


def _empty_fields(subject: Subject, viewpoints) -> list[Field]:
    return [
        Field(item.value, str(item.label), viewpoint.value, str(viewpoint.label))
        for item in subject.items
        for viewpoint in viewpoints
    ]
