"""Who gets what on the pages of releases to an office."""

from tests.support.matrix import Row

ROWS: list[Row] = []
