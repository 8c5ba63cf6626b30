"""Logging pieces. Lines carry ids, never names, addresses or free text."""

import logging
import re

from core.link_paths import BEFORE_SECRET
from core.request_context import current_request_id


class RequestIdFilter(logging.Filter):
    """Puts the request's id on every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True


class HideLinkSecrets(logging.Filter):
    """A personal link's secret stands in its address; Django names the address when it answers 4xx or 5xx.

    A mail program may have broken the address by a space, so that no part of it looks like a secret any more:
    what follows the beginning of such an address goes, as far as the quoted request line or the message.
    """

    secret = re.compile(r"(?<=[/=])[A-Za-z0-9_-]{40,}")
    ways = "|".join(way.replace("/", "/+") for way in BEFORE_SECRET)
    rest = re.compile(
        rf'(?P<line>"[A-Z]+ [^"]*?)?(?P<way>{ways})(?(line)[^"]+|.+)', re.IGNORECASE | re.DOTALL
    )

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = self.rest.sub(self._without_rest, self.secret.sub("(secret)", message))
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True

    @staticmethod
    def _without_rest(found: re.Match) -> str:
        return f"{found['line'] or ''}{found['way']}(secret)"


class LineWithoutRowValues(logging.Formatter):
    """PostgreSQL's DETAIL quotes the row that a constraint refused: names and notes among its values. It
    ends the message, and may hold line breaks of a note."""

    detail = re.compile(r"DETAIL:.*?(?=\n\n(?:The above exception was|During handling of)|\Z)", re.DOTALL)

    def format(self, record: logging.LogRecord) -> str:
        return self.detail.sub("DETAIL: (hidden)", super().format(record))
