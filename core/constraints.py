"""The database's rules answered in words: a race that only the database can see is no error page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction

from core.errors import DomainError


def constraint_sentence(model: type[models.Model], name: str) -> str:
    """What the user reads when the constraint `name` of `model` says no. Raises LookupError without it."""
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return str(constraint.get_violation_error_message())
    raise LookupError(name)


@contextmanager
def constraints_in_words(
    model: type[models.Model], *, fields: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Write inside a savepoint; a broken constraint of `model` becomes a DomainError with its sentence.

    `fields` says at which form field the sentence of which constraint belongs. Other integrity errors
    (a foreign key, another table) pass through: they are our faults, not the user's.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        try:
            sentence = constraint_sentence(model, name)
        except LookupError:
            raise error from None
        raise DomainError(sentence, field=(fields or {}).get(name, "")) from error
