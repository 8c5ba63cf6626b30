"""The register as a table: what is needed to ring and to write, without the notes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.text import capfirst

from employers.models import Employer

FIELDS = (
    "name",
    "business_id",
    "sector",
    "size",
    "street_address",
    "postal_code",
    "city",
    "phone",
    "email",
    "own_contact",
    "deputy",
    "last_contact_on",
    "do_not_ask_before",
    "needs",
)


def register_headers() -> list[str]:
    """The columns of `register_table`."""
    return [capfirst(str(Employer._meta.get_field(name).verbose_name)) for name in FIELDS]


def register_table(employers: QuerySet) -> Iterator[list[object]]:
    """A row for each employer: one query, read as it comes."""
    for employer in employers.select_related("own_contact", "deputy").iterator(chunk_size=1000):
        yield [_cell(employer, name) for name in FIELDS]


def _cell(employer: Employer, name: str) -> object:
    value = getattr(employer, name)
    if name in ("own_contact", "deputy"):
        return value.full_name if value else ""
    if name in ("sector", "size"):
        return capfirst(str(getattr(employer, f"get_{name}_display")()))
    return value
