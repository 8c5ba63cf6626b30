"""Whether the mandatory blocks are filled: until they are, a summary carries the word "provisional"."""

from __future__ import annotations

from collections.abc import Mapping

from reports.enums import MANDATORY_BLOCKS, Block

# what must stand in a block beside `missing` being empty
_NEEDED = {Block.BASICS: "officer", Block.START: "labour_status"}


def is_complete(made: Mapping[str, object | None]) -> bool:
    """Are blocks 1-4, 6, 7 and 11 (or its planned day) all there? A block withheld for want of consent is
    not. `made` maps the values of Block to what reports.summary.build made of them."""
    return all(_is_filled(block, made[block.value]) for block in MANDATORY_BLOCKS)


def _is_filled(block: Block, content) -> bool:
    if content is None or getattr(content, "missing", "") or getattr(content, "missing_areas", ()):
        return False
    return block not in _NEEDED or bool(getattr(content, _NEEDED[block]))
