"""The id of the request or job under way, for logs and the audit trail."""

from __future__ import annotations

import secrets
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def current_request_id() -> str:
    """Twelve characters, or "-" outside a request."""
    return _request_id.get()


def begin_request() -> str:
    """Give the request under way a fresh id and return it."""
    request_id = secrets.token_hex(6)
    _request_id.set(request_id)
    return request_id
