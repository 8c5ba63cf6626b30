"""What coaching adds to the registries for the profile on paper, the board, and a person's own data."""

from __future__ import annotations

from core.registry import WayOut, ways_out
from core.tasks import requeuers


def register_profile() -> None:
    """The two doors, the paper's requeuer, and what is exported and forgotten of a person."""
    from coaching.pages.wall import WAY_OUT as WALL
    from coaching.person_data import register_person_data
    from coaching.profile_paper import WAY_OUT
    from coaching.services.profile_file import requeue_profile_files
    from participants.enums import ConsentItem, ConsentRecipient

    ways_out.add(
        WayOut(WAY_OUT, recipient="", items=(), why_none="the person's own paper, handed to the person")
    )
    ways_out.add(WayOut(WALL, ConsentRecipient.GROUP, (ConsentItem.PROGRESS,)))
    requeuers.add(requeue_profile_files)
    register_person_data()
