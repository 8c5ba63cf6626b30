"""What each consent says, in the words that the participant reads and signs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.enums import CONSENT_CHOICES, ConsentItem, ConsentRecipient
from participants.models import Consent

RECIPIENT_TEXTS: dict[str, Promise] = {
    ConsentRecipient.AUTHORITY: _("I allow that the TE-office or employment area is told:"),
    ConsentRecipient.EMPLOYER: _("I allow that the workplace of my work trial is told:"),
    ConsentRecipient.GROUP: _("I allow that my own group sees:"),
}
ITEM_TEXTS: dict[tuple[str, str], Promise] = {
    ("authority", ConsentItem.CONTACT): _("My name, phone number and e-mail address."),
    ("authority", ConsentItem.ATTENDANCE): _("How many days I took part, and what I did in the month."),
    ("authority", ConsentItem.GOALS): _("My goal, my next steps, and what is proposed to be decided."),
    ("authority", ConsentItem.ASSESSMENT): _("How my chances of finding work changed in the month."),
    ("authority", ConsentItem.WORK_TRIAL): _(
        "Where I was in a work trial, what I did there, and the workplace's feedback."
    ),
    ("authority", ConsentItem.HEALTH): _(
        "Whether I need a health check or rehabilitation: yes or no. Never an illness."
    ),
    ("employer", ConsentItem.CONTACT): _("My name, phone number and e-mail address."),
    ("employer", ConsentItem.PROFILE): _("What I am good at and what I can do."),
    ("group", ConsentItem.PROGRESS): _("My own steps on the group's board, by my first name."),
}


@dataclass(frozen=True)
class ConsentRow:
    """One item of the table; `consent` is the valid one or None."""

    key: str
    label: str
    text: str
    consent: Consent | None


@dataclass(frozen=True)
class ConsentGroup:
    """One recipient with its items; `may_record`: this user may change them."""

    recipient: str
    label: str
    text: str
    may_record: bool
    rows: list[ConsentRow]

    @property
    def given(self) -> int:
        return sum(row.consent is not None for row in self.rows)


def consent_table(valid: list[Consent], *, recipients: tuple[str, ...]) -> list[ConsentGroup]:
    """The whole table recipient × item. `valid` are the participant's valid consents, `recipients` those
    for which the user may record."""
    by_key = {(consent.recipient, consent.item): consent for consent in valid}
    return [
        ConsentGroup(
            recipient=str(recipient),
            label=str(ConsentRecipient(recipient).label),
            text=str(RECIPIENT_TEXTS[recipient]),
            may_record=recipient in recipients,
            rows=[
                ConsentRow(
                    key=f"{recipient}.{item}",
                    label=str(ConsentItem(item).label),
                    text=str(ITEM_TEXTS[(str(recipient), item)]),
                    consent=by_key.get((str(recipient), str(item))),
                )
                for item in items
            ],
        )
        for recipient, items in CONSENT_CHOICES.items()
    ]
