"""Who gets what on the pages of people and access (permissions.md: users and offices, audit trail)."""

from tests.support.matrix import Row, everybody

ROWS = [
    Row("accounts:log-in", everybody(302, anonymous=200)),
    Row("accounts:log-in", everybody(422, anonymous=422), method="post"),
    Row("accounts:log-out", everybody(302, anonymous=302), method="post"),
]
