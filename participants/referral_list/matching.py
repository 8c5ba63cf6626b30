"""Is this person on record already? Two queries for a whole list, whatever its length."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from core import crypto
from participants.contact_details import name_key, phone_digits
from participants.enums import RowVerdict
from participants.models import Participant, Referral
from participants.querysets import OPEN_REFERRAL_STATES
from participants.referral_list.rows import Row

CHUNK = 400


@dataclass(frozen=True)
class OnRecord:
    """What matching needs to know of somebody on record."""

    id: int
    key: tuple[str, str]
    birth_date: dt.date | None
    phone: str
    email: str
    hetu_hash: str


@dataclass
class Judgement:
    """`match` is the id of the person whom the row surely means, `candidates` ids whom it may mean."""

    verdict: str
    match: int | None = None
    candidates: list[int] = field(default_factory=list)


def judge_rows(rows: list[Row]) -> list[Judgement]:
    """A verdict for each row. May add the fault `same_hetu_other_person` to a row.

    The same person: the same identity code, else the same name and date of birth, else the same name and
    phone or e-mail. The same name and nothing that tells them apart: a possible duplicate.
    """
    by_hash, by_key = _on_record(rows)
    judgements = [_judge(row, by_hash, by_key) for row in rows]
    _mark_returning(rows, judgements)
    return judgements


def _on_record(rows: list[Row]) -> tuple[dict[str, OnRecord], dict[tuple, list[OnRecord]]]:
    keys = sorted({row.key for row in rows if all(row.key)})
    hashes = [crypto.keyed_hash(row.values["hetu"]) for row in rows if "hetu" in row.values]
    columns = ("id", "last_name", "first_name", "birth_date", "phone", "email", "hetu_hash")
    found = list(Participant.objects.filter(hetu_hash__in=hashes).values_list(*columns)) if hashes else []
    for start in range(0, len(keys), CHUNK):
        found += Participant.objects.of_names(keys[start : start + CHUNK]).values_list(*columns)
    people = {
        pk: OnRecord(pk, name_key(last, first), born, phone_digits(phone), email.lower(), hetu_hash)
        for pk, last, first, born, phone, email, hetu_hash in found
    }
    by_key: dict[tuple, list[OnRecord]] = {}
    for person in people.values():
        by_key.setdefault(person.key, []).append(person)
    return {person.hetu_hash: person for person in people.values() if person.hetu_hash}, by_key


def _judge(row: Row, by_hash: dict, by_key: dict) -> Judgement:
    code = crypto.keyed_hash(row.values["hetu"]) if "hetu" in row.values else ""
    person = by_hash.get(code) if code else None
    if person and not set(person.key) & set(row.key):
        row.add_fault("hetu", "same_hetu_other_person")
    if row.faults:
        return Judgement(RowVerdict.MEND)
    if person:
        return Judgement(RowVerdict.KNOWN, match=person.id)
    namesakes = [
        other
        for other in by_key.get(row.key, [])
        if not (code and other.hetu_hash) and not _surely_born_apart(row.values.get("birth_date"), other)
    ]
    sure = [other for other in namesakes if _is_the_same(row, other)]
    if len(sure) == 1:
        return Judgement(RowVerdict.KNOWN, match=sure[0].id)
    if namesakes:
        return Judgement(RowVerdict.POSSIBLE, candidates=[other.id for other in namesakes[:5]])
    return Judgement(RowVerdict.GOOD)


def _is_the_same(row: Row, other: OnRecord) -> bool:
    born = row.values.get("birth_date")
    if born and other.birth_date:
        return born == other.birth_date
    phone, email = phone_digits(row.values.get("phone", "")), row.values.get("email", "")
    return bool((phone and phone == other.phone) or (email and email == other.email))


def _surely_born_apart(born: dt.date | None, other: OnRecord) -> bool:
    """Two dates of birth that no slip of the pen explains: fewer than two of day, month and year agree,
    and they are not day and month swapped."""
    if not born or not other.birth_date:
        return False
    one, two = born, other.birth_date
    agreeing = (one.day == two.day) + (one.month == two.month) + (one.year == two.year)
    swapped = one.year == two.year and (one.day, one.month) == (two.month, two.day)
    return agreeing < 2 and not swapped


def _mark_returning(rows: list[Row], judgements: list[Judgement]) -> None:
    """Known people without an open referral, whom the list refers anew, are for a person to decide."""
    matched = {judgement.match for judgement in judgements if judgement.match}
    if not matched:
        return
    referrals: dict[int, list[tuple[str, dt.date]]] = {}
    for participant_id, state, referred_on, decided_on in Referral.objects.filter(
        participant__in=matched
    ).values_list("participant_id", "state", "referred_on", "decided_on"):
        last = max(referred_on, decided_on) if decided_on else referred_on
        referrals.setdefault(participant_id, []).append((state, last))
    for row, judgement in zip(rows, judgements, strict=True):
        if judgement.match and _is_referred_anew(row, referrals.get(judgement.match, [])):
            judgement.verdict = RowVerdict.RETURNING


def _is_referred_anew(row: Row, earlier: list[tuple[str, dt.date]]) -> bool:
    if any(state in OPEN_REFERRAL_STATES for state, _last in earlier):
        return False
    if not earlier:
        return True
    referred_on = row.values.get("referred_on")
    return bool(referred_on) and referred_on > max(last for _state, last in earlier)
