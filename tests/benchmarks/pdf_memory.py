"""What a process weighs after five hundred PDFs. Nothing of Django at the top: a process of its own imports
this module before the program is set up."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from tests.benchmarks.figures import figure

PDFS, SETTLED, MOST_GROWTH = 500, 50, 1.10
# the first template as it was committed (November 2026), with its stylesheet inside
FIRST = Path(__file__).with_name("data") / "first_summary.html"


def run() -> list[dict]:
    """Megabytes after 500 papers beside those after the first 50."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_make_many, args=(theirs,))
    child.start()
    theirs.close()  # so that a child that falls ends the waiting
    settled, at_the_end = ours.recv()
    child.join()
    return [
        figure(
            f"megabytes of a process after {PDFS} PDFs",
            against=f"after the first {SETTLED}",
            growth=(round(at_the_end / settled, 3), MOST_GROWTH),
            megabytes=round(at_the_end),
        )
    ]


def _make_many(pipe) -> None:
    """500 different papers through the program's own renderer."""
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    import django

    django.setup()
    from core.pdf import render_pdf

    html = FIRST.read_text(encoding="utf-8")
    settled = 0.0
    for number in range(1, PDFS + 1):
        render_pdf(html.replace("Aino Koivu0", f"Aino Koivu {number}"))
        if number == SETTLED:
            settled = _megabytes()
    pipe.send((settled, _megabytes()))


def _megabytes() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not tell what a process weighs")
