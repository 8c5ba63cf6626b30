"""What the signing of agreements adds to the pages of others."""

from __future__ import annotations

from core.registry import audit_sentences
from employers import trail_signing


def register_signing() -> None:
    """Called once, when the app is ready."""
    audit_sentences.update(trail_signing.AUDIT_SENTENCES)
