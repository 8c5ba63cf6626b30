"""Lockout after repeated failures: django-axes counts, and keeps nothing that names a person.

Axes would store the typed address, the whole posted form and a line in the log. Here the address is a keyed
hash (so letter case gives no further tries), the form is not kept, and the log says only that it happened.
"""

from __future__ import annotations

import datetime as dt
from ipaddress import ip_address

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_noop

from accounts import audit
from accounts.models import User
from core.crypto import keyed_hash

LOG_IN_PAGE = gettext_noop("log-in page")  # who, in the audit trail, when nobody is logged in


def hashed_address(request: HttpRequest, credentials: dict | None = None) -> str:
    """Whom the tries are counted for: 64 hex digits in place of the e-mail address."""
    source = credentials if credentials else request.POST
    return keyed_hash("log-in:" + str(source.get("username") or "").strip().lower())


def client_address(request: HttpRequest) -> str:
    """The visitor's address for counting tries: behind N trusted proxies (TRUSTED_PROXIES) the Nth from the
    right in X-Forwarded-For, which the outermost of them wrote; what a visitor puts further left is not
    believed."""
    direct = request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 -- a value, nothing listens here
    hops = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if not settings.TRUSTED_PROXIES or len(hops) < settings.TRUSTED_PROXIES:
        return direct
    try:
        return str(ip_address(hops[-settings.TRUSTED_PROXIES]))
    except ValueError:
        return direct


def nameless_client(username, address, user_agent, path_info, request) -> str:
    """What axes may write into the log about the visitor; the line's request id leads to the audit trail."""
    return "somebody"


class QuietHandler(AxesDatabaseHandler):
    """Axes' own counting, without the posted form, and with our audit trail."""

    def user_login_failed(self, sender, credentials: dict, request=None, **kwargs) -> None:
        if request is None:
            return
        was_locked = request.axes_locked_out
        posted, asked = request.POST, request.GET
        request.POST = request.GET = QueryDict()
        try:
            super().user_login_failed(sender, credentials, request, **kwargs)
        finally:
            request.POST, request.GET = posted, asked
        if not was_locked:
            _write_trail(str(credentials.get("username") or ""), is_locked=request.axes_locked_out)


def _write_trail(address: str, *, is_locked: bool) -> None:
    """Whose account was tried stands as an id; what was typed is not kept."""
    user = User.objects.filter(email=address.strip().lower()).first()
    action = "user.locked_out" if is_locked else "user.log_in_failed"
    audit.record(actor=None, actor_label=LOG_IN_PAGE, action=action, obj=user)


def locked_until(request: HttpRequest, credentials: dict | None) -> dt.datetime | None:
    """When the next try is possible, or None when nothing is locked."""
    attempts = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    latest = [found for found in (rows.aggregate(at=Max("attempt_time"))["at"] for rows in attempts) if found]
    return max(latest) + get_cool_off(request) if latest else None
