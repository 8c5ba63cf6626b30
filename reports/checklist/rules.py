"""What is missing for one person's summary, and what is not due yet. Pure: no queries, no clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.enums import Area, DiscussionKind, Moment, Viewpoint
from core.templatetags.page_pieces import date_fi
from participants.enums import ConsentItem
from reports.checklist.days import DueDays, due_days
from reports.checklist.items import Entry, Item, Status
from reports.checklist.load import PersonFacts
from reports.querysets import RELEASE_ITEMS


@dataclass(frozen=True)
class PersonCheck:
    """One row of the matrix."""

    facts: PersonFacts
    entries: tuple[Entry, ...] = field(default_factory=tuple)

    @property
    def holes(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.status == Status.HOLE]

    @property
    def coming(self) -> list[Entry]:
        """What is not due yet, the soonest first."""
        found = [entry for entry in self.entries if entry.status == Status.COMING]
        return sorted(found, key=lambda entry: entry.day or dt.date.max)

    @property
    def blocking(self) -> list[Entry]:
        return [entry for entry in self.holes if entry.blocks]

    @property
    def is_complete(self) -> bool:
        """Nothing is missing and nothing is to come."""
        return not any(entry.blocks for entry in self.entries)

    def of(self, item: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.item == item]


def check(facts: PersonFacts, *, today: dt.date) -> PersonCheck:
    """Everything that is missing or coming for one person, in the order of the items."""
    person = facts.enrolment
    days = due_days(
        month_starts=facts.month.starts_on,
        month_ends=facts.month.ends_on,
        joined=person.joined_on,
        left=person.left_on,
    )
    made = [
        *_basics(facts, days),
        *_goal(facts, days),
        *_days(facts, today),
        *_views(facts, Item.START_VIEWS, Moment.START, days.first_week),
        *_views(facts, Item.END_VIEWS, Moment.END, days.last_week),
        *_talks(facts, days),
        *_plan(facts, days),
        *_agreements(facts, days),
        *_consents(facts, days),
        *_approval(facts, days),
    ]
    return PersonCheck(facts, tuple(_timed(entry, today) for entry in made))


def _timed(entry: Entry, today: dt.date) -> Entry:
    """A thing whose day has not come yet stands apart."""
    status = Status.COMING if entry.day is not None and today < entry.day else Status.HOLE
    return replace(entry, status=str(status))


def _missing(item: str, sentence: str, url: str, day: dt.date | None, **more) -> Entry:
    return Entry(str(item), "", sentence, url, day, **more)


def _basics(facts: PersonFacts, days: DueDays) -> list[Entry]:
    participant = facts.enrolment.participant
    edit = reverse("participants:participant-edit", args=[participant.pk])
    found = []
    if not (participant.officer_id or participant.officer_name):
        sentence = _("Name the responsible officer")
        found.append(_missing(Item.BASICS, sentence, f"{edit}#id_officer", days.first, is_shared=True))
    if not participant.labour_status:
        sentence = _("Note the labour-market status at the start")
        found.append(
            _missing(Item.BASICS, sentence, f"{edit}#id_labour_status_0", days.first, is_shared=True)
        )
    return found


def _goal(facts: PersonFacts, days: DueDays) -> list[Entry]:
    if facts.enrolment.has_goal:
        return []
    url = reverse("coaching:goal", args=[facts.enrolment.pk])
    return [_missing(Item.GOAL, _("Write the goal in own words"), f"{url}#id_text", days.first_week)]


def _days(facts: PersonFacts, today: dt.date) -> list[Entry]:
    """Each past session without a mark is a hole of its own; the rest of the month is one line that comes."""
    past = [session for session in facts.unlogged if session.held_on < today]
    ahead = [session for session in facts.unlogged if session.held_on >= today]
    found = []
    for session in past:
        url = reverse("coaching:daily-log", args=[session.pk])
        sentence = _("Log the day %(day)s") % {"day": date_fi(session.held_on)}
        anchor = f"{url}#mark-{facts.enrolment.pk}"
        found.append(_missing(Item.DAYS, sentence, anchor, session.held_on))
    if ahead:
        sentence = ngettext("%(n)s session to log", "%(n)s sessions to log", len(ahead)) % {"n": len(ahead)}
        url = reverse("coaching:daily-log", args=[ahead[0].pk])
        found.append(_missing(Item.DAYS, sentence, url, ahead[0].held_on + dt.timedelta(days=1)))
    return found


def _views(facts: PersonFacts, item: str, moment: str, day: dt.date) -> list[Entry]:
    """One line for each view: the participant's and the coach's are filled by different people."""
    page = reverse("coaching:areas", args=[facts.enrolment.pk, moment])
    found = []
    for viewpoint in Viewpoint:
        lacking = [area for area in Area if (area, moment, viewpoint) not in facts.assessed]
        if not lacking:
            continue
        whose = capfirst(str(viewpoint.label))
        sentence = _("%(whose)s: %(n)s of %(all)s areas missing") % {
            "whose": whose,
            "n": len(lacking),
            "all": len(Area),
        }
        found.append(_missing(item, sentence, f"{page}#id-{lacking[0]}-{viewpoint}-level", day))
    return found


def _talks(facts: PersonFacts, days: DueDays) -> list[Entry]:
    found = []
    mid = facts.talks.get(DiscussionKind.MID)
    if mid is None or not mid.held_on:
        url = reverse("coaching:discussion", args=[facts.enrolment.pk, DiscussionKind.MID.value])
        day = mid.planned_on if mid and mid.planned_on else days.middle
        found.append(
            _missing(Item.TALKS, _("Hold the mid discussion"), f"{url}#id_held_on", day, blocks=False)
        )
    ends = [facts.talks.get(kind) for kind in (DiscussionKind.THREE_PARTY, DiscussionKind.FINAL)]
    ends = [talk for talk in ends if talk is not None]
    page = reverse("coaching:discussion", args=[facts.enrolment.pk, DiscussionKind.THREE_PARTY.value])
    if not any(talk.held_on or talk.planned_on for talk in ends):
        sentence = _("Hold the final discussion or give it a day")
        found.append(_missing(Item.TALKS, sentence, f"{page}#id_planned_on", days.last_week))
    elif not any(talk.held_on for talk in ends):
        planned = min(talk.planned_on for talk in ends if talk.planned_on)
        talk = next(talk for talk in ends if talk.planned_on == planned)
        url = reverse("coaching:discussion", args=[facts.enrolment.pk, talk.kind])
        sentence = _("Final discussion on %(day)s: note what was said") % {"day": date_fi(planned)}
        found.append(_missing(Item.TALKS, sentence, f"{url}#id_held_on", planned, blocks=False))
    return found


def _plan(facts: PersonFacts, days: DueDays) -> list[Entry]:
    person, found = facts.enrolment, []
    if not person.has_step:
        url = reverse("coaching:action-step-new", args=[person.pk])
        sentence = _("Agree on at least one next step")
        found.append(_missing(Item.NEXT_STEPS, sentence, f"{url}#id_what", days.last_week))
    if not person.has_proposal:
        url = reverse("coaching:proposal", args=[person.pk])
        sentence = _("Write what is proposed to be decided")
        found.append(_missing(Item.PROPOSAL, sentence, f"{url}#id_kind_0", days.last_week))
    return found


def _agreements(facts: PersonFacts, days: DueDays) -> list[Entry]:
    """Neither holds a release back: they are the month's own paper, not the summary's."""
    participant, found = facts.enrolment.participant, []
    if not participant.agreement_signed_on:
        url = reverse("participants:participant-consents", args=[participant.pk])
        sentence = _("Get the participation agreement signed")
        anchor = f"{url}#id_preparation-agreement_signed_on"
        found.append(_missing(Item.AGREEMENT, sentence, anchor, days.first, blocks=False, is_shared=True))
    for trial in facts.trials:
        if not trial.is_signed:
            url = reverse("employers:signing", args=[trial.pk])
            sentence = _("Work trial from %(day)s: not signed by all three") % {
                "day": date_fi(trial.starts_on)
            }
            more = {"blocks": False, "is_shared": True}
            found.append(
                _missing(Item.AGREEMENT, sentence, f"{url}#parties-heading", trial.starts_on, **more)
            )
    return found


def _consents(facts: PersonFacts, days: DueDays) -> list[Entry]:
    url = reverse("participants:participant-consents", args=[facts.enrolment.participant_id])
    found = []
    for item in RELEASE_ITEMS:
        if item not in facts.consents:
            sentence = _("Ask for the consent: %(item)s") % {"item": ConsentItem(item).label}
            found.append(_missing(Item.CONSENTS, sentence, f"{url}#consent-authority.{item}", days.first))
    return found


def _approval(facts: PersonFacts, days: DueDays) -> list[Entry]:
    summary = facts.summary
    if summary is None:
        url = reverse("reports:month", args=[facts.month.pk])
        anchor = f"{url}#part-{facts.enrolment.pk}"
        return [
            _missing(Item.APPROVAL, _("Make the summary and give it to be read"), anchor, days.last),
            _missing(Item.PDF, _("The PDF is made with the summary"), anchor, days.last),
        ]
    url, found = reverse("reports:summary", args=[summary.pk]), []
    if not summary.is_signed:
        sentence = _("Ask for the participant's approval")
        found.append(_missing(Item.APPROVAL, sentence, f"{url}#next-step", days.last))
    if not summary.has_fresh_pdf and summary.is_in_work:
        sentence = _("Make the PDF of what holds now")
        found.append(_missing(Item.PDF, sentence, f"{url}#pdf-{summary.pk}", days.last))
    return found
