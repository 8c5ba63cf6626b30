"""`manage.py import_referrals FILE --authority NAME [--dry-run]`: a TE-office's list, without the browser."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import Authority
from core import clock
from participants.enums import RowVerdict
from participants.referral_list.columns import FIELD_LABELS
from participants.referral_list.faults import ListUnreadable
from participants.referral_list.preview import reason_of
from participants.referral_list.table import MAX_BYTES
from participants.services.referral_lists import Judged, import_from_command, judge_list

EXIT_SOME_ROWS_LEFT = 2


class Command(BaseCommand):
    help = (
        "Take in a TE-office's referral list (xlsx or csv). Prints row numbers and reasons, never names. "
        "Exit code 0: every row is in or was known; 1: the file or the authority is no good, nothing "
        "saved; 2: some rows are to be mended, or decided in the browser."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--authority", required=True, metavar="NAME")
        parser.add_argument("--dry-run", action="store_true", help="judge the rows, save nothing")

    def handle(self, *args, **options) -> None:
        authority = self._authority(options["authority"])
        today = clock.today()
        try:
            judged = judge_list(
                data=self._bytes(options["file"]), file_name=options["file"].name, today=today
            )
        except ListUnreadable as error:
            raise CommandError(str(error)) from error
        self._print_columns(judged)
        self._print_rows(judged)
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing was saved."))
        else:
            done = import_from_command(authority=authority, judged=judged, today=today)
            self.stdout.write(
                _("%(count)s people taken in, list #%(id)s.")
                % {"count": done.referral_import.imported_count, "id": done.referral_import.pk}
            )
        if judged.count(RowVerdict.MEND, RowVerdict.POSSIBLE, RowVerdict.RETURNING):
            raise SystemExit(EXIT_SOME_ROWS_LEFT)

    def _authority(self, name: str) -> Authority:
        authority = Authority.objects.active().filter(name__iexact=name.strip()).first()
        if authority is None:
            known = ", ".join(Authority.objects.active().values_list("name", flat=True)) or "-"
            raise CommandError(_("No such authority. Known: %(names)s") % {"names": known})
        return authority

    def _bytes(self, path: Path) -> bytes:
        try:
            with path.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(
                _("The file cannot be read: %(reason)s") % {"reason": error.strerror or ""}
            ) from error

    def _print_columns(self, judged: Judged) -> None:
        unknown = 0
        for number, (header, name) in enumerate(
            zip(judged.table.headers, judged.table.fields, strict=True), start=1
        ):
            if name:
                self.stdout.write(f"{number:>4}  {header[:40]:<40}  {FIELD_LABELS[name]}")
            elif header:
                unknown += 1
                self.stdout.write(f"{number:>4}  {header[:40]:<40}  -")
        if unknown:
            self.stdout.write(_("%(count)s columns were not recognised.") % {"count": unknown})

    def _print_rows(self, judged: Judged) -> None:
        for row, judgement in zip(judged.rows, judged.judgements, strict=True):
            if judgement.verdict != RowVerdict.GOOD:
                label = RowVerdict(judgement.verdict).label
                self.stdout.write(f"{row.number:>6}  {label:<34}  {reason_of(row)}".rstrip())
        for verdict in RowVerdict:
            self.stdout.write(f"{judged.count(verdict):>6}  {verdict.label}")
