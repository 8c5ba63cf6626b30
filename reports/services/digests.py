"""Writing an office's digest: made, its stories, sent with frozen figures and one mail."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Authority, User
from coaching.models import Enrolment
from coaching.services.person_base import stale
from core.errors import AccessDenied, DomainError
from core.mail import queue_mail
from employers.share_text import first_name_in, has_email, has_identity_code, has_phone
from reports.access import can_write_digests
from reports.digest_figures import FEW, Span, figures_of, span_of
from reports.enums import DigestPeriod
from reports.errors import WrongState
from reports.models import OfficeDigest

FEWEST_STORIES, MOST_STORIES = 2, 3
LONGEST_STORY = 300


@transaction.atomic
def make_digest(
    *, actor: User, authority: Authority, period: str, starts_on: dt.date, today: dt.date
) -> OfficeDigest:
    """The digest of the office for a month or half-year; the one that stands already is returned.

    Raises AccessDenied, DomainError for a period that is still to come or begins on another day.
    """
    _require_manager(actor)
    if period not in DigestPeriod.values or starts_on.day != 1:
        raise DomainError(_("Choose the period."), field="period")
    if period == DigestPeriod.HALF_YEAR and starts_on.month not in (1, 7):
        raise DomainError(_("Choose the period."), field="period")
    if starts_on > today:
        raise DomainError(_("This period is still to come."), field="period")
    span = span_of(period, starts_on)
    digest, is_new = OfficeDigest.objects.get_or_create(
        authority=authority,
        period=period,
        starts_on=starts_on,
        defaults={"ends_on": span.last, "author": actor},
    )
    if is_new:
        audit.record(actor=actor, action="digest.made", obj=digest)
    return digest


@transaction.atomic
def save_stories(*, actor: User, digest_id: int, stories: list[str], base_version: int) -> OfficeDigest:
    """Two or three lines without anything that tells who they are about; the field of story n is `story_n`.

    Raises StaleVersion, WrongState once it is sent, DomainError for a name, number, address or identity code,
    and where so few people are behind the figures that any story would tell who it is.
    """
    digest = _locked(actor, digest_id)
    kept = [" ".join(story.split()) for story in stories]
    kept = [story for story in kept if story]
    if digest.cases == kept:
        return digest
    if digest.version != base_version:
        raise stale()
    if len(kept) > MOST_STORIES:
        raise DomainError(_("At most three stories."))
    span = span_of(digest.period, digest.starts_on)
    if kept and _people_behind(digest, span) < FEW:
        raise DomainError(_too_few())
    names = _names_of_period(span)
    for number, story in enumerate(stories, start=1):
        _refuse_personal_data(story, names=names, field=f"story_{number}")
    digest.cases = kept
    digest.version += 1
    digest.save(update_fields=["cases", "version"])
    audit.record(actor=actor, action="digest.stories_written", obj=digest, details={"stories": len(kept)})
    return digest


@transaction.atomic
def send_digest(
    *, actor: User, digest_id: int, version: int, now: dt.datetime, today: dt.date
) -> OfficeDigest:
    """Freeze the figures and tell the office by one mail. A second click sends nothing.

    Raises StaleVersion, AccessDenied, DomainError before the period is over or without its stories.
    """
    digest = (
        OfficeDigest.objects.select_for_update(of=("self",)).select_related("authority").get(pk=digest_id)
    )
    _require_manager(actor)
    if digest.sent_at:
        return digest
    if digest.version != version:
        raise stale()
    if digest.ends_on >= today:
        raise DomainError(_("The period is not over yet."))
    span = span_of(digest.period, digest.starts_on)
    Authority.objects.select_for_update(no_key=True).get(pk=digest.authority_id)  # one knows of the other
    figures = figures_of(digest.authority, span)
    if figures["people"]["now"]["all"] >= FEW and len(digest.cases) < FEWEST_STORIES:
        raise DomainError(_("Write two or three anonymous stories first."))
    if figures["people"]["now"]["all"] < FEW and digest.cases:
        raise DomainError(_too_few())
    names = _names_of_period(span)
    for story in digest.cases:  # somebody may have joined since they were written
        _refuse_personal_data(story, names=names, field="")
    digest.data, digest.sent_at = figures, now
    digest.version += 1
    digest.mail = _mail(digest)
    digest.save()
    audit.record(actor=actor, action="digest.sent", obj=digest, details={"authority": digest.authority_id})
    return digest


@transaction.atomic
def send_mail_again(*, actor: User, digest_id: int) -> OfficeDigest:
    """One more mail about a digest that was sent. Raises WrongState, DomainError without an address."""
    digest = (
        OfficeDigest.objects.select_for_update(of=("self",)).select_related("authority").get(pk=digest_id)
    )
    _require_manager(actor)
    if not digest.sent_at:
        raise WrongState(_("The digest has not been sent yet."))
    if not digest.authority.email:
        raise DomainError(_("The office has no e-mail address. Ask the administrator to add it."))
    digest.mail = _mail(digest)
    digest.save(update_fields=["mail"])
    audit.record(actor=actor, action="digest.mailed_again", obj=digest)
    return digest


def _too_few() -> str:
    return _("Fewer than five people ended in the period: any story would tell who it is. Leave them out.")


def _mail(digest: OfficeDigest):
    office = digest.authority
    if not office.email:
        return None
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("reports:digest", args=[digest.pk])
    return queue_mail(
        name="office_digest", recipient=office.email, language=office.language, context={"address": address}
    )


def _require_manager(actor: User) -> None:
    if not can_write_digests(actor):
        raise AccessDenied(_("Digests are written by managers."))


def _locked(actor: User, digest_id: int) -> OfficeDigest:
    digest = (
        OfficeDigest.objects.select_for_update(of=("self",)).select_related("authority").get(pk=digest_id)
    )
    _require_manager(actor)
    if digest.sent_at:
        raise WrongState(_("The digest was sent and stays as it is."))
    return digest


def _people_behind(digest: OfficeDigest, span: Span) -> int:
    ended = Enrolment.objects.enrolled().annotate(ended=Coalesce("left_on", "month__ends_on"))
    return ended.filter(
        participant__authority=digest.authority_id, ended__range=(span.first, span.last)
    ).count()


def _names_of_period(span: Span) -> list[str]:
    """First and last names of everybody whose group touched the period. One query."""
    people = (
        Enrolment.objects.enrolled()
        .filter(month__starts_on__lte=span.last, month__ends_on__gte=span.first)
        .annotate(first=F("participant__first_name"), last=F("participant__last_name"))
        .values_list("first", "last")
        .order_by()
        .distinct()
    )
    return [name for pair in people for name in pair]


def _refuse_personal_data(story: str, *, names: list[str], field: str) -> None:
    if len(story) > LONGEST_STORY:
        raise DomainError(_("At most %(limit)s characters.") % {"limit": LONGEST_STORY}, field=field)
    if has_email(story):
        raise DomainError(_("Take the e-mail address out: this text leaves the house."), field=field)
    if has_identity_code(story):
        raise DomainError(_("Take the personal identity code out: this text leaves the house."), field=field)
    if has_phone(story):
        raise DomainError(_("Take the phone number out: this text leaves the house."), field=field)
    found = first_name_in(story, names=names)
    if found:
        sentence = _("Take the name “%(name)s” out: this text leaves the house.") % {"name": found}
        raise DomainError(sentence, field=field)
