"""The demo's participants, their referrals and consents."""

from __future__ import annotations

import datetime as dt

from core.crypto import encrypt, keyed_hash
from participants.enums import CONSENT_CHOICES, ConsentRecipient
from participants.models import Consent, Participant, Referral
from reports.demo import texts
from reports.demo.figures import demo_hetu, demo_phone

STATUSES = ("unemployed_over_year",) * 6 + ("unemployed_under_year", "in_service", "part_time")
EDUCATIONS = ("vocational", "basic", "upper_secondary", "vocational", "lower_tertiary", "vocational")


def _unemployed_since(status: str, index: int, today: dt.date) -> dt.date | None:
    """A day that the status does not contradict."""
    if status == "part_time":
        return None
    days = 100 + index * 37 % 200 if status == "unemployed_under_year" else 400 + index * 37 % 900
    return today - dt.timedelta(days=days)


def _name(index: int) -> tuple[str, str]:
    if index < len(texts.PEOPLE):
        return texts.PEOPLE[index]
    firsts, lasts = texts.FIRST_NAMES, texts.LAST_NAMES
    return firsts[index % len(firsts)], lasts[(index // len(firsts) + index) % len(lasts)]


def _participant(index: int, cast, today: dt.date) -> Participant:
    first, last = _name(index)
    born = dt.date(1964 + index * 7 % 38, 1 + index * 5 % 12, 1 + index * 11 % 28)
    postal_code, city = texts.CITIES[index % len(texts.CITIES)]
    office = cast.offices[1] if city == "Forssa" else cast.offices[0]
    officer = cast.second_officer if city == "Forssa" else cast.officer
    has_hetu = index < len(texts.PEOPLE)
    hetu = demo_hetu(born, index)
    slug = f"{first}.{last}".lower().translate(str.maketrans("äöå ", "aoa-"))
    return Participant(
        first_name=first,
        last_name=last,
        birth_date=born,
        email=f"{slug}.{index}@posti.example",
        phone=demo_phone(1000 + index),
        street_address=f"{texts.STREETS[index % len(texts.STREETS)]} {1 + index % 40}",
        postal_code=postal_code,
        city=city,
        language="sv" if last in ("Söderholm", "Åkerlund", "Vesterbacka") else "fi",
        authority=office,
        officer=officer,
        labour_status=STATUSES[index % len(STATUSES)],
        education=EDUCATIONS[index % len(EDUCATIONS)],
        unemployed_since=_unemployed_since(STATUSES[index % len(STATUSES)], index, today),
        hetu_encrypted=encrypt(hetu) if has_hetu else "",
        hetu_hash=keyed_hash(hetu) if has_hetu else "",
        is_restricted=index == 13,
        information_confirmed_on=today - dt.timedelta(days=50),
        agreement_signed_on=today - dt.timedelta(days=48),
    )


def build_participants(*, count: int, first: int, cast, today: dt.date) -> list[Participant]:
    """`count` people from the demo's list, starting at number `first`; names repeat with other birthdays."""
    return Participant.objects.bulk_create(_participant(first + n, cast, today) for n in range(count))


def build_consents(people: list[Participant], *, cast, granted_on: dt.date) -> None:
    """Everybody allows everything but health; every tenth person has not allowed the authority anything."""
    Consent.objects.bulk_create(
        Consent(
            participant=person,
            recipient=recipient,
            item=item,
            granted_on=granted_on,
            method="paper",
            recorded_by=cast.coach,
        )
        for n, person in enumerate(people)
        for recipient, items in CONSENT_CHOICES.items()
        for item in items
        if item != "health" and not (recipient == ConsentRecipient.AUTHORITY and n % 10 == 9)
    )


def build_referrals(people: list[Participant], *, cast, referred_on: dt.date, state: str) -> None:
    """One referral a person in `state`."""
    Referral.objects.bulk_create(
        Referral(
            participant=person,
            authority_id=person.authority_id,
            referred_on=referred_on,
            source="list",
            state=state,
            decided_on=referred_on + dt.timedelta(days=6) if state == "enrolled" else None,
            created_by=cast.coordinator,
        )
        for person in people
    )


def build_referrals_only(people: list[Participant], *, cast, today: dt.date) -> None:
    """Those who were referred and are not in a month: two just came, one was not selected."""
    if not people:
        return
    build_referrals(people[:-1], cast=cast, referred_on=today - dt.timedelta(days=3), state="received")
    last = people[-1]
    Referral.objects.create(
        participant=last,
        authority_id=last.authority_id,
        referred_on=today - dt.timedelta(days=21),
        source="manual",
        state="not_selected",
        reason=texts.NOT_SELECTED_REASON,
        decided_on=today - dt.timedelta(days=10),
        created_by=cast.coach,
    )
