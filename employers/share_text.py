"""The text of a lead that leaves the house: proposed from its facts, refused when it names somebody.

Names are recognised in the cases that Finnish and Swedish put them into ("Ainolle", "Koivuniemen"). That
catches what slips in by habit; it is no proof, so the page asks to read the text through as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import DomainError
from employers.models import ContactPerson, JobLead

WAY_OUT = "lead.share"
LONGEST = 1000
SHORT_NAME = 3  # shorter ones ("Li") only as a whole word

_CASES = (
    "n|a|ä|ta|tä|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|na|nä|ksi|tta|ttä|an|än|en|in|on|un|yn|ön|hin|han|seen|"
    "s|lt|ll|sta|kin|kaan|kään|nkin|llakin|llekin|nsa|nsä"
)
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_HETU = re.compile(r"\b\d{6}\s?[-+A-FU-Y]\s?\d{3}[0-9A-FHJ-NPR-Y]\b", re.IGNORECASE)
_DAYS_AND_TIMES = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?|\b\d{1,2}[.:]\d{2}\b|\b\d{7}-\d\b"
)
_PHONE = re.compile(r"\+?\d[\d\s().\-\u2010-\u2015/]{4,}\d")
_DOUBLES = ("kk", "pp", "tt")


def proposed_text(lead: JobLead) -> str:
    """A text from the lead's kind, work, place, tasks, hours and requirements; never from its people."""
    head = f"{lead.get_kind_display().capitalize()}: {lead.title}"
    parts = [f"{head}, {lead.city}." if lead.city else f"{head}."]
    for label, value in (
        (_("Tasks"), lead.tasks),
        (_("When and how much"), lead.hours),
        (_("What it asks for"), lead.requirements),
    ):
        one_line = "; ".join(line.strip(" -•;") for line in value.splitlines() if line.strip())
        if one_line:
            parts.append(f"{label}: {one_line}{'' if one_line[-1] in '.!?' else '.'}")
    if lead.apply_by:
        parts.append(_("Answer by %(day)s.") % {"day": date_format(lead.apply_by)})
    text = "\n".join(parts)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def refuse_personal_data(text: str, *, lead: JobLead, field: str = "share_text") -> None:
    """Raises DomainError at `field` when `text` holds a phone number, an e-mail address, an identity code, or
    a name of somebody linked to the lead or of a contact person of its workplace. Two queries."""
    if has_email(text):
        raise DomainError(_("Take the e-mail address out: this text leaves the house."), field=field)
    if has_identity_code(text):
        raise DomainError(_("Take the personal identity code out: this text leaves the house."), field=field)
    if has_phone(text):
        raise DomainError(_("Take the phone number out: this text leaves the house."), field=field)
    found = first_name_in(text, names=_names_of(lead), allowed=_allowed_words(lead))
    if found:
        raise DomainError(
            _("Take the name “%(name)s” out: this text leaves the house.") % {"name": found}, field=field
        )


def has_email(text: str) -> bool:
    """Whether an e-mail address stands in it."""
    return bool(_EMAIL.search(text))


def has_identity_code(text: str) -> bool:
    """Whether something that looks like a personal identity code stands in it."""
    return bool(_HETU.search(text))


def has_phone(text: str) -> bool:
    """Whether seven digits stand together as in a phone number; days, times and business IDs do not count."""
    rest = _DAYS_AND_TIMES.sub(" · ", text)
    return any(sum(sign.isdigit() for sign in found) >= 7 for found in _PHONE.findall(rest))


def first_name_in(text: str, *, names: Iterable[str], allowed: Iterable[str] = ()) -> str:
    """The first word of `text` that is one of `names`, also inflected; "" for none. Words of `allowed` (the
    workplace's own name, its municipality) may stand although somebody is called so."""
    free = {word.casefold() for word in allowed}
    patterns = [pattern for name in names for pattern in _patterns(name)]
    for word in _WORD.findall(text):
        folded = word.casefold()
        if folded not in free and any(
            pattern.fullmatch(folded) for pattern, whole in patterns if not whole or word[0].isupper()
        ):
            return word
    return ""


def _patterns(name: str) -> list[tuple[re.Pattern, bool]]:
    """(pattern, whether the word must begin with a capital) of every part of one name."""
    found = []
    for part in _WORD.findall(name.casefold()):
        found.append((re.compile(re.escape(part)), len(part) <= SHORT_NAME))
        if len(part) > SHORT_NAME:
            stems = "|".join(re.escape(stem) for stem in _stems(part))
            found.append((re.compile(f"(?:{stems})(?:{_CASES})"), True))
    return found


def _stems(part: str) -> set[str]:
    """What endings are put to: Virtanen -> virtase, Koivuniemi -> koivunieme, Pekka -> peka."""
    stems = {part}
    if part.endswith("nen"):
        stems.add(part[:-3] + "se")
    if part.endswith("i") and len(part) > SHORT_NAME + 1:
        stems.add(part[:-1] + "e")
    if part[-3:-1] in _DOUBLES:
        stems.add(part[:-2] + part[-1])
    if part[-1] not in "aeiouyäöå":
        stems |= {part + "i", part + "e"}
    return stems


def _names_of(lead: JobLead) -> list[str]:
    people = lead.matches.values_list(
        "enrolment__participant__first_name", "enrolment__participant__last_name"
    )
    names = [name for pair in people for name in pair]
    if lead.employer_id:
        names += ContactPerson.objects.filter(employer=lead.employer_id).values_list("name", flat=True)
    return names


def _allowed_words(lead: JobLead) -> list[str]:
    return _WORD.findall(f"{lead.place_name} {lead.city}")
