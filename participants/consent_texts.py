"""What each consent says, in the words that the participant reads and signs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.registry import NamedRecipient, named_recipients
from participants.enums import BRIEF_ITEMS, CONSENT_CHOICES, ConsentItem, ConsentRecipient
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
# for one named employer: what stands in the candidate brief
BRIEF_TEXTS: dict[str, Promise] = {
    ConsentItem.STRENGTHS: _("My strengths, in my own words."),
    ConsentItem.SKILLS: _("The work-life skills that go well."),
    ConsentItem.EXPERIENCE: _("What I have learned at work and in life."),
    ConsentItem.TRAINING: _("My training, certificates and cards."),
    ConsentItem.WISHES: _("Which tasks would suit me, and my goal."),
    ConsentItem.SUPPORT: _("What helps me at work. Never an illness."),
    ConsentItem.CONTACT: _("My whole name, phone number and e-mail address."),
}


@dataclass(frozen=True)
class ConsentRow:
    """One item of the table; `consent` is the valid one or None."""

    key: str
    item: str
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
    url: str = ""
    is_open: bool = True

    @property
    def given(self) -> int:
        return sum(row.consent is not None for row in self.rows)


def consent_table(valid: list[Consent], *, recipients: tuple[str, ...]) -> list[ConsentGroup]:
    """The whole table recipient × item. `valid` are the participant's valid consents, `recipients` those
    for which the user may record."""
    by_key = {(row.recipient, row.item): row for row in valid if row.recipient_id is None}
    return [
        ConsentGroup(
            recipient=str(recipient),
            label=str(ConsentRecipient(recipient).label),
            text=str(RECIPIENT_TEXTS[recipient]),
            may_record=recipient in recipients,
            rows=[
                ConsentRow(
                    key=f"{recipient}.{item}",
                    item=str(item),
                    label=str(ConsentItem(item).label),
                    text=str(ITEM_TEXTS[(str(recipient), item)]),
                    consent=by_key.get((str(recipient), str(item))),
                )
                for item in items
            ],
        )
        for recipient, items in CONSENT_CHOICES.items()
    ]


def named_key(recipient: str, pk: int) -> str:
    """What stands for one named recipient in ids and ticks: "employer-12"."""
    return f"{recipient}-{pk}"


def named_recipients_of(participant, *, today: dt.date) -> list[NamedRecipient]:
    """The single recipients of this participant, of every app."""
    return [one for find in named_recipients for one in find(participant, today)]


def named_group(one: NamedRecipient, valid: list[Consent], *, may_record: bool) -> ConsentGroup:
    """The items of one named employer. `valid` are the participant's valid consents."""
    by_item = {row.item: row for row in valid if (row.recipient, row.recipient_id) == (one.recipient, one.pk)}
    return ConsentGroup(
        recipient=named_key(one.recipient, one.pk),
        label=one.name,
        text=str(_("I allow that this employer alone is told, by my first name:")),
        may_record=may_record,
        rows=[
            ConsentRow(
                key=f"{named_key(one.recipient, one.pk)}.{item}",
                item=str(item),
                label=str(ConsentItem(item).label),
                text=str(BRIEF_TEXTS[item]),
                consent=by_item.get(str(item)),
            )
            for item in BRIEF_ITEMS
        ],
        url=one.url,
        is_open=one.is_open,
    )


def named_groups(
    named: list[NamedRecipient], valid: list[Consent], *, recipients: tuple[str, ...]
) -> list[ConsentGroup]:
    """One group for each named employer that something can be allowed to or has been."""
    groups = [named_group(one, valid, may_record=one.recipient in recipients) for one in named]
    return [group for group in groups if group.is_open or group.given]
