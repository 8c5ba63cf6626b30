"""Small charts as SVG `data:` addresses: dark on white, shapes that differ without colour."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

from django.utils.formats import date_format
from django.utils.html import escape

INK = "#0b3f45"
LINE = "#73827e"
CELL = 14
GAP = 3
WEEK_GAP = 9
ROW = 17
LEGEND_ROWS = 3
FONTS = "Noto Sans, Liberation Sans, DejaVu Sans, sans-serif"

_BOX = (
    f'<rect x=".6" y=".6" width="12.8" height="12.8" rx="2" fill="#fff" stroke="{INK}" stroke-width="1.2"/>'
)

# how one half day or day looks: shapes, not colours, tell them apart
_MARKS: dict[str, str] = {
    "present": f'<rect width="{CELL}" height="{CELL}" rx="2" fill="{INK}"/>',
    "accepted": (_BOX + f'<path d="M3.5 10.5L10.5 3.5" stroke="{INK}" stroke-width="1.6"/>'),
    "health": (_BOX + f'<path d="M7 3.4V10.6M3.4 7H10.6" stroke="{INK}" stroke-width="1.6"/>'),
    "unauthorised": (
        _BOX + f'<path d="M3.6 3.6L10.4 10.4M10.4 3.6L3.6 10.4" stroke="{INK}" stroke-width="1.6"/>'
    ),
    "unmarked": (
        f'<rect x=".7" y=".7" width="12.6" height="12.6" rx="2" fill="#fff" stroke="{LINE}"'
        ' stroke-width="1" stroke-dasharray="2 2"/>'
    ),
    "off": f'<path d="M4.5 7H9.5" stroke="{LINE}" stroke-width="1.2"/>',
}


def _address(svg: str) -> str:
    return f"data:image/svg+xml,{quote(svg, safe=' =:/,;()#.-').replace('#', '%23')}"


def _svg(width: float, height: float, body: str) -> str:
    return _address(
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width:g}' height='{height:g}'"
        f" viewBox='0 0 {width:g} {height:g}'>{body}</svg>".replace('"', "'")
    )


def strip(
    days: list[tuple[dt.date, list[str]]], *, rows: list[str], legend: list[tuple[str, str]]
) -> tuple[str, int, int]:
    """(address, width, height) of the month's days with row names on the left and a legend on the right.

    `days` are (day, the kinds of its rows), `rows` the rows' names, `legend` pairs (kind, words). A gap
    stands between weeks, and under each the date of its first day.
    """
    if not days:
        return "", 0, 0
    x: float = max(len(name) for name in rows) * 4.7 + 8
    body = [_text(0, row * ROW + 10.5, name) for row, name in enumerate(rows)]
    base, previous = len(rows) * ROW + 7, None
    for day, kinds in days:
        week = day.isocalendar()[:2]
        if week != previous:
            x += WEEK_GAP if previous else 0
            body.append(_text(x, base, date_format(day, "j.n.")))
            previous = week
        body += [_cell(x, row * ROW, kind) for row, kind in enumerate(kinds)]
        x += CELL + GAP
    height = max(base + 3, LEGEND_ROWS * ROW - 3)
    x += WEEK_GAP + 4
    for column in range(0, len(legend), LEGEND_ROWS):
        entries = legend[column : column + LEGEND_ROWS]
        for row, (kind, words) in enumerate(entries):
            body += [_cell(x, row * ROW, kind), _text(x + CELL + 4, row * ROW + 10.5, words)]
        x += CELL + 12 + max(len(words) for _kind, words in entries) * 4.7
    return _svg(int(x), int(height), "".join(body)), int(x), int(height)


def _cell(x: float, y: float, kind: str) -> str:
    return f'<g transform="translate({x:g} {y:g})">{_MARKS[kind]}</g>'


def _text(x: float, y: float, words: str) -> str:
    look = f'font-family="{FONTS}" font-size="8.5" fill="#33413e"'
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(words)}</text>'


def change(start: int | None, end: int | None) -> str:
    """From start (hollow) to end (full) on four steps of words, 0 to 3; None leaves that end out."""
    xs = [5, 19, 33, 47]
    body = [f'<path d="M5 5H47" stroke="{LINE}" stroke-width=".8"/>']
    body += [f'<path d="M{x} 3V7" stroke="{LINE}" stroke-width=".8"/>' for x in xs]
    if start is not None and end is not None and start != end:
        body.append(f'<path d="M{xs[start]} 5H{xs[end]}" stroke="{INK}" stroke-width="2.4"/>')
    if start is not None:
        body.append(
            f'<circle cx="{xs[start]}" cy="5" r="3.4" fill="#fff" stroke="{INK}" stroke-width="1.3"/>'
        )
    if end is not None:
        body.append(f'<circle cx="{xs[end]}" cy="5" r="3.6" fill="{INK}"/>')
    return _svg(52, 10, "".join(body))


def qr(address: str) -> str:
    """The QR code of an address."""
    import segno

    return segno.make(address, error="m", micro=False).svg_data_uri(
        border=0, dark=INK, xmldecl=False, svgns=True, omitsize=True, encode_minimal=True
    )
