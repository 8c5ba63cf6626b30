"""A summary's PDF against WeasyPrint's bare render of the same HTML, and what the builder costs."""

from __future__ import annotations

import datetime as dt
import gc
import statistics
import time

from tests.benchmarks.figures import figure, interleaved
from tests.benchmarks.pdf_memory import FIRST

ROUNDS = 9
MOST = 1.15
MOST_CPU = 0.75


def run() -> list[dict]:
    """Medians of interleaved runs in one transaction that is rolled back: milliseconds and their ratio."""
    from django.db import transaction

    with transaction.atomic():
        rows = _measure()
        transaction.set_rollback(True)
    return rows


def _measure() -> list[dict]:
    from weasyprint import HTML

    from core.pdf import _static_only_fetcher
    from reports.models import SummaryVersion
    from reports.summary.build import build_summaries
    from reports.summary.document import render_document, summary_html
    from tests.support import factories
    from tests.support.summaries import make_summary, make_whole

    people = [factories.EnrolmentFactory(month=factories.MonthFactory()) for _n in range(1)]
    month = people[0].month
    people += [factories.EnrolmentFactory(month=month) for _n in range(9)]
    for person in people:
        make_whole(person)
    summary = SummaryVersion.objects.with_person().get(pk=make_summary(people[0]).pk)
    html, _embedded = summary_html(summary)

    def ours():
        text, embedded = summary_html(summary)
        render_document(text, embedded=embedded, made_at=summary.created_at)

    def bare():
        HTML(string=html, base_url="static:/", url_fetcher=_static_only_fetcher()).write_pdf()

    def group():
        build_summaries([person.pk for person in people], today=dt.date(2026, 3, 2))

    times = interleaved({"ours": ours, "bare": bare, "group": group}, rounds=ROUNDS, warm_up=1)
    return [
        figure(
            "summary PDF, from the frozen version to the bytes",
            times["ours"],
            against="WeasyPrint's bare render of the same HTML",
            against_ms=times["bare"],
            most=MOST,
        ),
        figure("building the summaries of ten people", times["group"]),
        _cpu(ours),
    ]


def _cpu(ours) -> dict:
    """Seconds of the processor for a paper of two pages, beside the first template as it was rendered."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from core.pdf import _static_only_fetcher

    html = FIRST.read_text(encoding="utf-8")

    def first():
        gc.disable()
        try:
            HTML(string=html, base_url="static:/", url_fetcher=_static_only_fetcher()).write_pdf(
                pdf_variant="pdf/a-3a", pdf_tags=True, font_config=FontConfiguration()
            )
        finally:
            gc.enable()

    spent: dict = {first: [], ours: []}
    for number in range(ROUNDS + 2):
        for call, seconds in spent.items():
            began = time.process_time()
            call()
            if number >= 2:
                seconds.append(time.process_time() - began)
    return figure(
        "processor time of a summary's PDF",
        statistics.median(spent[ours]) * 1000,
        against="our first template",
        against_ms=statistics.median(spent[first]) * 1000,
        most=MOST_CPU,
    )
