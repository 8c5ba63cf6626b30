"""The daily log as the page shows it: five queries, whatever the size of the group."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts.models import User
from coaching.access import can_coach_month
from coaching.daily_log import (
    ADVICE,
    DAY,
    NO_MARK,
    NOTE,
    TIPS,
    TRIALS,
    LogInput,
    Merged,
    Units,
    digests,
    merge,
    read_tip,
)
from coaching.enums import Mark
from coaching.errors import require_open
from coaching.marks import PERSON_MARKS, MarkInfo, mark_info, mark_infos
from coaching.models import DailyLogDraft, Phrase, Session
from coaching.pages.corrections import corrections_in_words
from coaching.pages.daily_log_markup import rows_markup
from coaching.pages.daily_log_rows import (
    Conflict,
    PersonRow,
    RowMaker,
    TipLine,
    illness_hints,
    saver_of,
    tip_lines,
)
from coaching.pages.daily_log_words import tip_in_words
from coaching.services.corrections import released_among
from coaching.services.daily_log import log_rows, standing_units
from coaching.services.daily_log_draft import draft_input
from core.errors import DomainError
from core.prepared import PreparedRows

PHRASES_SHOWN = 12


@dataclass(frozen=True)
class Neighbour:
    """The session before or after this one."""

    id: int
    held_on: dt.date


@dataclass(frozen=True)
class DailyLogPage:
    """Everything that `coaching/daily_log.html` shows."""

    session: Session
    rows: tuple[PersonRow, ...]
    group_note: str
    trial_note: str
    trial_advice: str
    tips: tuple[TipLine, ...]
    tips_said: tuple[str, ...]
    prompts: tuple[str, ...]
    phrases: tuple[tuple[int, str], ...]
    released: tuple[str, ...]
    corrections: tuple[str, ...]
    reason: str
    not_arranged: bool
    not_arranged_reason: str
    base: str
    marks: tuple[MarkInfo, ...]
    not_arranged_effect: str
    counts: Mapping[str, int]
    may_read_notes: bool
    read_only_because: str
    before: Neighbour | None
    after: Neighbour | None
    draft_saved_at: dt.datetime | None = None
    errors: tuple[tuple[str, str], ...] = ()
    field_errors: Mapping[str, str] = field(default_factory=dict)
    note_conflict: Conflict | None = None
    trials_conflict: Conflict | None = None
    advice_conflict: Conflict | None = None
    day_conflict: Conflict | None = None
    confirm_removal: int = 0

    @property
    def rows_markup(self) -> SafeString:
        return rows_markup(self.rows)

    @property
    def is_read_only(self) -> bool:
        return bool(self.read_only_because)


def why_not_writable(*, session: Session, user: User, today: dt.date) -> str:
    """The sentence that says why this person cannot write in this log now, "" when they can."""
    if not can_coach_month(user, session.month, today=today):
        return gettext(
            "You see who was present. Only the group's coach, or today's substitute, writes in the log."
        )
    try:
        require_open(session.month)
    except DomainError as error:
        return str(error)
    if session.held_on > today:
        return gettext("This session can be logged from its own day on.")
    return ""


def build_daily_log_page(
    *,
    session: Session,
    user: User,
    today: dt.date,
    typed: LogInput | None = None,
    field_errors: Mapping[str, str] | None = None,
    refusal: DomainError | None = None,
    fill_present: bool = False,
    insert: str = "",
) -> DailyLogPage:
    """The page of a session (its month and logged_by loaded, read `with_tips` and `with_prompts`) for a user.

    `typed` is a form that was not saved; without one the own draft is restored. `fill_present` marks present
    everybody who has no mark yet, for a browser without JavaScript. `refusal` is why it was not saved.
    `insert` is put at the end of the group note, for a browser without JavaScript.
    """
    because = why_not_writable(session=session, user=user, today=today)
    may_read = can_coach_month(user, session.month, today=today)
    people = log_rows(session)
    standing = standing_units(session, people)
    draft = None
    if typed is None and not because:
        draft = DailyLogDraft.objects.filter(session=session, user=user).first()
    wanted = typed or (draft_input(draft) if draft else LogInput(units={}, version=session.version))
    merged = merge(mine=wanted, theirs=standing, version=session.version)
    if draft and merged.units == standing and not merged.conflicts:
        draft = None
    if fill_present or insert:
        merged = _filled(merged, fill_present=fill_present, insert=insert)
    field_errors = dict(field_errors or {})
    if refusal is not None and refusal.field == "correction_reason":
        field_errors["correction_reason"], refusal = str(refusal), None
    maker = RowMaker(merged, standing, field_errors, saver_of(session))
    hints_of = illness_hints(session, people, wanted=not because)
    rows = tuple(maker.row(person, hints) for person, hints in zip(people, hints_of, strict=True))
    confirm = getattr(refusal, "field", "") == "not_arranged"
    return DailyLogPage(
        session=session,
        rows=rows,
        **(_group_part(merged.units, people) if may_read else NOTHING_TO_READ),
        prompts=_prompts(session),
        phrases=_phrases(user) if not because else (),
        **(_released(people, session) if may_read else NOTHING_RELEASED),
        reason=wanted.reason,
        not_arranged=bool(merged.units[DAY][0]),
        not_arranged_reason=merged.units[DAY][1],
        base=json.dumps(digests(standing), separators=(",", ":")),
        marks=tuple(info for info in mark_infos() if info.code in PERSON_MARKS),
        not_arranged_effect=mark_info(Mark.NOT_ARRANGED).effect,
        counts=_counts(merged.units),
        may_read_notes=may_read,
        read_only_because=because,
        **_neighbours(session),
        draft_saved_at=draft.saved_at if draft else None,
        errors=_error_summary(rows, field_errors, merged, refusal),
        field_errors=field_errors,
        **{f"{key}_conflict": maker.conflict(key) for key in (NOTE, TRIALS, ADVICE, DAY)},
        confirm_removal=_marked_count(merged.units, standing) if confirm else 0,
    )


NOTHING_TO_READ = {"group_note": "", "trial_note": "", "trial_advice": "", "tips": (), "tips_said": ()}


def _group_part(units: Units, people: Sequence[Mapping]) -> dict:
    """What is written about the group: only for who may read notes."""
    names = {str(person["pk"]): person["participant__first_name"] for person in people}
    return {
        "group_note": units[NOTE][0],
        "trial_note": units[TRIALS][0],
        "trial_advice": units[ADVICE][0],
        "tips": tip_lines(units[TIPS], people),
        "tips_said": tuple(tip_in_words(*read_tip(line), names) for line in units[TIPS]),
    }


def _prompts(session: Session) -> tuple[str, ...]:
    """What the programme suggests to write about in this week, a line each."""
    lines = (getattr(session, "week_prompts", "") or "").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


_PHRASES = PreparedRows(
    lambda *, user_id: Phrase.objects.most_used(user_id).values("pk", "text")[:PHRASES_SHOWN],
    names=("pk", "text"),
    stand_ins={"user_id": -1},
)


def _phrases(user: User) -> tuple[tuple[int, str], ...]:
    return tuple((row["pk"], row["text"]) for row in _PHRASES.rows(user_id=user.pk))


NOTHING_RELEASED = {"released": (), "corrections": ()}


def _released(people: Sequence[Mapping], session: Session) -> dict[str, tuple[str, ...]]:
    """Names of those whose summary left the house, and what was corrected since on this half day."""
    ids = released_among(person["pk"] for person in people)
    if not ids:
        return NOTHING_RELEASED
    names = {
        person["pk"]: f"{person['participant__first_name']} {person['participant__last_name']}"
        for person in people
        if person["pk"] in ids
    }
    made = corrections_in_words(ids, day=session.held_on, half=session.half)
    return {
        "released": tuple(names.values()),
        "corrections": tuple(f"{names[number]}: {sentence}" for number, sentence in made),
    }


def _filled(merged: Merged, *, fill_present: bool, insert: str) -> Merged:
    units: Units = {
        key: (Mark.PRESENT.value, "", "")
        if fill_present and key.startswith("attendance-") and unit == NO_MARK
        else unit
        for key, unit in merged.units.items()
    }
    if insert:
        units[NOTE] = ("\n".join(part for part in (units[NOTE][0], insert) if part),)
    return Merged(units=units, conflicts=merged.conflicts)


_SESSIONS = PreparedRows(
    lambda *, month_id: Session.objects.filter(month=month_id).in_order().values("pk", "held_on"),
    names=("pk", "held_on"),
    stand_ins={"month_id": -1},
)


def _neighbours(session: Session) -> dict[str, Neighbour | None]:
    days = [
        Neighbour(id=pk, held_on=held_on)
        for pk, held_on in map(dict.values, _SESSIONS.rows(month_id=session.month_id))
    ]
    here = next(index for index, day in enumerate(days) if day.id == session.pk)
    before = days[here - 1] if here else None
    after = days[here + 1] if here + 1 < len(days) else None
    return {"before": before, "after": after}


def _counts(units: Units) -> dict[str, int]:
    marks = [unit[0] for key, unit in units.items() if key.startswith("attendance-")]
    present, missing = marks.count(Mark.PRESENT), marks.count("")
    return {"present": present, "missing": missing, "absent": len(marks) - present - missing}


def _marked_count(units: Units, standing: Units) -> int:
    """How many people's marks "not arranged" would remove."""
    return sum({units[key], standing[key]} != {NO_MARK} for key in units if key.startswith("attendance-"))


GROUP_FIELDS = (
    "group_note",
    "trial_note",
    "trial_advice",
    "tips",
    "not_arranged_reason",
    "correction_reason",
)
# where the eye is led for what is wrong in a list
PLACES = {"tips": "tiptext-0", "acts": "actkind-{}-0"}


def _error_summary(
    rows: tuple[PersonRow, ...],
    field_errors: Mapping[str, str],
    merged: Merged,
    refusal: DomainError | None,
) -> tuple[tuple[str, str], ...]:
    """(id of the field, sentence) for the box on top; "" as id for the whole form."""
    lines: list[tuple[str, str]] = []
    if refusal is not None:
        anchor = "confirm_removal" if refusal.field == "not_arranged" else ""
        lines.append((anchor, str(refusal)))
    lines += [(PLACES.get(name, name), field_errors[name]) for name in GROUP_FIELDS if name in field_errors]
    for row in rows:
        lines += [
            (PLACES.get(part, f"{part}-{{}}").format(row.id), f"{row.name}: {error}")
            for part, error in row.errors.items()
        ]
        lines += [
            (f"choice-{conflict.key}-mine", f"{row.name}: {conflict.mine} / {conflict.theirs}")
            for conflict in row.conflicts
        ]
    group = (
        (NOTE, gettext("Group note")),
        (TRIALS, gettext("What happened in the work trials")),
        (ADVICE, gettext("What the group advised")),
        (DAY, gettext("Not arranged")),
    )
    for key, what in group:
        if key in merged.conflicts:
            lines.append((f"choice-{key}-mine", f"{what}: {gettext('two versions')}"))
    return tuple(lines)
