"""TE-offices and employment areas: added, changed, taken out of use (never deleted)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import AuthorityIsInUse
from accounts.models import Authority, User
from core.errors import DomainError

EDITABLE = ("name", "kind", "email", "street_address", "postal_code", "city", "language", "is_active")


@transaction.atomic
def add_authority(*, actor: User, **fields) -> Authority:
    """A new authority. Raises DomainError with the sentence of the rule that it breaks (a name twice)."""
    authority = Authority(**{name: fields[name] for name in EDITABLE if name in fields})
    _check_rules(authority)
    authority.save(force_insert=True)
    audit.record(actor=actor, action="authority.added", obj=authority)
    return authority


@transaction.atomic
def edit_authority(*, actor: User, authority: Authority, **fields) -> Authority:
    """Change an authority. Raises AuthorityIsInUse when one with active officers is taken out of use."""
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    changed = [name for name in EDITABLE if name in fields and getattr(authority, name) != fields[name]]
    for name in changed:
        setattr(authority, name, fields[name])
    _check_rules(authority)
    if "is_active" in changed and not authority.is_active:
        count = User.objects.officers_of(authority).count()
        if count:
            raise AuthorityIsInUse(
                _("People still work here: deactivate them or move them to another authority first."),
                field="is_active",
            )
    if changed:
        authority.save(update_fields=changed)
        audit.record(actor=actor, action="authority.edited", obj=authority, details={"fields": changed})
    return authority


def _check_rules(authority: Authority) -> None:
    try:
        authority.full_clean()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise DomainError(sentences[0], field="" if field == "__all__" else field) from error
