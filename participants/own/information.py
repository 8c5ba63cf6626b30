"""The information sheet: what the month is, that it is voluntary, what is written down and who sees it.

A change of what it says is a new number: those who confirmed an older one are asked again. The plain Finnish
words are our own (short sentences, one thing at a time), and are not a translation.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INFORMATION_VERSION = 1


@dataclass(frozen=True)
class Section:
    """One heading with its sentences."""

    title: Promise | str
    sentences: tuple[Promise | str, ...]


SHEET = (
    Section(
        _("What the month is"),
        (
            _("The coaching month lasts four weeks. A group of 8 to 10 people meets half of each day."),
            _("The other half of the day you can be in a work trial at a workplace."),
            _("The aim is work, studies, or a step towards them that fits you."),
        ),
    ),
    Section(
        _("It is voluntary"),
        (
            _("You decide whether you take part. Ask your officer how stopping affects your benefits."),
            _("You need not tell the group or the coach anything that you do not want to tell."),
        ),
    ),
    Section(
        _("What is written down"),
        (
            _("Your contact details, the days on which you took part, and your own goal."),
            _("Your steps, discussions, and how you and the coach see your skills."),
            _("Illnesses and diagnoses are not written down. Please leave them out of these pages too."),
        ),
    ),
    Section(
        _("Who sees it"),
        (
            _("You see all that is written about you, on these pages."),
            _("Your coaches see it. The coordinator sees what finding a workplace needs."),
            _(
                "The TE-office or employment area gets a summary only when you have read and approved it, "
                "and only of what you have allowed."
            ),
            _("Your group sees only what you tell it, or what you have allowed for the group's board."),
        ),
    ),
    Section(
        _("Your rights"),
        (
            _("You may ask for a copy of all your data, and ask that mistakes are mended."),
            _("You may take back any consent at any time. It holds at once."),
            _("The data is kept only as long as the law or the contract of the service asks."),
        ),
    ),
    Section(
        _("Whom to ask"),
        (_("Ask your coach. The phone number is on the first page of your own pages."),),
    ),
)

PLAIN_SHEET = (
    Section(
        "Mikä on valmennuskuukausi?",
        (
            "Valmennuskuukausi kestää 4 viikkoa.",
            "Ryhmässä on 8–10 ihmistä. Ryhmä tapaa puolet päivästä.",
            "Toisen puolen päivästä voit olla työkokeilussa. Työkokeilu on työpaikalla.",
            "Etsimme sinulle työtä tai koulutusta.",
        ),
    ),
    Section(
        "Sinä päätät",
        (
            "Tuletko mukaan? Sinä päätät.",
            "Kysy virkailijaltasi, mitä rahalle tapahtuu, jos lopetat kesken.",
            "Sinun ei ole pakko kertoa asioita, joita et halua kertoa.",
        ),
    ),
    Section(
        "Mitä kirjoitamme muistiin?",
        (
            "Kirjoitamme nimesi ja puhelinnumerosi.",
            "Kirjoitamme, minä päivinä olit mukana.",
            "Kirjoitamme tavoitteesi ja mitä olet tehnyt.",
            "Emme kirjoita sairauksista. Älä sinäkään kirjoita niistä.",
        ),
    ),
    Section(
        "Kuka näkee tietosi?",
        (
            "Sinä näet kaikki tietosi näillä sivuilla.",
            "Valmentajasi näkee tietosi.",
            "Koordinaattori auttaa työpaikan etsimisessä. Hän näkee vain tarvittavat tiedot.",
            "TE-toimisto tai työllisyysalue saa yhteenvedon. Se lähtee vain, jos hyväksyt sen.",
            "Ryhmä näkee vain sen, mitä kerrot tai mitä olet sallinut.",
        ),
    ),
    Section(
        "Sinun oikeutesi",
        (
            "Voit pyytää kaikki tietosi itsellesi.",
            "Jos tiedoissa on virhe, kerro siitä. Korjaamme sen.",
            "Voit perua luvan milloin vain.",
            "Säilytämme tietoja vain niin kauan kuin on pakko.",
        ),
    ),
    Section("Keneltä voit kysyä?", ("Kysy valmentajaltasi. Numero on ensimmäisellä sivulla.",)),
)


def sheet(*, is_plain: bool) -> tuple[Section, ...]:
    """The sections in the language of the page, or in plain Finnish."""
    return PLAIN_SHEET if is_plain else SHEET


def is_confirmed(participant) -> bool:
    """Has the sheet as it stands now been confirmed? A date without a number is from before numbers."""
    if participant.information_confirmed_on is None:
        return False
    return (participant.information_version or INFORMATION_VERSION) >= INFORMATION_VERSION
