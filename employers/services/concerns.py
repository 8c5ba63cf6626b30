"""Early concerns: told by the workplace, the participant or one of us, and answered (issue 4, "During")."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.enums import Role
from core.constraints import constraint_sentence
from core.errors import DomainError
from core.mail import queue_mail
from core.templatetags.page_pieces import datetime_fi
from employers.enums import ConcernSource, PlacementState
from employers.models import Concern, Placement

SAME_WITHIN = dt.timedelta(minutes=10)  # the same words again: a second press, not a second concern
AT_MOST, WITHIN = 5, dt.timedelta(hours=1)  # of one work trial by a link: more needs a telephone
TEXT_LIMIT, ANSWER_LIMIT = 1000, 500


@transaction.atomic
def raise_concern(
    *,
    actor,
    placement_id: int,
    source: str,
    text: str,
    now: dt.datetime,
    raised_by_name: str = "",
    wants_call: bool = False,
    phone: str = "",
    actor_label: str = "",
) -> Concern:
    """Note what worries somebody and tell the coach and the coordinator at once, by a mail that says only
    that there is something to read.

    `source` is a ConcernSource; `actor` None with an `actor_label` is a link. The same words within ten
    minutes are the same concern. Raises DomainError for empty or too long words, a call without a number,
    a work trial that never began, and too many concerns in an hour by link.
    """
    placement = _locked(placement_id)
    text, phone = text.strip(), phone.strip()
    _check(
        placement, text=text, wants_call=wants_call, phone=phone, needs_phone=source != ConcernSource.STAFF
    )
    before = placement.concerns.filter(source=source)
    known = before.filter(text=text, raised_at__gte=now - SAME_WITHIN).order_by("-id").first()
    if known is not None:
        return known
    if actor is None and before.filter(raised_at__gte=now - WITHIN).count() >= AT_MOST:
        raise DomainError(_("We have got your messages and will answer. If it is urgent, ring us."))
    concern = Concern.objects.create(
        placement=placement,
        source=source,
        text=text,
        raised_by_name=raised_by_name.strip(),
        wants_call=wants_call,
        phone=phone if wants_call else "",
        raised_at=now,
        raised_by=actor,
    )
    record(
        actor=actor,
        actor_label=actor_label,
        action="concern.raised",
        obj=concern,
        participant_id=placement.participant_id,
        details={"from": source},
    )
    _tell(placement, now=now, but=actor)
    return concern


@transaction.atomic
def handle_concern(*, actor, concern_id: int, answer: str, now: dt.datetime) -> Concern:
    """Answer a concern: what was done; who and when are kept. The same answer again changes nothing.

    Raises DomainError for an empty or too long answer, and when somebody else has answered meanwhile.
    """
    concern = (
        Concern.objects.select_for_update(of=("self",))
        .select_related("placement", "handled_by")
        .get(pk=concern_id)
    )
    answer = " ".join(answer.split())
    if concern.handled_at is not None:
        if concern.answer == answer and concern.handled_by_id == actor.pk:
            return concern
        raise DomainError(
            _("%(who)s answered this on %(when)s: “%(answer)s”")
            % {
                "who": concern.handled_by.full_name,
                "when": datetime_fi(concern.handled_at),
                "answer": concern.answer,
            }
        )
    if not answer:
        raise DomainError(constraint_sentence(Concern, "concern_handled_says_how"), field="answer")
    if len(answer) > ANSWER_LIMIT:
        raise DomainError(_shorten(ANSWER_LIMIT), field="answer")
    concern.answer, concern.handled_at, concern.handled_by = answer, now, actor
    concern.save(update_fields=["answer", "handled_at", "handled_by"])
    record(
        actor=actor,
        action="concern.handled",
        obj=concern,
        participant_id=concern.placement.participant_id,
    )
    return concern


def _locked(placement_id: int) -> Placement:
    found = Placement.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("month", "created_by").get(pk=placement_id)


def _shorten(limit: int) -> str:
    return _("Shorten the text to at most %(limit)s characters.") % {"limit": limit}


def _check(placement: Placement, *, text: str, wants_call: bool, phone: str, needs_phone: bool) -> None:
    if placement.state == PlacementState.DID_NOT_START:
        raise DomainError(_("This work trial did not start."))
    if not text:
        raise DomainError(constraint_sentence(Concern, "concern_has_words"), field="text")
    if len(text) > TEXT_LIMIT:
        raise DomainError(_shorten(TEXT_LIMIT), field="text")
    if wants_call and needs_phone and not phone:
        raise DomainError(_("Write the number that we may ring."), field="phone")


def people_to_tell(placement: Placement, *, today: dt.date) -> list:
    """The coaches and the coordinator of the work trial, and a coordinator who stands in on the day."""
    month = placement.month
    if month is None:
        return [placement.created_by] if placement.created_by else []
    people = [month.coach, month.second_coach, month.coordinator]
    standing_in = month.substitutions.filter(
        starts_on__lte=today, ends_on__gte=today, user__role=Role.COORDINATOR
    ).select_related("user")
    people += [substitution.user for substitution in standing_in]
    return list(dict.fromkeys(person for person in people if person is not None and person.is_active))


def _tell(placement: Placement, *, now: dt.datetime, but) -> None:
    """One mail to each: somewhere a concern waits. Who it is about is seen after logging in."""
    page = reverse("employers:placement", args=[placement.pk])
    address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{page}#concerns"
    for person in people_to_tell(placement, today=timezone.localdate(now)):
        if person != but and person.email:
            queue_mail(
                name="concern_raised",
                recipient=person.email,
                language=person.language,
                context={"address": address},
            )
