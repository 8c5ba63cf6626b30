"""What still stands between a summary and its release, each hole with the place that fills it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.enums import Area, DiscussionKind
from participants.consent import missing_consents
from participants.enums import ConsentItem, ConsentRecipient
from reports.enums import MissingReason
from reports.querysets import RELEASE_ITEMS
from reports.summary.protection import place_told


@dataclass(frozen=True)
class Hole:
    """One thing that is missing: `code` for tests and styles, a sentence, and where it is filled ("" when
    that is on the summary's own page). One that does not block is only pointed out."""

    code: str
    sentence: str
    url: str = ""
    blocks: bool = True


def find_holes(version, *, today: dt.date) -> tuple[Hole, ...]:
    """Everything that is missing from the SummaryVersion before it may be released, blocking holes first.

    Looks at the frozen data and at today's consents (one query); a hole that was filled after the version
    was made goes away when the version is made again. Refusal by blocks is te-summary.md's list: 1-4, 6, 7
    and 11 or its planned date; "not assessed" with a reason counts as an answer.
    """
    return (
        *_consent_holes(version, today=today),
        *_moved_on_holes(version),
        *_block_holes(version),
        *_approval_holes(version),
        *_warnings(version),
    )


def blocking(holes: tuple[Hole, ...]) -> tuple[Hole, ...]:
    """Those that a release must refuse."""
    return tuple(hole for hole in holes if hole.blocks)


def _link(name: str, *args) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:  # the page is another app's and may be switched off
        return ""


def _consent_holes(version, *, today: dt.date) -> list[Hole]:
    person = version.enrolment.participant
    wanted = tuple(dict.fromkeys((*RELEASE_ITEMS, *version.data["items"])))
    missing = missing_consents(
        participant=person, recipient=ConsentRecipient.AUTHORITY, items=wanted, today=today
    )
    url = _link("participants:participant-consents", person.pk)
    holes = []
    for item in missing:
        label = ConsentItem(item).label
        if item in version.data["items"]:
            sentence = _(
                "The consent to “%(item)s” is over, but this version shows it. Make the summary again."
            )
            holes.append(Hole("consent_over", sentence % {"item": label}))
        if item in RELEASE_ITEMS:
            sentence = _("The participant has not allowed the TE-office to get: %(item)s.")
            holes.append(Hole("consent_missing", sentence % {"item": label}, url))
    return holes


def _moved_on_holes(version) -> list[Hole]:
    """What has become of the person since the version was made, and forbids to send it."""
    person, holes = version.enrolment.participant, []
    if place := place_told(version):
        sentence = _(
            "The person is protected now, and this version names a workplace (%(place)s). Make the summary "
            "again, and take the name out of your own text."
        )
        holes.append(Hole("place", sentence % {"place": place}))
    basics = version.data.get("basics")
    if basics is not None and basics["authority"] != person.authority.name:
        sentence = _("The person's office is %(now)s now, but this version says %(then)s. Make it again.")
        words = {"now": person.authority.name, "then": basics["authority"]}
        holes.append(Hole("office", sentence % words))
    return holes


def _block_holes(version) -> list[Hole]:
    data, person, enrolment = version.data, version.enrolment.participant, version.enrolment.pk
    of_person = _link("participants:participant-edit", person.pk)
    holes = []
    basics = data.get("basics")
    if basics is not None and not basics["officer"]:
        holes.append(Hole("officer", _("The responsible officer is not named."), of_person))
    start = data.get("start")
    if start is not None:
        if not start["labour_status"]:
            holes.append(
                Hole("labour_status", _("The labour-market status at the start is missing."), of_person)
            )
        if start["missing"]:
            holes.append(Hole("goal", _reason(start), _link("coaching:goal", enrolment)))
    happened = data.get("happened")
    if happened is not None and happened["missing"]:
        holes.append(Hole("days", _reason(happened), _link("coaching:today")))
    change = data.get("change")
    if change is not None and change["missing_areas"]:
        names = ", ".join(str(Area(area).label) for area in change["missing_areas"])
        sentence = _("The assessment by both at start and end is not whole yet: %(areas)s.") % {
            "areas": names
        }
        url = _link("coaching:areas", enrolment, "end")
        holes.append(Hole("areas", sentence % {"areas": names}, url))
    plan = data.get("plan")
    if plan is not None and plan["missing"]:
        holes.append(Hole("next_steps", _reason(plan), _link("coaching:action-step-new", enrolment)))
    proposal = data.get("proposal")
    if proposal is not None and proposal["missing"]:
        holes.append(Hole("proposal", _reason(proposal), _link("coaching:proposal", enrolment)))
    final = data.get("final")
    if final is not None and final["missing"]:
        url = _link("coaching:discussion", enrolment, DiscussionKind.THREE_PARTY.value)
        holes.append(Hole("final", _reason(final), url))
    return holes


def _reason(block: dict) -> str:
    return str(MissingReason(block["missing"]).label)


def _approval_holes(version) -> list[Hole]:
    if not version.is_signed:
        return [Hole("signature", _("The participant has not approved this version yet."), "#approval")]
    if not version.has_fresh_pdf:
        return [Hole("pdf", _("The PDF is still being made. It takes a few seconds."))]
    return []


def _warnings(version) -> list[Hole]:
    happened = version.data.get("happened")
    unlogged = happened["sessions_unlogged"] if happened is not None else 0
    if not unlogged:
        return []
    sentence = ngettext(
        "%(n)s session is not logged or still to come, so the summary carries the word “provisional”.",
        "%(n)s sessions are not logged or still to come, so the summary carries the word “provisional”.",
        unlogged,
    ) % {"n": unlogged}
    return [Hole("provisional", sentence, _link("coaching:today"), blocks=False)]
