"""Encryption of single fields at rest, hashes to find one again, seals for an address."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """Encrypted with the first of FIELD_ENCRYPTION_KEYS."""
    return _box(tuple(settings.FIELD_ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Decrypted with whichever key fits; raises cryptography.fernet.InvalidToken when none does."""
    return _box(tuple(settings.FIELD_ENCRYPTION_KEYS)).decrypt(token.encode()).decode()


def keyed_hash(text: str) -> str:
    """64 hex digits: the same for the same text under FIELD_HASH_KEY, useless without the key."""
    return hmac.new(settings.FIELD_HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def seal(text: str, *, purpose: str, now: dt.datetime) -> str:
    """`text` for an address, unreadable without SECRET_KEY; it opens for the same `purpose` only."""
    return _seals(purpose, *_secrets()).encrypt_at_time(text.encode(), int(now.timestamp())).decode()


def unseal(token: str, *, purpose: str, lifetime: dt.timedelta, now: dt.datetime) -> str | None:
    """What was sealed no longer than `lifetime` ago; None for anything else."""
    seconds = int(lifetime.total_seconds())
    try:
        return (
            _seals(purpose, *_secrets())
            .decrypt_at_time(token.encode(), ttl=seconds, current_time=int(now.timestamp()))
            .decode()
        )
    except (InvalidToken, UnicodeError):
        return None


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=8)
def _seals(purpose: str, *secrets: str) -> MultiFernet:
    digests = [salted_hmac(purpose, "", secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
