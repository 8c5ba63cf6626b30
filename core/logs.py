"""Logging pieces. Lines carry ids, never names, addresses or free text."""

import logging

from core.request_context import current_request_id


class RequestIdFilter(logging.Filter):
    """Puts the request's id on every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True
