"""Links without an account for workplaces and authorities: given, found, revoked (product.md E6-E9)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.audit import record
from core.errors import DomainError, LinkGone
from core.mail import queue_mail, why_lost
from core.models import LinkToken, OutgoingMail
from core.tokens import find_link_token, make_link_token, revoke_link_tokens
from employers.enums import WorkplacePurpose
from employers.models import ContactPerson, Placement, WorkplaceLink

# which page of `employers.urls.workplace` a purpose opens
PAGES = {
    WorkplacePurpose.SIGN: "workplace:sign",
    WorkplacePurpose.HOURS: "workplace:hours",
    WorkplacePurpose.FEEDBACK: "workplace:feedback",
    WorkplacePurpose.BRIEF: "workplace:brief",
}


@dataclass(frozen=True)
class GivenWorkplaceLink:
    """A new link and its whole address, which is sent or shown now and never again."""

    link: WorkplaceLink
    address: str
    mail: OutgoingMail | None = None


@transaction.atomic
def give_workplace_link(
    *,
    actor,
    purpose: str,
    subject_id: int,
    placement: Placement | None,
    now: dt.datetime,
    contact_person: ContactPerson | None = None,
    email: str = "",
    language: str = "fi",
    mail_name: str = "",
    is_reminder: bool = False,
) -> GivenWorkplaceLink:
    """Make a link of one purpose (WorkplacePurpose) to one subject; the one before stops working.

    With `email` it is sent: `mail_name` is the folder under `emails/`, which gets `address` and `valid_until`
    and nothing about a person. Without, the caller shows or prints the address. `actor` None is the program.
    Raises DomainError when there is a mail to send and no template for it.
    """
    if email and not mail_name:
        raise DomainError(_("Say which mail is sent."))
    revoke_link_tokens(purpose=purpose, subject_id=subject_id, now=now)
    lifetime = dt.timedelta(days=settings.WORKPLACE_LINK_DAYS)
    token, secret = make_link_token(purpose=purpose, subject_id=subject_id, lifetime=lifetime, now=now)
    link = WorkplaceLink.objects.create(
        token=token,
        purpose=purpose,
        placement=placement,
        subject_id=subject_id,
        contact_person=contact_person,
        email=email,
        language=language,
        created_at=now,
        created_by=actor,
        is_reminder=is_reminder,
    )
    address = f"{settings.PUBLIC_ADDRESS}{reverse(PAGES[WorkplacePurpose(purpose)], args=[secret])}"
    mail = None
    if email:
        context = {"address": address, "valid_until": token.expires_at}
        mail = queue_mail(name=mail_name, recipient=email, language=language, context=context)
        link.mail = mail
        link.save(update_fields=["mail"])
    record(
        actor=actor,
        actor_label="" if actor else "command line",
        action="workplace_link.sent" if email else "workplace_link.shown",
        obj=link,
        participant_id=placement.participant_id if placement else None,
        details={"purpose": purpose},
    )
    return GivenWorkplaceLink(link, address, mail)


def find_workplace_link(*, purpose: str, secret: str, now: dt.datetime) -> WorkplaceLink:
    """The live link behind a secret; nothing is changed. Raises LinkGone."""
    token = find_link_token(purpose=purpose, secret=secret, now=now)
    links = WorkplaceLink.objects.select_related(
        "token", "contact_person", "placement__participant", "placement__employer", "placement__month"
    )
    link = links.filter(token=token).first()
    if link is None:
        raise LinkGone(_("This link is no longer valid. Ask the person who sent it for a new one."))
    return link


@transaction.atomic
def revoke_workplace_links(
    *, actor, purpose: str, subject_id: int, now: dt.datetime, participant_id: int | None = None
) -> int:
    """Links of this purpose and subject stop working at once; how many there were."""
    count = revoke_link_tokens(purpose=purpose, subject_id=subject_id, now=now)
    link = (
        WorkplaceLink.objects.filter(purpose=purpose, subject_id=subject_id).order_by("-created_at").first()
    )
    if count and link is not None:
        record(actor=actor, action="workplace_link.revoked", obj=link, participant_id=participant_id)
    return count


@transaction.atomic
def lock_live_link(*, link: WorkplaceLink, now: dt.datetime) -> None:
    """Hold the link while something is saved through it. Raises LinkGone when it ended since the page was
    opened: who takes a link back waits for the save, or the save fails."""
    token = LinkToken.objects.select_for_update(no_key=True).get(pk=link.token_id)
    if token.revoked_at is not None or token.expires_at <= now:
        raise LinkGone(_("This link is no longer valid. Ask the person who sent it for a new one."))


def latest_link(*, purpose: str, subject_id: int) -> WorkplaceLink | None:
    """The newest link of a purpose and subject, live or over; None before the first."""
    links = WorkplaceLink.objects.filter(purpose=purpose, subject_id=subject_id)
    links = links.select_related("token", "mail")
    return links.order_by("-created_at", "-id").first()


def mail_trouble(link: WorkplaceLink | None) -> str:
    """In words, why the link's mail did not arrive; empty when it did, or when the link was used anyway."""
    if link is None or link.mail is None or link.last_opened_at:
        return ""
    return why_lost(link.mail)


def note_use(*, link: WorkplaceLink, now: dt.datetime) -> None:
    """Something was sent through the link (opening alone notes nothing: mail scanners open links too)."""
    WorkplaceLink.objects.filter(pk=link.pk).update(last_opened_at=now)
