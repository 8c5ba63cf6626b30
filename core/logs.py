"""Logging pieces. Lines carry ids, never names, addresses or free text."""

import logging
import re

from core.request_context import current_request_id


class RequestIdFilter(logging.Filter):
    """Puts the request's id on every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True


class HideLinkSecrets(logging.Filter):
    """A personal link's secret stands in its address; Django names the address when it answers 4xx or 5xx."""

    secret = re.compile(r"/[A-Za-z0-9_-]{40,}")

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = self.secret.sub("/(secret)", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True


class LineWithoutRowValues(logging.Formatter):
    """PostgreSQL's DETAIL quotes the row that a constraint refused: names and notes among its values. It
    ends the message, and may hold line breaks of a note."""

    detail = re.compile(r"DETAIL:.*?(?=\n\n(?:The above exception was|During handling of)|\Z)", re.DOTALL)

    def format(self, record: logging.LogRecord) -> str:
        return self.detail.sub("DETAIL: (hidden)", super().format(record))
