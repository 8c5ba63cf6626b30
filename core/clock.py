"""The one place where the program asks what time it is, so that tests and services can be told."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> dt.date:
    """Today's date in Europe/Helsinki (TIME_ZONE), whatever zone the machine is in."""
    return timezone.localdate(now(), timezone.get_default_timezone())
