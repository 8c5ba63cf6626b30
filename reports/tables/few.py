"""Not telling numbers of one or two people, nor what they could be worked out from.

A sum that is told (10 started) gives its hidden parts away when they are too few: two that come to 2 are one
each. So hiding goes on until at least two cells are hidden that together come to 2 * FEW.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

FEW = 3
ENOUGH = 2 * FEW  # what the hidden parts of a sum that is told come to at least
Cell = tuple[str, str]  # of a table the line


def hide_parts(numbers: dict, hidden: set) -> bool:
    """Add to `hidden` (keys of `numbers`) until nothing can be worked out from their sum, the smallest told
    first. False when even all of them are not enough: then the sum must not be told either."""
    for key, number in numbers.items():
        if 0 < number < FEW:
            hidden.add(key)
    closed = [number for key, number in numbers.items() if number and key in hidden]
    if not closed:
        return True
    cells, people = len(closed), sum(closed)
    if cells >= 2 and people >= ENOUGH:
        return True
    for key in sorted((key for key in numbers if numbers[key] and key not in hidden), key=numbers.get):
        hidden.add(key)
        cells, people = cells + 1, people + numbers[key]
        if cells >= 2 and people >= ENOUGH:
            return True
    return False


class Counted:
    """Things counted by several tables that share their total: of one office, or of all."""

    def __init__(self) -> None:
        self.numbers: dict[str, dict[str, int]] = {}
        self.hidden: set[Cell] = set()
        self.parts: dict[str, set[Cell]] = {}  # a table of some things only: the cells that hold them

    def add(self, table: str, line: str, number: int) -> None:
        """`number` more on this line."""
        lines = self.numbers.setdefault(table, {})
        lines[line] = lines.get(line, 0) + number

    def cells(self) -> Iterator[tuple[Cell, int]]:
        """Every line with its number."""
        for table, lines in self.numbers.items():
            for line, number in lines.items():
                yield (table, line), number

    def hide(self) -> None:
        """What this one's own sums ask for."""
        for table, lines in self.numbers.items():
            own = {(table, line): number for line, number in lines.items()}
            if hide_parts(own, self.hidden):
                continue
            if table in self.parts:  # its sum stands in cells of another table
                self.hidden |= self.parts[table]
            else:  # the other tables have the same sum
                self.hidden |= {cell for cell, _number in self.cells()}


def hide_few_of_all(whole: Counted, groups: Iterable[Counted]) -> None:
    """Hide in `whole` and in the `groups` that it is the sum of, until neither sideways nor downwards
    anything can be worked out: whoever sees the whole and all groups but one can subtract."""
    groups = list(groups)
    numbers = [dict(group.cells()) for group in groups]
    while True:
        before = _hidden_cells(whole, groups)
        for each in (whole, *groups):
            each.hide()
        for cell, _number in whole.cells():
            if cell not in whole.hidden:
                _hide_across(cell, whole, groups, numbers)
        if _hidden_cells(whole, groups) == before:
            return


def _hide_across(cell: Cell, whole: Counted, groups: list[Counted], numbers: list[dict[Cell, int]]) -> None:
    across: dict[Hashable, int] = {place: found[cell] for place, found in enumerate(numbers) if cell in found}
    hidden: set[Hashable] = {place for place in across if cell in groups[place].hidden}
    if not hide_parts(across, hidden):
        whole.hidden.add(cell)
    for place in hidden:
        groups[place].hidden.add(cell)


def _hidden_cells(whole: Counted, groups: list[Counted]) -> int:
    return sum(len(each.hidden) for each in (whole, *groups))
