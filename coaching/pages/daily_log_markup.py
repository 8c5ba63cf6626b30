"""The lines of the daily log as HTML, quickly: ten lines of fifteen inputs through the template cost more
than the rest of the page together.

The template stays the one place where a line is written. A line without lists, errors and conflicts is the
same for everybody but for a few values, so the template is rendered once for each such form of it, with a
marker where each value goes, and people's values are put in, escaped, in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from coaching.pages.daily_log_rows import ActLine, PersonRow

TEMPLATE = "coaching/_daily_log_row.html"
MARKER = "\x00"  # stands in no text: PostgreSQL and the form refuse it
VALUES = ("key", "mark_options", "by_options", "name", "mark", "letter", "effect", "late", "early", "step")
MORE_VALUES = ("time", "calls", "act_kinds", "act_hands")


def rows_markup(rows: Iterable[PersonRow]) -> SafeString:
    """All lines of the list."""
    language = get_language()
    return mark_safe("".join(_markup(row, language) for row in rows))


def _markup(row: PersonRow, language: str) -> str:
    if row.errors or row.conflicts or row.hints or len(row.acts) > 1:
        return get_template(TEMPLATE).render({"row": row})
    form = (row.is_open, row.is_filled, bool(row.calls))
    values = {name: conditional_escape(getattr(row, name)) for name in (*VALUES, "time", "calls")}
    values["letter"] = values["letter"] or "·"
    values["act_kinds"], values["act_hands"] = row.acts[0].kind_options, row.acts[0].by_options
    return "".join(values[part] if odd else part for odd, part in _pieces(language, *form))


@lru_cache(maxsize=32)
def _pieces(language: str, is_open: bool, is_filled: bool, has_calls: bool) -> tuple[tuple[int, str], ...]:
    """The line of nobody, cut at its markers: (0, HTML) and (1, name of a value) in turn."""
    marked = {name: mark_safe(f"{MARKER}{name}{MARKER}") for name in (*VALUES, *MORE_VALUES)}
    act = ActLine(f"{marked['key']}-0", marked.pop("act_kinds"), "", marked.pop("act_hands"))
    row = PersonRow(id=0, by="", by_label="", acts=(act,), acts_said=(), attendance="", **marked)
    row = replace(row, time=row.time if is_open else "", calls=row.calls if has_calls else "")
    if not is_filled:
        row = replace(row, late="", early="", step="")
    html = get_template(TEMPLATE).render({"row": row})
    return tuple((index % 2, part) for index, part in enumerate(html.split(MARKER)))
