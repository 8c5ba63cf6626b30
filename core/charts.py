"""Bars as an SVG `data:` address: dark on white with the number beside each, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django.utils.html import escape

INK, LINE, WORDS = "#0b3f45", "#73827e", "#33413e"
FONTS = "Noto Sans, Liberation Sans, DejaVu Sans, sans-serif"
ROW, BAR, BARS_WIDTH, NUMBER_WIDTH, LONGEST = 38, 14, 250, 70, 48


def bars(rows: Iterable[tuple[str, float | None, str]]) -> tuple[str, int, int]:
    """(address, width, height) of one bar for each (name, number, its words); None draws a dashed stump:
    a number that is not told. The same numbers stand in a table beside the picture."""
    rows = list(rows)
    if not rows:
        return "", 0, 0
    most = max((number or 0 for _name, number, _words in rows), default=0) or 1
    body = []
    for place, (name, number, words) in enumerate(rows):
        y = place * ROW + 18  # the name above its bar, so that it is read on a phone as well
        look = f'font-family="{FONTS}" font-size="12" fill="{WORDS}"'
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        body.append(f'<text x="0" y="{y - 5}" {look}>{escape(short)}</text>')
        if number is None:
            body.append(
                f'<rect x="1" y="{y + 0.5}" width="14" height="{BAR - 1}" fill="#fff"'
                f' stroke="{LINE}" stroke-dasharray="2 2"/>'
            )
            end = 15
        else:
            width = max(round(BARS_WIDTH * number / most), 1 if number else 0)
            body.append(f'<rect x="1" y="{y}" width="{width}" height="{BAR}" fill="{INK}"/>')
            end = 1 + width
        body.append(f'<text x="{end + 6}" y="{y + 12}" {look}>{escape(words)}</text>')
    height, width = len(rows) * ROW + 2, BARS_WIDTH + NUMBER_WIDTH
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'"
        f" viewBox='0 0 {width} {height}'>{''.join(body)}</svg>"
    ).replace('"', "'")
    return f"data:image/svg+xml,{quote(svg, safe=' =:/,;()#.-').replace('#', '%23')}", width, height
