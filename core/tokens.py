"""Personal links without an account: made, found, revoked. The secret exists only in the link itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import LinkGone
from core.models import LinkToken

MAX_WRONG_TRIES = 5


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make_link_token(
    *, purpose: str, subject_id: int, lifetime: dt.timedelta, now: dt.datetime
) -> tuple[LinkToken, str]:
    """A fresh token and its secret (43 URL-safe characters, shown once, never stored)."""
    secret = secrets.token_urlsafe(32)
    token = LinkToken.objects.create(
        purpose=purpose,
        subject_id=subject_id,
        secret_hash=_hash(secret),
        created_at=now,
        expires_at=now + lifetime,
    )
    return token, secret


def find_link_token(*, purpose: str, secret: str, now: dt.datetime) -> LinkToken:
    """The live token behind `secret`; opening it changes nothing (mail scanners open links).

    Raises LinkGone with what to do next when it is unknown, expired, revoked or locked.
    """
    token = LinkToken.objects.filter(purpose=purpose, secret_hash=_hash(secret)).first()
    if token is None or token.revoked_at:
        raise LinkGone(_("This link is no longer valid. Ask the person who sent it for a new one."))
    if token.wrong_tries >= MAX_WRONG_TRIES:
        raise LinkGone(
            _("This link is locked after five wrong tries. Ask the person who sent it for a new one.")
        )
    if token.expires_at <= now:
        raise LinkGone(_("This link has expired. Ask the person who sent it for a new one."))
    return token


@transaction.atomic
def note_wrong_try(*, token: LinkToken) -> int:
    """Count one wrong code; the number of tries left (0 locks the link)."""
    LinkToken.objects.filter(pk=token.pk).update(wrong_tries=F("wrong_tries") + 1)
    token.refresh_from_db(fields=["wrong_tries"])
    return max(0, MAX_WRONG_TRIES - token.wrong_tries)


@transaction.atomic
def revoke_link_tokens(*, purpose: str, subject_id: int, now: dt.datetime) -> int:
    """Every live link of the purpose and subject stops working; how many there were."""
    return LinkToken.objects.filter(purpose=purpose, subject_id=subject_id, revoked_at__isnull=True).update(
        revoked_at=now
    )
