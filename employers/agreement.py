"""The agreement of three parties, in three layers: queries to a frozen dataclass, to HTML; bytes by a job.

What it must say is from evidence anchors-systems 11.2: aim and tasks, duration, daily and weekly hours, who
guides at the workplace, three signatures, insurance by the authority. The participant's address is left out
for a restricted person (permissions.md).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from decimal import Decimal

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.utils.safestring import SafeString, mark_safe

from employers.enums import Party
from employers.models import ContactPerson, Placement, Signature
from employers.signing_state import standing_signatures

SIGNATURES_STAND_HERE = "<!--signatures-->"  # on paper between the terms and the description of the service


@dataclass(frozen=True)
class Person:
    """Somebody named in the agreement, with how to reach them."""

    name: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class SignatureBlock:
    """One party's box at the end: who signs, and when it is signed how and on which day."""

    party: str
    name: str = ""
    title: str = ""
    signed_on: dt.date | None = None
    how: str = ""
    text_check: str = ""


@dataclass(frozen=True)
class Agreement:
    """All that the agreement shows. Labels are in `language`; hours are hours, dates are dates."""

    language: str
    number: int
    version: int
    organisation: str
    participant: Person
    participant_address: str
    employer_name: str
    employer_business_id: str
    employer_address: str
    supervisor: Person
    guide: Person
    authority_name: str
    authority_address: str
    authority_email: str
    officer: Person
    coordinator: Person
    coach: Person
    purpose: str
    goal: str
    goal_on: dt.date | None
    tasks: str
    work_address: str
    starts_on: dt.date
    ends_on: dt.date
    half: str
    hours_per_day: Decimal
    hours_per_week: Decimal
    weekdays: str = ""
    length_reason: str = ""
    support_agreed: str = ""
    instructions_by: str = ""
    changes_by: str = ""
    continuation_said: str = ""
    signatures: tuple[SignatureBlock, ...] = ()
    text_check: str = ""  # short form of the hash of the text that is out for signing
    terms: SafeString = SafeString("")  # the text as it was sent out, to where the signatures stand
    annex: SafeString = SafeString("")


def load_for_agreement(placement_id: int) -> Placement:
    """The work trial with everything that the agreement names: one query."""
    return Placement.objects.select_related(
        "participant__authority",
        "participant__officer",
        "employer",
        "month__coach",
        "month__coordinator",
        "month__te_sponsor",
        "guide",
        "supervisor",
        "goal",
    ).get(pk=placement_id)


def build_agreement(placement: Placement) -> Agreement:
    """The content in the participant's language. `placement` comes from `load_for_agreement`."""
    participant, employer, month = placement.participant, placement.employer, placement.month
    authority = participant.authority
    signatures = standing_signatures(placement)
    sent = signatures[0].agreement if signatures else None
    language = sent.language if sent else participant.language
    with translation.override(language):
        content = Agreement(
            language=language,
            number=placement.pk,
            version=sent.placement_version if sent else placement.version,
            organisation=getattr(settings, "ORGANISATION_NAME", "") or "Valmennuskuukausi",
            participant=Person(participant.full_name, phone=participant.phone, email=participant.email),
            participant_address="" if participant.is_restricted else address_of(participant),
            employer_name=employer.name,
            employer_business_id=employer.business_id,
            employer_address=address_of(employer),
            supervisor=_contact(placement.supervisor),
            guide=_contact(placement.guide),
            authority_name=authority.name,
            authority_address=address_of(authority),
            authority_email=authority.email,
            officer=_staff(participant.officer) if participant.officer else Person(participant.officer_name),
            coordinator=_staff(month.coordinator if month else None),
            coach=_staff(month.coach if month else None),
            purpose=placement.get_purpose_display(),
            goal=placement.goal.text if placement.goal else "",
            goal_on=placement.goal.written_on if placement.goal else None,
            tasks=placement.tasks,
            work_address=placement.address or address_of(employer),
            starts_on=placement.starts_on,
            ends_on=placement.agreed_ends_on,
            half=placement.get_half_display(),
            hours_per_day=placement.hours_per_day,
            hours_per_week=placement.hours_per_day * len(placement.weekdays),
            weekdays=weekdays_in_words(placement.weekdays),
            length_reason=placement.length_reason,
            support_agreed=placement.support_agreed,
            instructions_by=placement.instructions_by,
            changes_by=placement.changes_by,
            continuation_said=placement.continuation_said,
        )
        return _with_text(content, signatures)


def _with_text(content: Agreement, signatures: list[Signature]) -> Agreement:
    """The text that is out for signing, as it was kept, and how each party has signed it; before it is sent
    out, the text as it would be, with the names that are known."""
    sent = signatures[0].agreement if signatures else None
    text = sent.text if sent else signable_text(content)
    terms, _mark, annex = text.partition(SIGNATURES_STAND_HERE)
    names = {
        Party.PARTICIPANT: content.participant.name,
        Party.EMPLOYER: content.supervisor.name,
        Party.AUTHORITY: content.officer.name,
    }
    blocks = tuple(
        SignatureBlock(
            party=row.party,
            name=row.signer_name,
            title=row.signer_title,
            signed_on=row.signed_on,
            how=str(row.get_method_display()),
            text_check=text_check(row.text_hash),
        )
        for row in signatures
    )
    return replace(
        content,
        signatures=blocks or tuple(SignatureBlock(party, name) for party, name in names.items()),
        text_check=text_check(sent.text_hash if sent else content_hash(text)),
        terms=mark_safe(terms),  # our own template's markup, escaped when it was made
        annex=mark_safe(annex),
    )


def weekdays_in_words(digits: str) -> str:
    """ "135" as Monday, Wednesday, Friday, in the active language."""
    names = [str(WEEKDAYS[int(digit) - 1]) for digit in digits]
    return ", ".join(names)


def text_check(digest: str) -> str:
    """The short form of a text's hash, to be compared by eye: A1B2 C3D4."""
    return f"{digest[:4]} {digest[4:8]}".upper() if digest else ""


def signable_text(agreement: Agreement) -> str:
    """The text that the parties sign, without how the signing stands; a mark says where signatures go."""
    return agreement_html(agreement, template="employers/pdf/_agreement_text.html")


def agreement_html(agreement: Agreement, *, template: str = "employers/pdf/agreement.html") -> str:
    """The agreement in its own language; by default the whole document that becomes the PDF."""
    with translation.override(agreement.language):
        return render_to_string(template, {"agreement": agreement})


# what the work trial agrees on; who is reached at which number is not agreed, and changes without a signature
PLAIN_TERMS = (
    "employer_id",
    "supervisor_id",
    "guide_id",
    "purpose",
    "starts_on",
    "agreed_ends_on",
    "half",
    "weekdays",
    "length_reason",
    "tasks",
    "address",
    "support_agreed",
    "instructions_by",
    "changes_by",
    "continuation_said",
)


def terms_hash(placement: Placement) -> str:
    """64 hex digits over what was agreed: they change when the signed text would say something else."""
    terms = {name: str(getattr(placement, name) or "").strip() for name in PLAIN_TERMS}
    terms["hours_per_day"] = f"{placement.hours_per_day:.2f}"
    terms["goal"] = placement.goal.text if placement.goal else ""
    return hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()


def content_hash(html: str) -> str:
    """64 hex digits: what is not changed is not made twice."""
    return hashlib.sha256(html.encode()).hexdigest()


def address_of(place) -> str:
    """Street, postal code and town on one line; works for employers, participants and authorities."""
    town = " ".join(part for part in (place.postal_code, place.city) if part)
    return ", ".join(part for part in (place.street_address, town) if part)


def _contact(person: ContactPerson | None) -> Person:
    if person is None:
        return Person()
    return Person(person.name, title=str(person.get_role_display()), phone=person.phone, email=person.email)


def _staff(user) -> Person:
    return Person() if user is None else Person(user.full_name, user.title, user.phone, user.email)
