"""The audit trail has words for every state that a work trial can be moved to."""

import pytest

from core.registry import audit_sentences
from employers.enums import PlacementState


@pytest.mark.parametrize("state", [*PlacementState.values, "reopened"])
def test_every_move_of_a_work_trial_has_its_sentence(state):
    assert f"placement.{state}" in audit_sentences
