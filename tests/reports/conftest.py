"""Fixtures of the summary tests; the larger ones stand in tests/support/summaries.py."""

from tests.support.summaries import english  # noqa: F401
