"""Who gets what on the pages without a domain."""

from tests.support.matrix import Row, everybody

ROWS = [
    Row("home", everybody(302)),
    Row("healthz", everybody(503, anonymous=503)),  # the tests have no broker: it says so, to anybody
    Row("set-language", everybody(302, anonymous=302), method="post", data={"language": "sv"}),
]
