"""What all apps add to, filled in each app's `apps.py`, so that a lower app need not know a higher one.

- `participant_visibility`: functions `(user, today) -> QuerySet | None`: one column of the ids of those
  participants whose file this user may open on that day. None adds nobody.
- `person_sections`: functions `(participant) -> (title, list[dict])`: what a person's own export holds.
- `anonymisers`: functions `(participant) -> int`: how many rows were stripped of what names the person.
- `audit_sentences`: what an action of the audit trail is called, for people: `{"summary.released": _("…")}`.
- `participant_panels`: functions `(participant, user) -> Panel | None`: what an app shows of its own on the
  participant's page. Called once per opening, for a user who may open the file; the function itself checks
  what of its own this user may see and answers None otherwise. At most two queries each.
- `left_the_house`: functions `(enrolment_ids) -> set[int]`: those enrolments whose summary was released, so
  that what is corrected afterwards asks for a reason.
- `link_pages`: `LinkPage`s: what a participant finds behind the personal link, each served by its own app.
- `timeline_sources`: functions `(enrolment, user) -> Iterable[TimelineEntry]`: what higher apps add to the
  person's timeline in the month, as far as this user may see it; at most one query each.
- `today_sources`: functions `(user, months, today) -> Iterable[TodayLine]`: what an app adds to the coach's
  Today page. `months` maps the ids of the open months that this user coaches on that day (as coach, second
  coach or substitute) to their CoachingMonth; ask about all of them at once: at most two queries each, with
  one month or with twelve. Every line is something to do and carries its link.
- `desk_sources`: functions `(user, today) -> Iterable[TodayLine]`: what a matter adds to the coordinator's
  desk, for the months and employers of this user; at most two queries each, with one row or two hundred.
  Every line is something to do and leads to it (employers/desk.py names the sections in their order).
- `today_links`: `QuickLink`s: what a coach starts from the Today page whatever the day.
- `work_spells`: functions `(enrolment_ids, first, last) -> Iterable[WorkSpell]`: when somebody's half days
  belong to a workplace, so that the grid knows a missing mark from a free half day. At most one query each.
- `situation_notes`: functions `(enrolment_ids, user, today) -> dict[int, SituationNote]`: where each person
  of the situation board stands in an app's own matter; who this user may not know of is left out. At most
  two queries each.
- `named_recipients`: functions `(participant, today) -> Iterable[NamedRecipient]`: the single recipients to
  which items can be allowed one by one (an employer), those of the history with `is_open` false. At most
  three queries each.
- `consent_revoked`: functions `(consent, actor, actor_label)`, called in the transaction in which a consent
  is taken back: what went out by it is taken back at once.
- `calendar_days`: functions `(enrolment, user, first, last) -> Iterable[CalendarDay]`: what an app adds to a
  calendar, between the days: of one participant's place in a month (`enrolment`; shown to the participant and
  in the own feed) or of one user (`user`, for the feed). Exactly one of the two is given. One query.
- `ways_out`: every way in which personal data leaves the house, with the consent that it needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """An ordered set: adding the same thing twice (a reloaded module) changes nothing."""

    def __init__(self) -> None:
        self._entries: dict[T, None] = {}

    def add(self, entry: T) -> T:
        self._entries[entry] = None
        return entry

    def __iter__(self) -> Iterator[T]:
        return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True)
class WayOut:
    """One way in which personal data leaves: `code` is dotted (`summary.release`), `recipient` and `items`
    are values of participants.enums.ConsentRecipient and ConsentItem; `items` empty means that the way out
    carries no personal data and says so in `why_none`."""

    code: str
    recipient: str
    items: tuple[str, ...]
    why_none: str = ""


@dataclass(frozen=True)
class Panel:
    """A card on the participant's page: a `title`, and either `summary` (one or two sentences) or `template`
    (rendered with `panel` and `participant`; its data in `panel.context`). `url` with `link_text` (a verb)
    leads on to the app's own page. Panels stand in ascending `order`."""

    title: str
    summary: str = ""
    url: str = ""
    link_text: str = ""
    template: str = ""
    context: dict = field(default_factory=dict)
    order: int = 100


@dataclass(frozen=True)
class LinkPage:
    """One page behind the participant's personal link.

    `card` is a function `(participant, today) -> LinkCard | None`: what the first page says of it; None
    leaves it out for now. At most two queries each. Cards stand in ascending `order`."""

    code: str
    card: object
    order: int = 100


@dataclass(frozen=True)
class LinkCard:
    """A card on the first page of the personal link: `title`, one `sentence`, `url` with its verb. `state` is
    "todo", "started", "done" or "" (nothing to do, only to read)."""

    title: str
    sentence: str
    url: str
    link_text: str
    state: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """One dated line of the person's timeline: `kind` is a word for the badge, `text` a sentence."""

    day: object
    kind: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class TodayLine:
    """One thing to do on the Today page. Lines with the same `heading` stand together; sections stand in
    ascending `order`, in each the late ones first, then by `day` and `title`.

    `title` is who or what, `title_url` leads to it, `detail` are quiet words. `url` with `link_text` (a verb)
    is the action; an address that begins with "tel:" rings. `done_url` is a POST address that marks the thing
    done from where it stands, with a `next` that leads back. `alarm` stands on the mark of a late line that
    is in trouble rather than late."""

    heading: str
    title: str
    detail: str
    url: str
    link_text: str
    title_url: str = ""
    icon: str = ""
    is_late: bool = False
    day: object = None
    order: int = 100
    done_url: str = ""
    alarm: str = ""


@dataclass(frozen=True)
class QuickLink:
    """A button on the Today page: a verb, the name of an address without arguments, an icon."""

    text: object
    url_name: str
    icon: str


@dataclass(frozen=True)
class WorkSpell:
    """From `first` to `last` the `half` of the days is at a workplace, `hours` (Decimal) a day, on the
    `weekdays` (digits of the ISO weekdays)."""

    enrolment_id: int
    first: object
    last: object
    half: str
    hours: object
    weekdays: str = "12345"


@dataclass(frozen=True)
class SituationNote:
    """One cell of the situation board: `text`, a `url` when this user may open it, and whether it is a gap
    that somebody has to fill (`is_missing`)."""

    text: str
    url: str = ""
    is_missing: bool = False


@dataclass(frozen=True)
class CalendarDay:
    """One thing in a calendar on `day`, at `begins_at` (a time) or some time that day. `title` names no
    person and no workplace: a feed's address is its only key. `uid` stays over changes, `sequence` grows."""

    uid: str
    day: object
    title: str
    begins_at: object = None
    sequence: int = 0


@dataclass(frozen=True)
class NamedRecipient:
    """One recipient by name: `recipient` is a ConsentRecipient value, `pk` its id there. `url` leads staff to
    what the consent is for; `is_open` tells whether something can be allowed now."""

    recipient: str
    pk: int
    name: str
    url: str = ""
    is_open: bool = True


participant_visibility: Registry = Registry()
participant_panels: Registry = Registry()
person_sections: Registry = Registry()
anonymisers: Registry = Registry()
ways_out: Registry[WayOut] = Registry()
left_the_house: Registry = Registry()
link_pages: Registry[LinkPage] = Registry()
timeline_sources: Registry = Registry()
today_sources: Registry = Registry()
today_links: Registry[QuickLink] = Registry()
desk_sources: Registry = Registry()
work_spells: Registry = Registry()
situation_notes: Registry = Registry()
named_recipients: Registry = Registry()
consent_revoked: Registry = Registry()
calendar_days: Registry = Registry()

# pairs `(role, url_name)`: the first page of each role
home_pages: Registry[tuple[str, str]] = Registry()

# action -> lazily translated sentence in the past tense without an object: "Released a summary"
audit_sentences: dict[str, object] = {}
