"""Who gets what on the pages of requests for own data."""

from tests.support.matrix import Row

ROWS: list[Row] = []
