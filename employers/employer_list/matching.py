"""Which rows of a list are on record already. Some queries for the whole list, whatever its length."""

from __future__ import annotations

from employers.models import ContactPerson, Employer
from employers.querysets.register import telling_words
from employers.search import PhoneTail, phone_tail, words_of
from participants.enums import RowVerdict
from participants.referral_list.matching import Judgement
from participants.referral_list.rows import Row

NAMES_AT_ONCE = 100
MOST_ALIKE = 2000
MOST_CANDIDATES = 5


def judge_rows(rows: list[Row]) -> list[Judgement]:
    """A Judgement for each row: to mend, known (the business ID, or name and municipality), possibly known
    (a like name, or the same phone), or good."""
    good = [row for row in rows if not row.faults]
    ids, names = _by_business_id(good), _by_name(good)
    phones, alike = _by_phone(good), _alike(good)
    return [_judge(row, ids, names, phones, alike) for row in rows]


def _judge(row: Row, ids: dict, names: dict, phones: dict, alike: dict) -> Judgement:
    if row.faults:
        return Judgement(RowVerdict.MEND)
    own = row.values.get("business_id", "")
    if own and own in ids:
        return Judgement(RowVerdict.KNOWN, ids[own])
    twins = names.get(_name_key(row.values.get("name", ""), row.values.get("city", "")), [])
    for pk, their in twins:
        if not (own and their and own != their):
            return Judgement(RowVerdict.KNOWN, pk)
    found = [*phones.get(phone_tail(row.values.get("phone", "")), ()), *alike.get(row.number, ())]
    # two IDs, both known and not the same, are two employers
    candidates = list(dict.fromkeys(pk for pk, their in found if not (own and their and own != their)))
    if candidates:
        return Judgement(RowVerdict.POSSIBLE, None, candidates[:MOST_CANDIDATES])
    return Judgement(RowVerdict.GOOD)


def _by_business_id(rows: list[Row]) -> dict[str, int]:
    ids = {row.values["business_id"] for row in rows if row.values.get("business_id")}
    return dict(Employer.objects.filter(business_id__in=ids).values_list("business_id", "pk")) if ids else {}


def _name_key(name: str, city: str) -> tuple[str, str]:
    return " ".join(words_of(name)), city.casefold()


def _by_name(rows: list[Row]) -> dict[tuple[str, str], list[tuple[int, str]]]:
    names = {row.values.get("name", "") for row in rows}
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for pk, name, city, own in Employer.objects.filter(name__in=names).values_list(
        "pk", "name", "city", "business_id"
    ):
        found.setdefault(_name_key(name, city), []).append((pk, own))
    return found


def _by_phone(rows: list[Row]) -> dict[str, list[tuple[int, str]]]:
    tails = {phone_tail(row.values.get("phone", "")) for row in rows} - {""}
    if not tails:
        return {}
    found: dict[str, list[tuple[int, str]]] = {}
    own = Employer.objects.standing().alias(tail=PhoneTail("phone")).exclude(phone="").filter(tail__in=tails)
    theirs = ContactPerson.objects.alias(tail=PhoneTail("phone")).exclude(phone="").filter(tail__in=tails)
    for phone, pk, business_id in [
        *own.values_list("phone", "pk", "business_id"),
        *theirs.values_list("phone", "employer_id", "employer__business_id"),
    ]:
        found.setdefault(phone_tail(phone), []).append((pk, business_id))
    return found


def _alike(rows: list[Row]) -> dict[int, list[tuple[int, str]]]:
    """By row number: employers whose name and municipality hold the first two telling words of the row's."""
    found: dict[int, list[tuple[int, str]]] = {}
    for start in range(0, len(rows), NAMES_AT_ONCE):
        some = rows[start : start + NAMES_AT_ONCE]
        wanted = {row.number: telling_words(row.values.get("name", ""))[:2] for row in some}
        near = Employer.objects.named_like_any([words for words in wanted.values() if words])
        candidates = [
            (pk, own, words_of(name, most=20) + words_of(city))
            for pk, name, city, own in near.values_list("pk", "name", "city", "business_id")[:MOST_ALIKE]
        ]
        for number, words in wanted.items():
            if words:
                found[number] = [
                    (pk, own)
                    for pk, own, theirs in candidates
                    if all(any(their.startswith(word) for their in theirs) for word in words)
                ]
    return found
