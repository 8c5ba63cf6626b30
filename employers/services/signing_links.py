"""Asking for signatures: sent out, asked again in another way, shown at a visit, reminded (product.md E6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.audit import record
from coaching.reminder_hours import APART, may_remind_at, next_opening
from core.errors import DomainError
from core.mail import queue_mail
from core.templatetags.page_pieces import time_fi
from employers.enums import Party, SigningMethod, WorkplacePurpose
from employers.errors import SigningOver
from employers.models import Agreement, ContactPerson, Placement, Signature
from employers.services.signing import METHODS_OF, SIGNED_IN, lock_placement, open_agreement, require_consents
from employers.services.workplace_links import (
    GivenWorkplaceLink,
    give_workplace_link,
    revoke_workplace_links,
)
from participants.enums import LinkChannel
from participants.services.personal_links import give_link

PROTECTED = "protected"


@dataclass(frozen=True)
class Asking:
    """How one party is asked: `method` is a SigningMethod; `email` "" means that the link is shown or told
    by hand. `contact_person` is for the workplace, `name` for the authority."""

    method: str
    contact_person: ContactPerson | None = None
    name: str = ""
    email: str = ""


@transaction.atomic
def send_for_signing(
    *, actor, placement_id: int, askings: Mapping[str, Asking], now: dt.datetime, today: dt.date
) -> Agreement:
    """Write the text down and ask all three. `askings` has an Asking for each Party.

    Raises ConsentMissing, SigningOver, and DomainError at a party (`field` is the party) whose way does not
    work: nothing is sent then.
    """
    placement = lock_placement(placement_id)
    require_consents(participant=placement.participant, today=today)
    agreement = open_agreement(actor=actor, placement=placement, now=now)
    record(
        actor=actor,
        action="agreement.sent",
        obj=agreement,
        participant_id=placement.participant_id,
        details={"placement": placement_id, "ways": {str(party): a.method for party, a in askings.items()}},
    )
    for signature in agreement.signatures.order_by("id"):
        _ask(signature, askings[signature.party], placement, actor=actor, now=now)
    return agreement


@transaction.atomic
def ask_otherwise(*, actor, signature_id: int, asking: Asking, now: dt.datetime, today: dt.date) -> Signature:
    """Ask one party again: somebody else, at another address, or on paper. The link before stops working.

    Raises DomainError when the party has signed or the agreement was cancelled, and what `send_for_signing`
    raises.
    """
    signature, placement = _locked_missing(signature_id)
    require_consents(participant=placement.participant, today=today)
    _ask(signature, asking, placement, actor=actor, now=now)
    record(
        actor=actor,
        action="signature.asked",
        obj=signature,
        participant_id=placement.participant_id,
        details={"party": signature.party, "way": asking.method},
    )
    return signature


@transaction.atomic
def show_link(*, actor, signature_id: int, now: dt.datetime, today: dt.date) -> GivenWorkplaceLink:
    """A new link to the place of one signature, for the screen or for paper: to be opened on the phone at a
    visit. The one before stops working. Not for the participant, who signs in the own pages."""
    signature, placement = _locked_missing(signature_id)
    if signature.party == Party.PARTICIPANT:
        raise DomainError(_("The participant signs in the own pages. Give the personal link."))
    require_consents(participant=placement.participant, today=today)
    Signature.objects.filter(pk=signature.pk).update(
        asked_by=SigningMethod.LINK, email="", mail=None, asked_at=now
    )
    return give_workplace_link(
        actor=actor,
        purpose=WorkplacePurpose.SIGN,
        subject_id=signature.pk,
        placement=placement,
        now=now,
        contact_person=signature.contact_person,
        language=_language(signature, placement),
    )


def _locked_missing(signature_id: int) -> tuple[Signature, Placement]:
    """A place that waits for its signature, and its work trial, both locked."""
    placement_id = Signature.objects.values_list("agreement__placement", flat=True).get(pk=signature_id)
    placement = lock_placement(placement_id)
    signature = (
        Signature.objects.select_for_update(of=("self",))
        .select_related("agreement", "contact_person")
        .get(pk=signature_id)
    )
    if signature.agreement.cancelled_at:
        raise DomainError(_("This agreement was cancelled. Reload the page to see how it stands."))
    if signature.signed_at:
        raise DomainError(_("This party has signed already."))
    if placement.state not in SIGNED_IN:
        raise SigningOver(_("The work trial is over, so the agreement is not signed any more."))
    return signature, placement


def _ask(signature: Signature, asking: Asking, placement: Placement, *, actor, now: dt.datetime) -> None:
    """Note the way and send what it takes. Raises DomainError at the party."""
    if asking.method not in METHODS_OF[signature.party]:
        raise DomainError(_("Choose how this party signs."), field=signature.party)
    if asking.email and placement.participant.is_restricted:
        raise DomainError(
            _("A protected person's agreement goes by no mail. Show the link at a visit, or sign on paper."),
            field=signature.party,
        )
    person = asking.contact_person
    if person is not None and person.employer_id != placement.employer_id:
        raise DomainError(_("Choose somebody of this employer."), field=signature.party)
    revoke_workplace_links(
        actor=actor,
        purpose=WorkplacePurpose.SIGN,
        subject_id=signature.pk,
        now=now,
        participant_id=placement.participant_id,
    )
    signature.asked_by, signature.asked_at = asking.method, now
    signature.reminded_at, signature.mail = None, None
    if signature.party == Party.EMPLOYER:
        signature.contact_person = person
        signature.signer_name = person.name if person else ""
    elif signature.party == Party.AUTHORITY and asking.name:
        signature.signer_name = asking.name
    signature.email = asking.email if asking.method == SigningMethod.LINK else ""
    signature.mail = _mail(signature, placement, actor=actor, now=now)
    signature.save()


def why_no_mail(signature: Signature, placement: Placement) -> str:
    """Why this party gets no mail: "paper", "protected", "birth_date", "email"; "" when it can go."""
    person = placement.participant
    if signature.asked_by == SigningMethod.PAPER:
        return "paper"
    if person.is_restricted:
        return PROTECTED
    if signature.party == Party.PARTICIPANT:
        return "birth_date" if person.birth_date is None else ("" if person.email else "email")
    if signature.asked_by == SigningMethod.ACCOUNT:
        return "" if officer_of(placement) else "email"
    return "" if signature.email else "email"


def officer_of(placement: Placement):
    """Who signs for the authority with an account: the person's own officer, else the month's sponsor."""
    sponsor = placement.month.te_sponsor if placement.month else None
    for officer in (placement.participant.officer, sponsor):
        if officer is not None and officer.is_active:
            return officer
    return None


def _mail(signature: Signature, placement: Placement, *, actor, now: dt.datetime, is_reminder: bool = False):
    """Send this party its mail and return it; None when none can go. A mail names nobody."""
    if why_no_mail(signature, placement):
        return None
    ending = "_reminder" if is_reminder else ""
    if signature.party == Party.PARTICIPANT:
        given = give_link(
            actor=actor,
            participant_id=placement.participant_id,
            channel=LinkChannel.EMAIL,
            now=now,
            mail_name=f"agreement_own{ending}",
        )
        return given.mail
    if signature.asked_by == SigningMethod.ACCOUNT:
        officer = officer_of(placement)
        address = f"{settings.PUBLIC_ADDRESS}{reverse('employers:agreements-to-sign')}"
        return queue_mail(
            name=f"agreement_account{ending}",
            recipient=officer.email,
            language=officer.language,
            context={"address": address},
        )
    given = give_workplace_link(
        actor=actor,
        purpose=WorkplacePurpose.SIGN,
        subject_id=signature.pk,
        placement=placement,
        now=now,
        contact_person=signature.contact_person,
        email=signature.email,
        language=_language(signature, placement),
        mail_name=f"agreement_link{ending}",
        is_reminder=is_reminder,
    )
    return given.mail


def _language(signature: Signature, placement: Placement) -> str:
    if signature.party == Party.EMPLOYER:
        return placement.employer.language or "fi"
    return "fi"


@dataclass
class Reminding:
    """What came of reminding: the signatures that got a mail, and the others with a code why not ("paper",
    "protected", "birth_date", "email", "recent")."""

    mailed: list[Signature] = field(default_factory=list)
    skipped: list[tuple[Signature, str]] = field(default_factory=list)


@transaction.atomic
def remind(*, actor, signature_ids: Collection[int], now: dt.datetime, today: dt.date) -> Reminding:
    """One mail to each of these parties that has not signed, unless one went within 24 hours.

    Raises DomainError at night and on days off (it says when it is possible) and when no mail could go.
    """
    if not may_remind_at(now):
        raise DomainError(
            _("Reminders go out on working days between 8.00 and 20.00. You can send this one on %(when)s.")
            % {"when": spoken(next_opening(now))}
        )
    waiting = Signature.objects.filter(
        pk__in=list(signature_ids),
        signed_at__isnull=True,
        agreement__cancelled_at__isnull=True,
        agreement__placement__state__in=SIGNED_IN,
    )
    trials = set(waiting.values_list("agreement__placement", flat=True))
    list(Placement.objects.select_for_update().filter(pk__in=trials).order_by("pk"))
    rows = waiting.select_for_update(of=("self",)).select_related(
        "agreement__placement__participant__officer",
        "agreement__placement__month__te_sponsor",
        "agreement__placement__employer",
        "contact_person",
    )
    result = Reminding()
    for signature in rows.order_by("pk"):
        _remind_one(signature, result, actor=actor, now=now, today=today)
    if not result.mailed:
        raise DomainError(_why_nobody(result, now))
    return result


def last_mail_at(signature: Signature) -> dt.datetime | None:
    """When this party was last written to; a first asking counts like a reminder."""
    asked = signature.asked_at if signature.mail_id else None
    return signature.reminded_at or asked


def _remind_one(signature: Signature, result: Reminding, *, actor, now: dt.datetime, today: dt.date) -> None:
    placement = signature.agreement.placement
    code = why_no_mail(signature, placement)
    latest = last_mail_at(signature)
    if not code and latest and latest + APART > now:
        code = "recent"
    if code:
        result.skipped.append((signature, code))
        return
    require_consents(participant=placement.participant, today=today)
    signature.mail = _mail(signature, placement, actor=actor, now=now, is_reminder=True)
    signature.reminded_at = now
    signature.save(update_fields=["mail", "reminded_at"])
    result.mailed.append(signature)
    record(
        actor=actor,
        action="signature.reminded",
        obj=signature,
        participant_id=placement.participant_id,
        details={"party": signature.party},
    )


def _why_nobody(result: Reminding, now: dt.datetime) -> str:
    recent = [last_mail_at(signature) for signature, code in result.skipped if code == "recent"]
    if recent:
        return _(
            "Everybody who can be reminded got a mail within the last 24 hours. Next possible: %(when)s."
        ) % {"when": spoken(next_opening(min(recent) + APART))}
    if result.skipped:
        return _("No mail can go: these sign on paper, or there is no address. Ring them, or meet.")
    return _("Nobody is missing here.")


def spoken(moment: dt.datetime) -> str:
    """A moment as 12.3.2026 at 8.00, in local time."""
    local = timezone.localtime(moment)
    if local.second or local.microsecond:
        local += dt.timedelta(minutes=1)  # the clock shows whole minutes, and this one has begun
    return _("%(day)s at %(time)s") % {"day": date_format(local, "j.n.Y"), "time": time_fi(local)}
