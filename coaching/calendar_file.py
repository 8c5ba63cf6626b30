"""A calendar file (RFC 5545) of feed events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import get_language
from icalendar import Calendar, Event

from coaching.pages.calendar_feed import FeedEvent

UID_DOMAIN = "valmennuskuukausi"
REFRESH = dt.timedelta(hours=4)


def calendar_file(events: Iterable[FeedEvent], *, name: str, now: dt.datetime) -> bytes:
    """The file as UTF-8. `name` is what calendar programs call the feed; `now` is an aware datetime.

    Times are written in UTC, so that no time zone table has to travel along and both changes of the clock are
    right by themselves; a whole day is a date without a time.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Valmennuskuukausi//{(get_language() or 'fi')[:2].upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for event in events:
        calendar.add_component(_entry(event, now))
    return calendar.to_ical()


def _entry(event: FeedEvent, now: dt.datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{event.uid}@{UID_DOMAIN}")
    entry.add("dtstamp", now.astimezone(dt.UTC))
    entry.add("sequence", event.sequence)
    entry.add("summary", event.title)
    if isinstance(event.begins, dt.datetime):
        entry.add("dtstart", event.begins.astimezone(dt.UTC))
        entry.add("dtend", (event.ends or event.begins).astimezone(dt.UTC))
    else:
        entry.add("dtstart", event.begins)
        entry.add("dtend", event.begins + dt.timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    if event.place:
        entry.add("location", event.place)
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    return entry
