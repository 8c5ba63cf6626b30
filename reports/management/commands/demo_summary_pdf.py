"""`manage.py demo_summary_pdf --output FILE`: one summary of the demo's people, to look at."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from coaching.models import Enrolment
from core import clock
from reports.demo.build import build_demo
from reports.models import SummaryVersion
from reports.services.versions import make_draft
from reports.summary.document import render_document, summary_html


class Command(BaseCommand):
    help = "Write one summary of the demo's finished month as a PDF. Changes nothing in the database."

    def add_arguments(self, parser):
        parser.add_argument("--output", required=True, metavar="FILE")

    def handle(self, *args, output: str, **options):
        if not settings.IS_DEMO:
            raise CommandError("This is not the demo.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("compile_catalogues", verbosity=0)
        with transaction.atomic():
            content = _render()
            transaction.set_rollback(True)
        path = Path(output)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.stdout.write(f"{path} ({len(content) // 1024} kB)")


def _render() -> bytes:
    """A released summary when there is one, or a draft of somebody in the month that ended last."""
    if not Enrolment.objects.exists():
        build_demo(today=clock.today(), password="never-used")  # noqa: S106 -- rolled back right away
    summary = SummaryVersion.objects.filter(state="released").with_person().order_by("pk").first()
    if summary is None:
        over = Enrolment.objects.enrolled().filter(month__ends_on__lt=clock.today())
        enrolment = over.order_by("-month__ends_on", "pk").first()
        if enrolment is None:
            raise CommandError("No month of the demo has ended yet. Try: make demo RESET=1")
        made = make_draft(actor=None, enrolment_id=enrolment.pk, now=clock.now(), today=clock.today())
        summary = SummaryVersion.objects.with_person().get(pk=made.pk)
    html, embedded = summary_html(summary)
    return render_document(html, embedded=embedded, made_at=summary.created_at)
