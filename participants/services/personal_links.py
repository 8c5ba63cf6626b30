"""The participant's personal link: given, opened with the date of birth, revoked (product.md P5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts.audit import record
from accounts.models import User
from core.errors import DomainError, LinkGone
from core.mail import queue_mail
from core.models import OutgoingMail
from core.tokens import MAX_WRONG_TRIES, find_link_token, make_link_token, note_wrong_try, revoke_link_tokens
from participants.enums import LinkChannel
from participants.models import OwnDraft, Participant, PersonalLink
from participants.own.birth_date import possible_dates

PURPOSE = "participant.pages"
BY_LINK = gettext_noop("participant link")  # who did it, in the audit trail
AFTER_THE_MONTH = dt.timedelta(days=14)  # the talk of three and the approval of the summary come afterwards
SECOND_CLICK = dt.timedelta(seconds=20)  # shorter than correcting an address takes
MAX_DRAFT_CHARACTERS = 100_000


class BirthDateMissing(DomainError):
    """Without a date of birth there is no second factor."""

    def __init__(self) -> None:
        super().__init__(
            _("The link asks for the date of birth, and there is none on record. Add it to the record first.")
        )


class WrongBirthDate(DomainError):
    """`tries_left` more before the link locks."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(
            ngettext(
                "This is not the date of birth that we have. You can try %(count)s more time.",
                "This is not the date of birth that we have. You can try %(count)s more times.",
                tries_left,
            )
            % {"count": tries_left},
            field="birth_date",
        )
        self.tries_left = tries_left


@dataclass(frozen=True)
class GivenLink:
    """A new link and its whole address, which is shown or sent now and never again."""

    link: PersonalLink
    address: str
    mail: OutgoingMail | None = None


@transaction.atomic
def give_link(
    *,
    actor: User | None,
    participant_id: int,
    channel: str,
    now: dt.datetime,
    mail_name: str = "personal_link",
) -> GivenLink:
    """Make a link, and send it when `channel` (LinkChannel) is e-mail; the one before stops working.

    `mail_name` is the folder under `emails/`, which gets `address` and `valid_until` and nothing about the
    person. `actor` None is the program itself (a reminder). Raises BirthDateMissing; DomainError when there
    is no e-mail address, or when a protected person's link would go by e-mail.
    """
    person = Participant.objects.select_for_update().get(pk=participant_id)
    if person.birth_date is None:
        raise BirthDateMissing()
    if channel == LinkChannel.EMAIL:
        _require_mailable(person)
    revoke_link_tokens(purpose=PURPOSE, subject_id=person.pk, now=now)
    lifetime = _lifetime(person, now)
    token, secret = make_link_token(purpose=PURPOSE, subject_id=person.pk, lifetime=lifetime, now=now)
    link = PersonalLink.objects.create(
        participant=person, token=token, channel=LinkChannel(channel), created_at=now, created_by=actor
    )
    address = f"{settings.PUBLIC_ADDRESS}{reverse('own:door', args=[secret])}"
    mail = None
    if channel == LinkChannel.EMAIL:
        context = {"address": address, "valid_until": token.expires_at}
        mail = queue_mail(name=mail_name, recipient=person.email, language=person.language, context=context)
        link.mail = mail
        link.save(update_fields=["mail"])
    record(
        actor=actor,
        actor_label="" if actor else "command line",
        action="link.sent" if channel == LinkChannel.EMAIL else "link.printed",
        obj=link,
        participant_id=person.pk,
    )
    return GivenLink(link, address, mail)


@transaction.atomic
def send_link(*, actor: User, participant_id: int, now: dt.datetime) -> PersonalLink:
    """A link by e-mail. A second click gives the link that is on its way: another mail would end the first.

    Raises what `give_link` raises.
    """
    person = Participant.objects.select_for_update().get(pk=participant_id)
    just_sent = person.personal_links.filter(
        channel=LinkChannel.EMAIL,
        created_at__gt=now - SECOND_CLICK,
        opened_at__isnull=True,
        token__revoked_at__isnull=True,
    )
    if standing := just_sent.order_by("-created_at").first():
        return standing
    return give_link(actor=actor, participant_id=participant_id, channel=LinkChannel.EMAIL, now=now).link


def _require_mailable(person: Participant) -> None:
    if person.is_restricted:
        raise DomainError(
            _(
                "A protected person gets the link on paper, from hand to hand: a mailbox may be read by "
                "others."
            )
        )
    if not person.email:
        raise DomainError(_("There is no e-mail address on record. Print the link instead."))


def _lifetime(person: Participant, now: dt.datetime) -> dt.timedelta:
    """PERSONAL_LINK_DAYS, and at least two weeks over the end of the newest month."""
    days = dt.timedelta(days=settings.PERSONAL_LINK_DAYS)
    ends = person.enrolments.exclude(state="cancelled").order_by("-month__ends_on")
    last = ends.values_list("month__ends_on", flat=True).first()
    if last is None:
        return days
    return max(days, dt.timedelta(days=(last - now.date()).days) + AFTER_THE_MONTH)


@transaction.atomic
def revoke_link(*, actor: User, participant_id: int, now: dt.datetime) -> bool:
    """The person's link stops working at once, and whoever is inside is out; False when there was none."""
    person = Participant.objects.select_for_update().get(pk=participant_id)
    link = person.personal_links.filter(token__revoked_at__isnull=True).order_by("-created_at").first()
    if not revoke_link_tokens(purpose=PURPOSE, subject_id=person.pk, now=now):
        return False
    record(actor=actor, action="link.revoked", obj=link, participant_id=person.pk)
    return True


def find_link(*, secret: str, now: dt.datetime) -> PersonalLink:
    """The live link behind a secret; nothing is changed. Raises LinkGone."""
    token = find_link_token(purpose=PURPOSE, secret=secret, now=now)
    link = PersonalLink.objects.select_related("participant", "token").filter(token=token).first()
    if link is None or was_mailed_to_protected(link):
        raise LinkGone(_("This link is no longer valid. Ask the person who sent it for a new one."))
    return link


def is_live(link: PersonalLink, *, now: dt.datetime) -> bool:
    """Neither revoked, locked nor expired, nor in the mailbox of somebody who is protected now."""
    token = link.token
    ends = token.revoked_at is not None or token.wrong_tries >= MAX_WRONG_TRIES or token.expires_at <= now
    return not ends and not was_mailed_to_protected(link)


def was_mailed_to_protected(link: PersonalLink) -> bool:
    """Whose protection began after the mail went: the mailbox may be read by others."""
    return link.channel == LinkChannel.EMAIL and link.participant.is_restricted


def open_link(*, link_id: int, birth_date: str, now: dt.datetime, language: str = "") -> PersonalLink:
    """Let the participant in by the second factor.

    `birth_date` is what was typed; `language` a language chosen on the door page ("" for none). What is no
    date costs no try. Raises DomainError for that, WrongBirthDate with the tries that are left, LinkGone
    when the link is gone or this was the fifth wrong try.
    """
    typed = possible_dates(birth_date)
    if not typed:
        raise DomainError(_("Write your date of birth like this: 1.2.1980."), field="birth_date")
    link, tries_left = _try_to_open(link_id, typed, now, language)
    if tries_left is None:
        return link
    if tries_left:
        raise WrongBirthDate(tries_left)
    raise LinkGone(_("This link is locked after five wrong tries. Ask the person who sent it for a new one."))


@transaction.atomic
def _try_to_open(link_id, typed, now, language) -> tuple[PersonalLink, int | None]:
    """The link and None, or the tries that are left; refusals are raised outside, or the count rolls back."""
    links = PersonalLink.objects.select_for_update(of=("self", "token")).select_related(
        "token", "participant"
    )
    link = links.get(pk=link_id)
    if not is_live(link, now=now):
        raise LinkGone(_("This link is no longer valid. Ask the person who sent it for a new one."))
    person = link.participant
    if person.birth_date not in typed:
        tries_left = note_wrong_try(token=link.token)
        if not tries_left:
            _record(link, "link.locked")
        return link, tries_left
    link.opened_at, link.last_opened_at = link.opened_at or now, now
    if language and not link.language:
        link.language = language
    link.save(update_fields=["opened_at", "last_opened_at", "language"])
    token = link.token
    token.used_at, token.wrong_tries = token.used_at or now, 0
    token.save(update_fields=["used_at", "wrong_tries"])
    _record(link, "link.opened")
    return link, None


def _record(link: PersonalLink, action: str) -> None:
    record(actor=None, actor_label=BY_LINK, action=action, obj=link, participant_id=link.participant_id)


@transaction.atomic
def choose_reading(*, link_id: int, language: str, is_plain: bool) -> PersonalLink:
    """The language of the own pages; plain Finnish is remembered with the person."""
    link = PersonalLink.objects.select_for_update(of=("self",)).select_related("participant").get(pk=link_id)
    if language not in dict(settings.LANGUAGES):
        raise DomainError(_("There is no such language."))
    link.language = language
    link.save(update_fields=["language"])
    wants_plain = is_plain and language == "fi"
    if language == "fi" and link.participant.wants_plain_finnish != wants_plain:
        Participant.objects.filter(pk=link.participant_id).update(wants_plain_finnish=wants_plain)
    return link


@transaction.atomic
def keep_draft(*, participant_id: int, key: str, content: dict, base: str, now: dt.datetime) -> OwnDraft:
    """Keep what the participant has typed on one page so far. Raises DomainError when it is too long."""
    if sum(len(str(value)) for value in content.values()) > MAX_DRAFT_CHARACTERS:
        raise DomainError(_("This is too long to be kept. Make it shorter."))
    draft, _made = OwnDraft.objects.update_or_create(
        participant_id=participant_id, key=key, defaults={"content": content, "base": base, "saved_at": now}
    )
    return draft


def drop_draft(*, participant_id: int, key: str) -> None:
    """What was sent is no draft any more."""
    OwnDraft.objects.filter(participant_id=participant_id, key=key).delete()
