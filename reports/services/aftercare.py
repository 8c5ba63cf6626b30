"""Aftercare: offered, answered, framed, approved by both; each use logged under the cap."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import audit
from accounts.enums import Role
from accounts.models import User
from coaching.models import Enrolment
from coaching.services.person_base import locked_enrolment, put_values, stale
from core.errors import AccessDenied, DomainError
from employers.limits import months_later
from reports.access import can_give_aftercare, can_write_summaries, is_officer_with_summary
from reports.aftercare_words import hours_words
from reports.enums import AftercareAnswer, UseChannel
from reports.models import Aftercare, AftercareUse
from reports.models.aftercare import MOST_MINUTES_AT_ONCE

FRAME = ("carer", "starts_on", "window_months", "ends_on", "most_minutes")
NO_FRAME = {"carer": None, "starts_on": None, "window_months": None, "ends_on": None, "most_minutes": 0}
NOT_APPROVED = {
    "coach_approved_by": None,
    "coach_approved_on": None,
    "officer_approved_by": None,
    "officer_name": "",
    "officer_approved_on": None,
}


@transaction.atomic
def save_aftercare(
    *,
    actor: User,
    enrolment_id: int,
    base_version: int,
    today: dt.date,
    offered_on: dt.date,
    needs: str,
    answer: str,
    answered_on: dt.date | None = None,
    carer: User | None = None,
    starts_on: dt.date | None = None,
    window_months: int | None = None,
    most_minutes: int = 0,
) -> Aftercare:
    """The offer, the participant's answer, and with a yes the frame: who, from when, how long, how much.

    A changed frame has to be approved again. Raises StaleVersion, AccessDenied, DomainError: days to come, a
    frame without a yes or a yes without its frame, a window or cap beyond the settings, and a frame that
    would leave out what was used already.
    """
    enrolment = locked_enrolment(enrolment_id)
    _require_coach(actor, enrolment)
    aftercare = Aftercare.objects.select_for_update(of=("self",)).filter(enrolment=enrolment).first()
    values = {"offered_on": offered_on, "needs": needs.strip(), "answer": answer, "answered_on": answered_on}
    _check_answer(values, today)
    if answer == AftercareAnswer.ACCEPTED:
        frame = {"carer": carer, "starts_on": starts_on, "window_months": window_months}
        values |= _checked_frame(enrolment, {**frame, "most_minutes": most_minutes})
    else:
        values |= NO_FRAME
    if aftercare is None:
        aftercare = Aftercare(enrolment=enrolment, version=0)
    else:
        _check_uses_fit(aftercare, values)
        if any(getattr(aftercare, name) != values[name] for name in FRAME):
            values |= NOT_APPROVED
    # the audit row says who, the table has no column for it
    if put_values(aftercare, values, base_version=base_version, actor=actor):
        _tell(actor, "aftercare.saved", aftercare, answer=aftercare.answer)
    return aftercare


@transaction.atomic
def approve_for_coaching(*, actor: User, aftercare_id: int, version: int, today: dt.date) -> Aftercare:
    """The coach stands behind the frame. A second click changes nothing. Raises StaleVersion, DomainError."""
    aftercare = _locked(aftercare_id)
    _require_coach(actor, aftercare.enrolment)
    if aftercare.coach_approved_on:
        return aftercare
    _require_frame(aftercare, version)
    aftercare.coach_approved_by, aftercare.coach_approved_on = actor, today
    aftercare.version += 1
    aftercare.save()
    _tell(actor, "aftercare.approved_for_coaching", aftercare)
    return aftercare


@transaction.atomic
def approve_for_office(
    *,
    actor: User,
    aftercare_id: int,
    version: int,
    today: dt.date,
    officer_name: str = "",
    approved_on: dt.date | None = None,
) -> Aftercare:
    """The office stands behind the frame: the officer on the own page, or the coach writes down the officer's
    name and day. A second click changes nothing. Raises StaleVersion, AccessDenied, DomainError."""
    aftercare = _locked(aftercare_id)
    is_officer = is_officer_with_summary(actor, aftercare.enrolment)
    if not is_officer:
        _require_coach(actor, aftercare.enrolment)
    if aftercare.officer_approved_on:
        return aftercare
    _require_frame(aftercare, version)
    if is_officer:
        officer_name, approved_on = actor.full_name, today
        aftercare.officer_approved_by = actor
    if not officer_name.strip():
        raise DomainError(_("Say which officer approved it."), field="officer_name")
    if approved_on is None or approved_on > today:
        raise DomainError(_("The day cannot be in the future."), field="approved_on")
    if approved_on < aftercare.offered_on:
        raise DomainError(_("It was offered on a later day."), field="approved_on")
    aftercare.officer_name, aftercare.officer_approved_on = officer_name.strip(), approved_on
    aftercare.version += 1
    aftercare.save()
    _tell(actor, "aftercare.approved_for_office", aftercare)
    return aftercare


@transaction.atomic
def log_use(
    *,
    actor: User,
    aftercare_id: int,
    held_on: dt.date,
    minutes: int,
    channel: str,
    note: str,
    seen_uses: int,
    today: dt.date,
) -> AftercareUse:
    """Write down one piece of aftercare. `seen_uses` is how many entries the page showed: the same one sent
    twice is written once.

    Raises AccessDenied for who neither coaches nor cares, DomainError before both approvals, outside the
    window, in the future, and beyond the hours that were agreed.
    """
    aftercare = _locked(aftercare_id)
    if not can_give_aftercare(actor, aftercare):
        raise AccessDenied(_("Aftercare is written down by who takes care of it and by the month's coach."))
    note = note.strip()
    same = {"held_on": held_on, "minutes": minutes, "channel": channel, "note": note, "given_by": actor}
    if aftercare.uses.count() != seen_uses:
        twin = aftercare.uses.filter(removed_at__isnull=True, **same).first()
        if twin is not None:
            return twin
    if aftercare.answer != AftercareAnswer.ACCEPTED or not aftercare.is_approved:
        raise DomainError(_("The coach and the officer approve aftercare before it begins."))
    if channel not in UseChannel.values:
        raise DomainError(_("Choose how it was given."), field="channel")
    if held_on > today:
        raise DomainError(_("The day cannot be in the future."), field="held_on")
    if not aftercare.starts_on <= held_on <= aftercare.ends_on:
        raise DomainError(
            _("The aftercare lasts %(first)s–%(last)s; this day is outside it.")
            % {"first": date_format(aftercare.starts_on), "last": date_format(aftercare.ends_on)},
            field="held_on",
        )
    if not 1 <= minutes <= MOST_MINUTES_AT_ONCE:
        raise DomainError(_("Give the minutes, at most eight hours at once."), field="minutes")
    left = aftercare.most_minutes - used_minutes(aftercare)
    if minutes > left:
        raise DomainError(
            _("Only %(left)s is left of what was agreed.") % {"left": hours_words(left)}, field="minutes"
        )
    use = AftercareUse.objects.create(aftercare=aftercare, **same)
    _tell(actor, "aftercare.used", aftercare, use=use.pk, minutes=minutes)
    return use


@transaction.atomic
def take_back_use(*, actor: User, use_id: int, reason: str, now: dt.datetime) -> AftercareUse:
    """Take back a mistaken entry; it stays visible with its reason. Raises AccessDenied, DomainError."""
    aftercare = _locked(AftercareUse.objects.values_list("aftercare_id", flat=True).get(pk=use_id))
    if not can_give_aftercare(actor, aftercare):
        raise AccessDenied(_("Aftercare is written down by who takes care of it and by the month's coach."))
    use = AftercareUse.objects.select_for_update(of=("self",)).get(pk=use_id)
    if use.removed_at:
        return use
    if not reason.strip():
        raise DomainError(_("Say why the entry is taken back."), field="reason")
    use.removed_at, use.removed_reason = now, reason.strip()
    use.save(update_fields=["removed_at", "removed_reason"])
    _tell(actor, "aftercare.use_taken_back", aftercare, use=use.pk)
    return use


def used_minutes(aftercare: Aftercare) -> int:
    """What has been given so far, without what was taken back."""
    kept = aftercare.uses.filter(removed_at__isnull=True)
    return kept.aggregate(used=Sum("minutes"))["used"] or 0


# --- how it is done ---------------------------------------------------------------------------------
def _locked(aftercare_id: int) -> Aftercare:
    rows = Aftercare.objects.select_for_update(of=("self",)).select_related(
        "enrolment__month", "enrolment__participant"
    )
    return rows.get(pk=aftercare_id)


def _require_coach(actor: User, enrolment: Enrolment) -> None:
    if not can_write_summaries(actor, enrolment.month):
        raise AccessDenied(_("Aftercare is agreed by the month's own coach."))


def _require_frame(aftercare: Aftercare, version: int) -> None:
    if aftercare.version != version:
        raise stale()
    if aftercare.answer != AftercareAnswer.ACCEPTED:
        raise DomainError(_("The participant has not accepted it yet."))


def _check_answer(values: dict, today: dt.date) -> None:
    answer, answered_on, offered_on = values["answer"], values["answered_on"], values["offered_on"]
    if answer not in AftercareAnswer.values:
        raise DomainError(_("Choose the answer."), field="answer")
    if offered_on > today:
        raise DomainError(_("The day cannot be in the future."), field="offered_on")
    if answer == AftercareAnswer.OPEN:
        if answered_on:
            raise DomainError(_("There is no answer yet. Empty the day."), field="answered_on")
        return
    if answered_on is None:
        raise DomainError(_("Give the day of the answer."), field="answered_on")
    if answered_on > today:
        raise DomainError(_("The day cannot be in the future."), field="answered_on")
    if answered_on < offered_on:
        raise DomainError(_("It was offered on a later day."), field="answered_on")


def _checked_frame(enrolment: Enrolment, frame: dict) -> dict:
    """The frame with its last day, or the reason why it cannot stand."""
    carer, starts_on, months = frame["carer"], frame["starts_on"], frame["window_months"]
    if carer is None or carer.role not in (Role.COACH, Role.COORDINATOR):
        raise DomainError(_("Choose who takes care of it."), field="carer")
    own = {*enrolment.month.coach_ids, enrolment.month.coordinator_id}
    if enrolment.participant.is_restricted and carer.pk not in own:
        raise DomainError(
            _("A protected person's aftercare stays with the month's own coach or coordinator."),
            field="carer",
        )
    if starts_on is None:
        raise DomainError(_("Give the first day."), field="starts_on")
    month = enrolment.month
    if not month.starts_on <= starts_on <= months_later(month.ends_on, 12):
        raise DomainError(_("This day is far from the month. Check the year."), field="starts_on")
    if months not in settings.AFTERCARE_WINDOWS:
        raise DomainError(_("Choose the length."), field="window_months")
    if not 0 < frame["most_minutes"] <= settings.AFTERCARE_MOST_HOURS * 60:
        raise DomainError(
            _("At most %(hours)s hours can be agreed.") % {"hours": settings.AFTERCARE_MOST_HOURS},
            field="most_hours",
        )
    last = months_later(starts_on, months) - dt.timedelta(days=1)
    return {**frame, "ends_on": last}


def _check_uses_fit(aftercare: Aftercare, values: dict) -> None:
    """What was given stays inside: nobody may shrink the frame under it."""
    kept = aftercare.uses.filter(removed_at__isnull=True)
    if not kept.exists():
        return
    if values["answer"] != AftercareAnswer.ACCEPTED:
        raise DomainError(_("Aftercare has been given already, so the answer stays."), field="answer")
    if values["most_minutes"] < used_minutes(aftercare):
        words = {"used": hours_words(used_minutes(aftercare))}
        raise DomainError(_("%(used)s has been used already.") % words, field="most_hours")
    if kept.exclude(held_on__range=(values["starts_on"], values["ends_on"])).exists():
        raise DomainError(_("Something that was given would be left outside."), field="starts_on")


def _tell(actor: User, action: str, aftercare: Aftercare, **details) -> None:
    audit.record(
        actor=actor,
        action=action,
        obj=aftercare,
        participant_id=aftercare.enrolment.participant_id,
        details=details,
    )
