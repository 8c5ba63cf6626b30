"""Which column is which: headers as offices write them, in any order, in Finnish, Swedish and English."""

from __future__ import annotations

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# field -> headers. Compared without letter case, spaces, hyphens, dots, brackets' content and asterisks.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "first_name": (
        "etunimi",
        "etunimet",
        "kutsumanimi",
        "asiakkaan etunimi",
        "henkilön etunimi",
        "förnamn",
        "tilltalsnamn",
        "first name",
        "given name",
    ),
    "last_name": (
        "sukunimi",
        "asiakkaan sukunimi",
        "henkilön sukunimi",
        "efternamn",
        "släktnamn",
        "last name",
        "surname",
        "family name",
    ),
    "full_name": (
        "nimi",
        "asiakas",
        "asiakkaan nimi",
        "henkilö",
        "henkilön nimi",
        "osallistuja",
        "osallistujan nimi",
        "työnhakija",
        "sukunimi ja etunimi",
        "sukunimi etunimi",
        "suku ja etunimi",
        "sukunimi, etunimi",
        "sukunimi ja etunimet",
        "koko nimi",
        "namn",
        "kund",
        "kundens namn",
        "efternamn och förnamn",
        "hela namnet",
        "name",
        "full name",
    ),
    "full_name_given_first": (
        "etunimi ja sukunimi",
        "etunimi sukunimi",
        "etu ja sukunimi",
        "förnamn och efternamn",
        "för och efternamn",
        "för och släktnamn",
    ),
    "birth_date": (
        "syntymäaika",
        "syntymäpäivä",
        "syntynyt",
        "synt.aika",
        "syntaika",
        "synt",
        "s.aika",
        "saika",
        "födelsetid",
        "födelsedatum",
        "född",
        "date of birth",
        "birth date",
    ),
    "hetu": (
        "henkilötunnus",
        "hetu",
        "henkilötunnukset",
        "hlötunnus",
        "hlö tunnus",
        "sotu",
        "sosiaaliturvatunnus",
        "asiakkaan henkilötunnus",
        "personbeteckning",
        "personnummer",
        "personal identity code",
    ),
    "phone": (
        "puhelin",
        "puhelinnumero",
        "puhelinnro",
        "puh",
        "puh.nro",
        "puhnro",
        "puh.numero",
        "gsm",
        "matkapuhelin",
        "matkapuhelinnumero",
        "kännykkä",
        "puhelin 1",
        "yhteystieto",
        "telefon",
        "telefonnummer",
        "tel",
        "tfn",
        "mobil",
        "mobiltelefon",
        "phone",
        "phone number",
    ),
    "email": (
        "sähköposti",
        "sähköpostiosoite",
        "s.posti",
        "sposti",
        "s-posti",
        "email",
        "e-mail",
        "meili",
        "e-post",
        "epost",
        "e-postadress",
    ),
    "street_address": (
        "lähiosoite",
        "katuosoite",
        "osoite",
        "kotiosoite",
        "postiosoite",
        "jakeluosoite",
        "näradress",
        "gatuadress",
        "adress",
        "hemadress",
        "utdelningsadress",
        "street address",
        "address",
    ),
    "postal_code": ("postinumero", "postinro", "postinr", "pnro", "postnummer", "postnr", "postal code"),
    "city": (
        "postitoimipaikka",
        "kunta",
        "kotikunta",
        "asuinkunta",
        "paikkakunta",
        "kaupunki",
        "asuinpaikka",
        "ptp",
        "postanstalt",
        "postort",
        "kommun",
        "hemkommun",
        "ort",
        "stad",
        "city",
        "municipality",
    ),
    "language": (
        "äidinkieli",
        "asiointikieli",
        "kieli",
        "palvelukieli",
        "modersmål",
        "kontaktspråk",
        "språk",
        "servicespråk",
        "ärendespråk",
        "language",
    ),
    "officer": (
        "vastuuvirkailija",
        "asiantuntija",
        "te asiantuntija",
        "vastuuasiantuntija",
        "virkailija",
        "omavalmentaja",
        "oma asiantuntija",
        "yhteyshenkilö",
        "lähettäjä",
        "ohjaaja",
        "omavirkailija",
        "ansvarig tjänsteman",
        "ansvarig expert",
        "sakkunnig",
        "tjänsteman",
        "kontaktperson",
        "responsible officer",
        "officer",
    ),
    "referred_on": (
        "lähetepäivä",
        "lähetepvm",
        "lähetteen päivämäärä",
        "lähetteen pvm",
        "lähete pvm",
        "lähetetty",
        "ohjattu",
        "ohjauspäivä",
        "ohjauspvm",
        "ohjattu palveluun",
        "remissdatum",
        "remissdag",
        "hänvisningsdatum",
        "hänvisad",
        "referral date",
        "referred on",
    ),
    "unemployed_since": (
        "työttömyys alkanut",
        "työttömyyden alku",
        "työttömyyden alkamispäivä",
        "työttömänä alkaen",
        "työtön alkaen",
        "työttömänä",
        "työttömyys alkoi",
        "työttömyyden alkupvm",
        "arbetslös sedan",
        "arbetslösheten började",
        "arbetslöshetens början",
        "arbetslös från",
        "unemployed since",
    ),
    "education": (
        "koulutus",
        "koulutustaso",
        "tutkinto",
        "koulutusaste",
        "ylin tutkinto",
        "pohjakoulutus",
        "utbildning",
        "utbildningsnivå",
        "examen",
        "education",
    ),
    "is_restricted": ("turvakielto", "spärrmarkering", "säkerhetsförbud", "non-disclosure"),
    "note": (
        "huomautus",
        "huomautukset",
        "huomio",
        "huomiot",
        "huom",
        "lisätiedot",
        "lisätieto",
        "muuta",
        "kommentti",
        "kommentit",
        "perustelut",
        "viesti",
        "anmärkning",
        "anmärkningar",
        "tilläggsuppgifter",
        "övrigt",
        "kommentar",
        "note",
        "notes",
        "remarks",
    ),
    "reason_to_mend": ("korjattavaa", "att rätta", "to mend"),
}

FIELD_LABELS: dict[str, Promise] = {
    "first_name": _("first name"),
    "last_name": _("last name"),
    "full_name": _("name"),
    "full_name_given_first": _("name"),
    "birth_date": _("date of birth"),
    "hetu": _("personal identity code"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "street_address": _("street address"),
    "postal_code": _("postal code"),
    "city": _("city"),
    "language": _("language"),
    "officer": _("responsible officer"),
    "referred_on": _("referred on"),
    "unemployed_since": _("out of work since"),
    "education": _("education"),
    "is_restricted": _("non-disclosure for safety reasons"),
    "note": _("note"),
    "reason_to_mend": _("reason from an earlier try, not read"),
}


def _bare(header: str) -> str:
    text = unicodedata.normalize("NFC", header).casefold()
    text = re.sub(r"\([^)]*\)", "", text)
    return re.sub(r"[\W_]+", "", text)


def headers_of(synonyms: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The field of each header, as headers are compared."""
    return {_bare(header): field for field, headers in synonyms.items() for header in headers}


_FIELD_OF = headers_of(SYNONYMS)


def field_of(header: str, known: dict[str, str] = _FIELD_OF) -> str:
    """The field that a header names, "" when it is not known. Swedish and Finnish may stand side by side
    (`Sukunimi / Efternamn`): the first known half counts."""
    for part in (header, *re.split(r"[/|]", header)):
        if field := known.get(_bare(part)):
            return field
    return ""


def recognise(headers: list[str], known: dict[str, str] = _FIELD_OF) -> list[str]:
    """One field name (or "") per header. A field that comes twice belongs to its first column; the second
    one counts as not recognised."""
    fields: list[str] = []
    for header in headers:
        field = field_of(header, known)
        fields.append("" if field and field in fields else field)
    return fields


def names_are_there(fields: list[str]) -> bool:
    """Can a name be read from these columns?"""
    known = set(fields)
    return {"first_name", "last_name"} <= known or bool(known & {"full_name", "full_name_given_first"})
