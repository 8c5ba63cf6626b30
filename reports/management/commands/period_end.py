"""`manage.py period_end MONTH_ID --output DIR`: the summaries of a month as PDF files, without a worker."""

from __future__ import annotations

from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from coaching.models import CoachingMonth
from core.errors import DomainError
from core.work_rows import WorkState
from reports.enums import FailureCause
from reports.models import PeriodEnd
from reports.services.period_end import run_item, start_period_end

NOTHING_DONE = 1
SOME_FAILED = 3


class Command(BaseCommand):
    help = (
        "Make the summaries of a month's group and write them as PDF files, named by ids. "
        "Exit code 0: all written; 1: nothing could be done; 3: some are missing, the reasons are listed."
    )

    def add_arguments(self, parser):
        parser.add_argument("month_id", type=int)
        parser.add_argument("--output", required=True, metavar="DIR", help="folder for the files")
        parser.add_argument("--overwrite", action="store_true", help="replace files that differ")

    def handle(self, *args, month_id: int, output: str, overwrite: bool, **options):
        folder = _folder(output)
        if not CoachingMonth.objects.filter(pk=month_id).exists():
            raise CommandError(f"There is no month {month_id}.", returncode=NOTHING_DONE)
        try:
            period_end = start_period_end(actor=None, month_id=month_id, tell_workers=False)
        except DomainError as error:
            raise CommandError(str(error), returncode=NOTHING_DONE) from error
        for item_id in period_end.items.order_by("pk").values_list("pk", flat=True):
            while run_item(item_id=item_id) is not None:
                pass  # tried again at once: here nobody else waits in the queue
        missing = self._write(period_end, folder, overwrite=overwrite)
        if missing:
            raise CommandError(
                f"{missing} of {period_end.items.count()} are missing.", returncode=SOME_FAILED
            )

    def _write(self, period_end: PeriodEnd, folder: Path, *, overwrite: bool) -> int:
        """Write each finished summary's file; how many could not be."""
        missing = 0
        for item in period_end.items.select_related("summary").order_by("pk"):
            problem = _problem(item)
            if not problem:
                path = folder / f"yhteenveto-{item.enrolment_id}-v{item.summary.number}.pdf"
                with default_storage.open(item.summary.pdf.name) as file:
                    content = file.read()
                problem = _save(path, content, overwrite=overwrite)
            if problem:
                missing += 1
                self.stderr.write(f"enrolment {item.enrolment_id}: {problem}")
            else:
                self.stdout.write(str(path))
        return missing


def _folder(output: str) -> Path:
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"{output} cannot be used as a folder: {error}", returncode=NOTHING_DONE
        ) from error
    return folder


def _problem(item) -> str:
    if item.state == WorkState.FAILED:
        known = item.error in FailureCause.values
        return str(FailureCause(item.error).label) if known else item.error
    if item.state != WorkState.DONE:
        return "a worker is making it right now; run the command again in a moment"
    if not item.summary.pdf or not default_storage.exists(item.summary.pdf.name):
        return "its file is gone from the storage"
    return ""


def _save(path: Path, content: bytes, *, overwrite: bool) -> str:
    """Write the file in one step; the reason when not. The same content again is no reason."""
    if path.exists() and path.read_bytes() != content and not overwrite:
        return f"{path} exists and differs; --overwrite replaces it"
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
    return ""
