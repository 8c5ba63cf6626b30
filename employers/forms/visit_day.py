"""The rows of a visit day: `time-<id>` and `order-<id>` of each stop, read by hand (architecture 6)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from core.forms import TimeOfDayField
from employers.pages.visit_day import DayStop
from employers.services.visit_day import Stop

_TIME = TimeOfDayField(required=False)
_ORDER = forms.IntegerField(required=False, min_value=1, max_value=99)


def read_stops(data, stops: list[DayStop], *, by_time: bool) -> list[Stop] | None:
    """What was typed for the open stops; None when something cannot be read, and then each stop keeps what
    was typed and says what is wrong."""
    found, is_good = [], True
    for stop in stops:
        pk = stop.visit.pk
        if not stop.is_open or f"time-{pk}" not in data:
            continue
        stop.time, stop.order = data.get(f"time-{pk}", "").strip(), data.get(f"order-{pk}", "").strip()
        try:
            at, order = _TIME.clean(stop.time), _ORDER.clean(stop.order)
        except forms.ValidationError:
            stop.error = _("Give the time as 9.30 and the order as a number from 1 to 99.")
            is_good = False
            continue
        found.append(Stop(pk, at, None if by_time else order))
    return found if is_good else None
