"""Referrals one by one: entered by hand, edited, and moved from state to state."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.errors import DomainError, StaleVersion
from participants import hetu as hetu_rules
from participants.enums import REFERRAL_MOVES, ReferralSource, ReferralState
from participants.models import Participant, Referral
from participants.querysets import OPEN_REFERRAL_STATES
from participants.referral_list.matching import judge_rows
from participants.referral_list.rows import Row
from participants.services.participants import refuse_taken_hetu
from participants.services.referral_lists import lock_against_doubles

ANOTHER_PERSON = "new"


class MaybeOnRecord(DomainError):
    """Somebody on record may be the same person; `candidates` are their ids, `is_sure` says that the same
    identity code, date of birth or contact was found."""

    def __init__(self, candidates: list[int], *, is_sure: bool) -> None:
        super().__init__(
            _("Somebody with this name is already on record. Choose below who is meant."), field="duplicate"
        )
        self.candidates = candidates
        self.is_sure = is_sure


class ReferralMoved(StaleVersion):
    """Somebody saved in between; `current` is the referral as it stands."""

    def __init__(self, current: Referral) -> None:
        super().__init__(
            _("Somebody else has changed the referral meanwhile. Compare the two versions and save again.")
        )
        self.current = current


@transaction.atomic
def create_referral(
    *,
    actor: User,
    person: dict,
    hetu: str,
    referred_on: dt.date,
    note: str,
    today: dt.date,
    same_as: str = "",
) -> Referral:
    """A referral entered by hand, for somebody new or on record.

    `person`: values of Participant's record columns, `authority` among them. `same_as`: "" not asked yet,
    "new" another person, or the id of the person on record (whose record stays as it is).
    Raises MaybeOnRecord, HetuWrong, HetuTaken, or DomainError for an open referral or a date in the future.
    """
    if referred_on > today:
        raise DomainError(_("The date is in the future."), field="referred_on")
    code = hetu_rules.check_hetu(hetu) if hetu else ""
    hetu_rules.refuse_mismatch(hetu=code, birth_date=person.get("birth_date"))
    lock_against_doubles()
    participant = _person_on_record(actor, person, code, same_as, today)
    if participant is None:
        refuse_taken_hetu(code)
        born = person.get("birth_date") or (hetu_rules.birth_date_of(code) if code else None)
        participant = Participant.objects.create(**person | {"birth_date": born}, **hetu_rules.sealed(code))
    elif participant.referrals.open().exists():
        raise DomainError(_("This person already has an open referral."))
    referral = Referral.objects.create(
        participant=participant,
        authority=person["authority"],
        referred_on=referred_on,
        source=ReferralSource.MANUAL,
        note=note,
        created_by=actor,
    )
    record(actor=actor, action="referral.received", obj=referral, participant_id=participant.pk)
    return referral


def _person_on_record(
    actor: User, person: dict, code: str, same_as: str, today: dt.date
) -> Participant | None:
    """The person that is meant, None for somebody new. Raises MaybeOnRecord when that must be asked."""
    known = {name: value for name, value in person.items() if value and name != "authority"}
    row = Row(number=1, cells=[], values=known | ({"hetu": code} if code else {}))
    judgement = judge_rows([row])[0]
    if row.faults:
        raise DomainError(row.faults[0].sentence, field="hetu")
    candidates = [judgement.match] if judgement.match else judgement.candidates
    if same_as.isascii() and same_as.isdigit() and int(same_as) in candidates:
        wanted = Participant.objects.filter(pk=int(same_as))
        if not judgement.match:
            wanted = wanted.filter(pk__in=Participant.objects.visible_to(actor, today=today))
        if found := wanted.first():
            return found
    is_sure = judgement.match is not None
    if candidates and (is_sure or same_as != ANOTHER_PERSON):
        raise MaybeOnRecord(candidates, is_sure=is_sure)
    return None


def possible_moves(referral: Referral) -> tuple[str, ...]:
    """The states that this referral may go to next."""
    return REFERRAL_MOVES[referral.state]


@transaction.atomic
def update_referral(
    *, actor: User, referral_id: int, version: int, referred_on: dt.date, note: str, today: dt.date
) -> Referral:
    """Change date and note. Raises ReferralMoved, or DomainError for a date in the future."""
    referral = _locked(referral_id, version)
    if referred_on > today:
        raise DomainError(_("The date is in the future."), field="referred_on")
    new = {"referred_on": referred_on, "note": note}
    changed = [name for name, value in new.items() if getattr(referral, name) != value]
    if not changed:
        return referral
    for name in changed:
        setattr(referral, name, new[name])
    referral.version += 1
    referral.save(update_fields=[*changed, "version"])
    record(
        actor=actor,
        action="referral.changed",
        obj=referral,
        participant_id=referral.participant_id,
        details={"fields": changed},
    )
    return referral


@transaction.atomic
def move_referral(
    *, actor: User, referral_id: int, version: int, state: str, reason: str = "", today: dt.date
) -> Referral:
    """Move to another state; `reason` is kept with "not selected". "Informed" also notes on the record that
    the information sheet was gone through, unless that is known already.

    Raises ReferralMoved, or DomainError: a move that does not exist, no reason, another open referral.
    Moving to the present state is a double click and changes nothing.
    """
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)
    if referral.state == state:
        return referral
    referral = _locked(referral_id, version)
    if state not in possible_moves(referral):
        raise DomainError(_("The referral cannot be moved like that."))
    if state == ReferralState.NOT_SELECTED and not reason.strip():
        raise DomainError(_("Say why the person was not selected."), field="reason")
    if state in OPEN_REFERRAL_STATES:
        lock_against_doubles()
    if state in OPEN_REFERRAL_STATES and _has_another_open(referral):
        raise DomainError(_("This person already has an open referral."))
    referral.state = state
    referral.reason = reason.strip() if state == ReferralState.NOT_SELECTED else ""
    referral.decided_on = None if state == ReferralState.INFORMED else today
    referral.version += 1
    referral.save(update_fields=["state", "reason", "decided_on", "version"])
    if state == ReferralState.INFORMED:
        Participant.objects.filter(pk=referral.participant_id, information_confirmed_on__isnull=True).update(
            information_confirmed_on=today
        )
    record(
        actor=actor,
        action="referral.moved",
        obj=referral,
        participant_id=referral.participant_id,
        details={"state": str(state)},
    )
    return referral


def _locked(referral_id: int, version: int) -> Referral:
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)
    if referral.version != version:
        raise ReferralMoved(referral)
    return referral


def _has_another_open(referral: Referral) -> bool:
    others = Referral.objects.open().filter(participant=referral.participant_id).exclude(pk=referral.pk)
    return others.exists()
