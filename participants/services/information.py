"""The participant confirms the information sheet by the personal link."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.errors import DomainError
from participants.enums import ConsentMethod
from participants.models import Participant
from participants.own.information import INFORMATION_VERSION, is_confirmed
from participants.services.personal_links import BY_LINK


@transaction.atomic
def confirm_information(*, participant_id: int, version: int, today: dt.date) -> Participant:
    """Note that the participant has read sheet number `version`; twice changes nothing.

    Raises DomainError when the sheet has been renewed while the page was open.
    """
    person = Participant.objects.select_for_update().get(pk=participant_id)
    if version != INFORMATION_VERSION:
        raise DomainError(_("The sheet has been renewed meanwhile. Read it once more and confirm then."))
    if is_confirmed(person):
        return person
    person.information_confirmed_on = today
    person.information_version = version
    person.information_method = ConsentMethod.LINK
    person.version += 1
    person.save(
        update_fields=[
            "information_confirmed_on",
            "information_version",
            "information_method",
            "version",
            "updated_at",
        ]
    )
    record(
        actor=None,
        actor_label=BY_LINK,
        action="information.confirmed",
        obj=person,
        participant_id=person.pk,
        details={"version": version},
    )
    return person
