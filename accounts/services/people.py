"""People with an account: added, changed, deactivated (never deleted), given a link to choose a password."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.enums import Role
from accounts.errors import LastAdministratorStays, OwnAccountIsKept, PersonIsNotActive
from accounts.models import User
from core.errors import DomainError, LinkGone
from core.mail import queue_mail
from core.models import LinkToken
from core.tokens import find_link_token, make_link_token, revoke_link_tokens

PASSWORD_LINK = "account.password"  # noqa: S105 - the purpose of a link, no password
PASSWORD_LINK_LIFETIME = dt.timedelta(days=3)
EDITABLE = ("email", "first_name", "last_name", "role", "authority", "title", "phone", "language")


@transaction.atomic
def add_user(*, actor: User, now: dt.datetime, **fields) -> User:
    """A new person, who gets a link by mail to choose a password.

    `fields` are those of EDITABLE. Raises DomainError with the sentence of the rule that they break.
    """
    user = User(**{name: fields[name] for name in EDITABLE if name in fields})
    user.email = user.email.lower()
    user.set_unusable_password()
    _check_rules(user)
    user.save(force_insert=True)
    audit.record(actor=actor, action="user.added", obj=user, details={"role": user.role})
    send_password_link(actor=actor, user=user, now=now)
    return user


@transaction.atomic
def edit_user(*, actor: User, user: User, now: dt.datetime, **fields) -> User:
    """Change a person. A new role or authority holds from the next page on.

    Raises OwnAccountIsKept when administrators would change their own role, LastAdministratorStays, or
    DomainError with the sentence of the rule that is broken.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    was = {name: getattr(user, name) for name in EDITABLE}
    for name in EDITABLE:
        if name in fields:
            setattr(user, name, fields[name])
    user.email = user.email.lower()
    changed = [name for name in EDITABLE if getattr(user, name) != was[name]]
    if "role" in changed and was["role"] == Role.ADMIN:
        _check_administrator_may_go(actor=actor, user=user)
    _check_rules(user)
    if changed:
        user.save(update_fields=changed)
        details = {"fields": changed}
        if "role" in changed:
            details |= {"role_was": was["role"], "role": user.role}
        if "email" in changed:  # a link that went to the old address must not open the account
            revoke_link_tokens(purpose=PASSWORD_LINK, subject_id=user.pk, now=now)
        audit.record(actor=actor, action="user.edited", obj=user, details=details)
    return user


@transaction.atomic
def deactivate_user(*, actor: User, user: User, now: dt.datetime) -> User:
    """Access ends with the person's next click, links to choose a password die; what they wrote stays.

    Raises OwnAccountIsKept or LastAdministratorStays. Twice is harmless.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        return user
    if user.role == Role.ADMIN or user.pk == actor.pk:
        _check_administrator_may_go(actor=actor, user=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    revoke_link_tokens(purpose=PASSWORD_LINK, subject_id=user.pk, now=now)
    audit.record(actor=actor, action="user.deactivated", obj=user)
    return user


@transaction.atomic
def reactivate_user(*, actor: User, user: User) -> User:
    """The person may log in again with the password they had. Twice is harmless."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        audit.record(actor=actor, action="user.reactivated", obj=user)
    return user


@transaction.atomic
def send_password_link(*, actor: User, user: User, now: dt.datetime) -> LinkToken:
    """Mail a one-time link, valid three days, to choose a password; earlier links die.

    Raises PersonIsNotActive for a deactivated person.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise PersonIsNotActive(_("Activate the person first; a link would lead nowhere."))
    revoke_link_tokens(purpose=PASSWORD_LINK, subject_id=user.pk, now=now)
    token, secret = make_link_token(
        purpose=PASSWORD_LINK, subject_id=user.pk, lifetime=PASSWORD_LINK_LIFETIME, now=now
    )
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("accounts:password-choose", args=[secret])
    queue_mail(
        name="password_link",
        recipient=user.email,
        language=user.language,
        context={"address": address, "valid_until": token.expires_at},
    )
    audit.record(actor=actor, action="user.password_link_sent", obj=user)
    return token


@transaction.atomic
def choose_password(*, secret: str, password: str, now: dt.datetime) -> User:
    """Set the password behind a one-time link; the link is used up and every session of the person ends.

    Raises core.errors.LinkGone for a dead link or a deactivated person.
    """
    user = person_behind_link(secret=secret, now=now)
    user = User.objects.select_for_update().get(pk=user.pk)
    token = find_link_token(purpose=PASSWORD_LINK, secret=secret, now=now)  # used by another tab meanwhile?
    user.set_password(password)
    user.save(update_fields=["password"])
    LinkToken.objects.filter(pk=token.pk).update(used_at=now)
    revoke_link_tokens(purpose=PASSWORD_LINK, subject_id=user.pk, now=now)
    audit.record(actor=user, action="user.password_chosen_by_link", obj=user)
    return user


@transaction.atomic
def change_password(*, actor: User, password: str) -> User:
    """One's own new password; the person's other sessions end."""
    user = User.objects.select_for_update().get(pk=actor.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(actor=user, action="user.password_changed", obj=user)
    return user


def person_behind_link(*, secret: str, now: dt.datetime) -> User:
    """The active person whose link this is. Raises core.errors.LinkGone when link or access has ended."""
    token = find_link_token(purpose=PASSWORD_LINK, secret=secret, now=now)
    user = User.objects.active().filter(pk=token.subject_id).first()
    if user is None:
        raise LinkGone(_("This link is no longer valid. Ask the person who sent it for a new one."))
    return user


def _check_administrator_may_go(*, actor: User, user: User) -> None:
    if user.pk == actor.pk:
        raise OwnAccountIsKept(
            _("You cannot take away your own access. Ask another administrator to do it."), field="role"
        )
    others = User.objects.select_for_update().active().filter(role=Role.ADMIN).exclude(pk=user.pk)
    if not others.exists():
        raise LastAdministratorStays(
            _("This is the last administrator. Make somebody else an administrator first."), field="role"
        )


def _check_rules(user: User) -> None:
    """The model's own rules, as a DomainError at the field where the sentence belongs."""
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        if field == "__all__":
            is_officer, has_authority = user.role == Role.TE_OFFICER, user.authority_id is not None
            field = "authority" if is_officer != has_authority else "email"
        raise DomainError(sentences[0], field=field) from error
