"""Fixtures of the coaching tests."""

import pytest
from django.utils import translation


@pytest.fixture
def english():
    """Sentences in the source language, for tests that name a refusal by its words."""
    with translation.override("en"):
        yield
