"""Opening and closing a session. These take the request because Django's session hangs on it."""

from __future__ import annotations

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest

from accounts import audit
from accounts.models import User


@transaction.atomic
def open_session(request: HttpRequest, user: User) -> None:
    """Log `user` in with a fresh session id and form stamp, and write it into the audit trail."""
    auth.login(request, user)
    audit.record(actor=user, action="user.logged_in", obj=user)


@transaction.atomic
def close_session(request: HttpRequest) -> None:
    """Log out and forget the session; harmless when nobody was logged in."""
    user = request.user
    if user.is_authenticated:
        audit.record(actor=user, action="user.logged_out", obj=user)
    auth.logout(request)
