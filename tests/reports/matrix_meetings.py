"""Who gets what on the pages of the discussion of three."""

from tests.support.matrix import Row

ROWS: list[Row] = []
