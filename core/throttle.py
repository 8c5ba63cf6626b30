"""How often somebody may knock: a counter in the cache, forgotten by itself."""

from __future__ import annotations

from django.core.cache import cache

from core.crypto import keyed_hash


def is_too_often(*, door: str, who: str, at_most: int, seconds: int) -> bool:
    """Count one knock of `who` (an address; only its keyed hash is kept) at `door`; True beyond `at_most`
    within `seconds`."""
    key = f"throttle:{door}:{keyed_hash(who)}"
    if cache.add(key, 1, timeout=seconds):
        return False
    try:
        return cache.incr(key) > at_most
    except ValueError:  # it ran out between the two
        return False
