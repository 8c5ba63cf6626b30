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

# How one half day or day looks: shapes, not colours, tell them apart. Each kind is drawn as paths for all its
# days at once (a node of SVG costs more than its lines do): pairs of a path relative to the corner of the
# cell and its look.
_FULL = f'fill="{INK}"'
_BOX = ("m.6 .6h12.8v12.8h-12.8z", f'fill="#fff" stroke="{INK}" stroke-width="1.2"')
_SIGN = f'fill="none" stroke="{INK}" stroke-width="1.6"'
_MARKS: dict[str, tuple[tuple[str, str], ...]] = {
    "present": (("h14v14h-14z", _FULL),),
    "accepted": (_BOX, ("m3.5 10.5l7 -7", _SIGN)),
    "health": (_BOX, ("m7 3.4v7.2m-3.6 -3.6h7.2", _SIGN)),
    "unauthorised": (_BOX, ("m3.6 3.6l6.8 6.8m0 -6.8l-6.8 6.8", _SIGN)),
    "unmarked": (
        ("m.7 .7h12.6v12.6h-12.6z", f'fill="#fff" stroke="{LINE}" stroke-width="1" stroke-dasharray="2 2"'),
    ),
    "off": (("m4.5 7h5", f'fill="none" stroke="{LINE}" stroke-width="1.2"'),),
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
    texts = [(0.0, row * ROW + 10.5, name) for row, name in enumerate(rows)]
    cells: list[tuple[float, float, str]] = []
    base, previous = len(rows) * ROW + 7, None
    for day, kinds in days:
        week = day.isocalendar()[:2]
        if week != previous:
            x += WEEK_GAP if previous else 0
            texts.append((x, base, date_format(day, "j.n.")))
            previous = week
        cells += [(x, row * ROW, kind) for row, kind in enumerate(kinds)]
        x += CELL + GAP
    height = max(base + 3, LEGEND_ROWS * ROW - 3)
    x += WEEK_GAP + 4
    for column in range(0, len(legend), LEGEND_ROWS):
        entries = legend[column : column + LEGEND_ROWS]
        for row, (kind, words) in enumerate(entries):
            cells.append((x, row * ROW, kind))
            texts.append((x + CELL + 4, row * ROW + 10.5, words))
        x += CELL + 12 + max(len(words) for _kind, words in entries) * 4.7
    return _svg(int(x), int(height), _cells(cells) + _texts(texts)), int(x), int(height)


def _cells(cells: list[tuple[float, float, str]]) -> str:
    """Cells as (x, y, kind): one path for each look of each kind."""
    drawn = []
    for kind, looks in _MARKS.items():
        corners = [f"M{x:g} {y:g}" for x, y, found in cells if found == kind]
        for shape, look in looks if corners else ():
            drawn.append(f'<path d="{"".join(corner + shape for corner in corners)}" {look}/>')
    return "".join(drawn)


def _texts(texts: list[tuple[float, float, str]]) -> str:
    """Words as (x, y, words)."""
    words = "".join(f'<text x="{x:g}" y="{y:g}">{escape(words)}</text>' for x, y, words in texts)
    return f'<g font-family="{FONTS}" font-size="8.5" fill="#33413e">{words}</g>'


def change(start: int | None, end: int | None) -> str:
    """From start (hollow) to end (full) on four steps of words, 0 to 3; None leaves that end out."""
    xs = [5, 19, 33, 47]
    steps = "".join(f"M{x} 3V7" for x in xs)
    body = [f'<path d="M5 5H47{steps}" stroke="{LINE}" stroke-width=".8"/>']
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
    """The QR code of an address: as dots, since lines of SVG take ten times as long to place on paper."""
    import segno

    code = segno.make(address, error="m", micro=False)
    return code.png_data_uri(scale=8, border=0, dark=INK, light="#fff")
