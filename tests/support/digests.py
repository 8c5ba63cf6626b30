"""Office digests (fixtures for tests/conftest.py)."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.digest_figures import figures_of, span_of
from reports.models import OfficeDigest


@pytest.fixture
def digest(office, manager):
    """January's digest of the office, not sent."""
    return OfficeDigest.objects.create(
        authority=office,
        period="month",
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 1, 31),
        author=manager,
    )


@pytest.fixture
def sent_digest(office, manager):
    """December's digest, which the office can read."""
    span = span_of("month", dt.date(2025, 12, 1))
    return OfficeDigest.objects.create(
        authority=office,
        period="month",
        starts_on=span.first,
        ends_on=span.last,
        author=manager,
        data=figures_of(office, span),
        sent_at=dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC),
    )
