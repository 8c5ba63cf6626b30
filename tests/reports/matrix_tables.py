"""Who gets what on the pages of attendance, group and work-trial reports."""

from tests.support.matrix import Row

ROWS: list[Row] = []
