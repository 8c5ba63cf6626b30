"""What the pages of the signing show: three parties and how each stands, the board, lines of the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from coaching.reminder_hours import APART, next_opening
from core.mail import why_lost
from core.registry import TodayLine
from core.templatetags.page_pieces import date_fi
from employers.enums import Party, PlacementState, SigningMethod
from employers.models import Agreement, Placement, Signature
from employers.querysets.signing import unsigned
from employers.services.signing import SIGNED_IN
from employers.services.signing_links import last_mail_at, officer_of, spoken, why_no_mail
from employers.signing_state import ORDER

WHY_NO_MAIL = {
    "paper": gettext_lazy("signs on paper"),
    "protected": gettext_lazy("protected person: no mail goes"),
    "birth_date": gettext_lazy("no date of birth, so no personal link"),
    "email": gettext_lazy("no e-mail address"),
    "recent": gettext_lazy("got a mail within the last 24 hours"),
}


@dataclass(frozen=True)
class PartyState:
    """How one party of one agreement stands. `sentence` is quiet text, `trouble` what somebody must see."""

    party: str
    label: str
    tone: str
    word: str
    sentence: str
    signature: Signature | None = None
    trouble: str = ""
    remindable: bool = False


@dataclass(frozen=True)
class BoardRow:
    """One work trial on the board of signatures."""

    placement: Placement
    parties: list[PartyState]
    is_sent: bool
    is_late: bool
    may_edit: bool = True
    remindable_ids: list[int] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("employers:signing", args=[self.placement.pk])


def party_states(
    placement: Placement, signatures: Iterable[Signature], *, now: dt.datetime
) -> list[PartyState]:
    """The three parties of one work trial; before it was sent out, three that have not been asked."""
    rows = {signature.party: signature for signature in signatures}
    return [_party_state(placement, party, rows.get(party), now=now) for party in ORDER]


def _party_state(placement: Placement, party: str, signature: Signature | None, *, now) -> PartyState:
    label = Party(party).label.capitalize()
    if signature is None:
        return PartyState(party, label, "neutral", _("not asked yet"), "")
    if signature.signed_at:
        sentence = _("%(name)s, %(day)s, %(how)s") % {
            "name": signature.signer_name,
            "day": date_fi(signature.signed_on),
            "how": signature.get_method_display(),
        }
        return PartyState(party, label, "success", _("signed"), sentence, signature)
    code = why_no_mail(signature, placement)
    trouble = ""
    mail = signature.mail
    if mail is not None and mail.is_lost:
        trouble = " ".join((why_lost(mail), mail.recipient, _("Check the address, or show the link.")))
    elif mail is not None and mail.error:
        trouble = _("The mail did not go to %(address)s yet. It is tried again by itself.") % {
            "address": mail.recipient
        }
    is_paper = signature.asked_by == SigningMethod.PAPER
    return PartyState(
        party,
        label,
        "info" if is_paper else "warning",
        _("on paper") if is_paper else _("missing"),
        _asked_sentence(signature, code, now=now),
        signature,
        trouble,
        remindable=not code,
    )


def _asked_sentence(signature: Signature, code: str, *, now: dt.datetime) -> str:
    parts = [signature.signer_name] if signature.signer_name else []
    if signature.reminded_at:
        parts.append(_("reminded %(day)s") % {"day": date_fi(signature.reminded_at)})
    elif signature.asked_at:
        parts.append(_("asked %(day)s") % {"day": date_fi(signature.asked_at)})
    if code:
        parts.append(str(WHY_NO_MAIL[code]))
    elif (latest := last_mail_at(signature)) and latest + APART > now:
        parts.append(
            _("next reminder at the earliest %(when)s") % {"when": spoken(next_opening(latest + APART))}
        )
    return ", ".join(parts)


def signatures_by_trial(placements: Iterable[Placement]) -> dict[int, list[Signature]]:
    """The standing signatures of these work trials; one query."""
    found: dict[int, list[Signature]] = {}
    rows = Signature.objects.filter(
        agreement__placement__in=[placement.pk for placement in placements],
        agreement__cancelled_at__isnull=True,
    )
    for row in rows.with_trial():
        found.setdefault(row.agreement.placement_id, []).append(row)
    return found


def board_rows(placements: list[Placement], *, today: dt.date, now: dt.datetime) -> list[BoardRow]:
    """The rows of one page of the board; one query."""
    signatures = signatures_by_trial(placements)
    rows = []
    for placement in placements:
        own = signatures.get(placement.pk, [])
        states = party_states(placement, own, now=now)
        is_signed = bool(own) and all(row.signed_at for row in own)
        rows.append(
            BoardRow(
                placement=placement,
                parties=states,
                is_sent=bool(own),
                is_late=not is_signed and placement.starts_on <= today,
                remindable_ids=[state.signature.pk for state in states if state.remindable],
            )
        )
    return rows


@dataclass(frozen=True)
class SigningPanel:
    """The agreement's signatures on the work trial's page."""

    parties: list[PartyState]
    is_sent: bool
    is_signed: bool
    override: str
    fallen: Agreement | None
    url: str
    can_be_sent: bool


def signing_panel(placement: Placement, *, now: dt.datetime) -> SigningPanel:
    """How the signing of one work trial stands; two queries."""
    signatures = signatures_by_trial([placement]).get(placement.pk, [])
    is_signed = bool(signatures) and all(row.signed_at for row in signatures)
    fallen = None
    if not signatures:
        fallen = placement.agreements.filter(cancelled_at__isnull=False).order_by("-cancelled_at").first()
    return SigningPanel(
        parties=party_states(placement, signatures, now=now),
        is_sent=bool(signatures),
        is_signed=is_signed,
        override="" if is_signed else placement.unsigned_start_reason,
        fallen=fallen,
        url=reverse("employers:signing", args=[placement.pk]),
        can_be_sent=placement.state in SIGNED_IN,
    )


def signatures_at_stake(placement: Placement) -> list[Signature]:
    """Those signatures that a change of the terms would cancel; for the form, before it is saved."""
    rows = Signature.objects.filter(
        agreement__placement=placement.pk,
        agreement__cancelled_at__isnull=True,
        signed_at__isnull=False,
    )
    return sorted(rows, key=lambda row: ORDER[row.party])


def signing_lines(user, today: dt.date, *, placements=None) -> list[TodayLine]:
    """Signatures missing of starts that are near or past, and starts without all signatures; one query.
    For the coordinator's desk."""
    if user.role != Role.COORDINATOR:
        return []
    near = today + dt.timedelta(days=settings.START_NEAR_DAYS)
    trials = Placement.objects.visible_to(user, today=today) if placements is None else placements
    found = unsigned(trials).filter(starts_on__lte=near).select_related("participant", "employer")
    return [_line(placement, today) for placement in found[:200]]


def coach_signing_lines(user, months, today: dt.date) -> list[TodayLine]:
    """For the coach's Today: own people who started before all had signed, until it is mended; one query."""
    if not months or user.role != Role.COACH:
        return []
    trials = Placement.objects.visible_to(user, today=today).filter(month__in=list(months))
    started = unsigned(trials).filter(state=PlacementState.ONGOING).exclude(unsigned_start_reason="")
    return [_line(placement, today) for placement in started.select_related("participant", "employer")[:200]]


def _line(placement: Placement, today: dt.date) -> TodayLine:
    is_override = placement.state == PlacementState.ONGOING and placement.unsigned_start_reason
    where = "" if placement.participant.is_restricted else placement.employer.name
    if is_override:
        what = _("started before all had signed: %(why)s") % {"why": placement.unsigned_start_reason}
    elif placement.state == PlacementState.ONGOING:
        what = _("goes on, and not all have signed")
    elif placement.is_sent:
        what = _("starts %(day)s, not all have signed") % {"day": date_fi(placement.starts_on)}
    else:
        what = _("starts %(day)s, the agreement has not been sent out") % {
            "day": date_fi(placement.starts_on)
        }
    return TodayLine(
        heading=_("Started without signatures") if is_override else _("Signatures missing"),
        title=placement.participant.full_name,
        detail=", ".join(part for part in (where, what) if part),
        url=reverse("employers:signing", args=[placement.pk]),
        link_text=_("See the signatures"),
        title_url=reverse("employers:placement", args=[placement.pk]),
        icon="pencil",
        is_late=placement.starts_on <= today,
        day=placement.starts_on,
        order=25,
    )


def first_askings(placement: Placement) -> dict[str, dict]:
    """What the form of the sending proposes for each party."""
    person, protected = placement.participant, placement.participant.is_restricted
    signer = placement.supervisor or placement.guide
    officer = officer_of(placement)
    on_paper = SigningMethod.PAPER
    return {
        Party.PARTICIPANT: {"method": on_paper if protected or not person.birth_date else SigningMethod.LINK},
        Party.EMPLOYER: {
            "method": on_paper if protected else SigningMethod.LINK,
            "contact_person": signer.pk if signer else None,
            "email": "" if protected or not signer else signer.email,
        },
        Party.AUTHORITY: {
            "method": SigningMethod.ACCOUNT if officer else (on_paper if protected else SigningMethod.LINK),
            "name": officer.full_name if officer else person.officer_name,
            "email": "" if protected else person.authority.email,
        },
    }
