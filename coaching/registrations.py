"""What coaching adds to the house's registries for the profile on paper."""

from __future__ import annotations

from core.registry import WayOut, ways_out
from core.tasks import requeuers


def register_profile() -> None:
    """The paper's door and its requeuer."""
    from coaching.profile_paper import WAY_OUT
    from coaching.services.profile_file import requeue_profile_files

    ways_out.add(
        WayOut(WAY_OUT, recipient="", items=(), why_none="the person's own paper, handed to the person")
    )
    requeuers.add(requeue_profile_files)
