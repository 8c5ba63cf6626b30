"""The session of a visit without an account: it is the visit's alone and never the staff's."""

from __future__ import annotations

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore


def is_still_saved(store: SessionStore) -> bool:
    """Write what the visit remembers; False when it was closed meanwhile, in another tab or by a new link."""
    try:
        store.save()
    except UpdateError:
        return False
    return True
