"""Who gets what on the pages of the office digest."""

from tests.support.matrix import Row

ROWS: list[Row] = []
