"""Who gets the figures of work with employers (permissions.md: coordinator and manager)."""

from tests.support.matrix import Row, only

READERS = only(
    others=404,
    coordinator=200,
    other_coordinator=200,
    manager=200,
    coach=403,
    other_coach=403,
    substitute=403,
)
KIND = {"kind": "csv"}
ROWS = [
    Row("employers:figures", READERS),
    Row("employers:figures-file", READERS, kwargs=KIND),
    Row("employers:figures-employers", READERS, kwargs=KIND),
]
