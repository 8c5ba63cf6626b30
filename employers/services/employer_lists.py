"""A list of employers comes in: read and judged into a preview, then taken in by decision, or dropped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.audit import record, record_many
from accounts.enums import Language, Role
from accounts.models import User
from core import clock
from core.errors import DomainError
from employers.employer_list.columns import EMPLOYERS
from employers.employer_list.matching import judge_rows
from employers.employer_list.rows import DATE_FIELDS, read_rows
from employers.enums import ContactRole
from employers.models import ContactPerson, Employer, EmployerImport
from employers.services.employer import EMPLOYER_FIELDS
from participants.enums import ImportState, RowVerdict
from participants.referral_list.preview import PreviewRow, seal, unseal
from participants.referral_list.rows import Row
from participants.referral_list.table import read_table
from participants.services.referral_lists import NEW, PREVIEW_LIFETIME, Judged, PreviewGone


class EmployerPreviewRow(PreviewRow):
    """One employer of the list and what is to become of it."""

    @property
    def name(self) -> str:
        return self.row.values.get("name", "")

    @property
    def city(self) -> str:
        return self.row.values.get("city", "")

    @property
    def business_id(self) -> str:
        return self.row.values.get("business_id", "")


@dataclass
class EmployersTakenIn:
    """What an import did. `again` is True when it had been done before."""

    employer_import: EmployerImport
    again: bool = False


def judge_employer_list(*, data: bytes, file_name: str) -> Judged:
    """Read `data` and give each row its verdict. Raises ListUnreadable. Writes nothing."""
    table = read_table(data, file_name=file_name, layout=EMPLOYERS)
    rows = read_rows(table)
    return Judged(table, rows, judge_rows(rows))


def rows_waiting(preview: EmployerImport) -> list[EmployerPreviewRow]:
    """The rows of a list that waits for its decision; none afterwards."""
    return unseal(preview.rows_encrypted, dates=DATE_FIELDS, kind=EmployerPreviewRow)


@transaction.atomic
def upload_employer_list(*, actor: User, data: bytes, file_name: str) -> EmployerImport:
    """A preview of the list, for its uploader alone. Raises ListUnreadable; then nothing is saved."""
    judged = judge_employer_list(data=data, file_name=file_name)
    columns = zip(judged.table.headers, judged.table.fields, strict=True)
    preview = EmployerImport.objects.create(
        uploaded_by=actor,
        file_kind=judged.table.kind,
        columns=[{"header": header, "field": name} for header, name in columns],
        rows_encrypted=seal(judged.rows, judged.judgements),
        good_count=judged.count(RowVerdict.GOOD),
        known_count=judged.count(RowVerdict.KNOWN),
        undecided_count=judged.count(RowVerdict.POSSIBLE),
        failed_count=judged.count(RowVerdict.MEND),
    )
    record(actor=actor, action="employer_list.uploaded", obj=preview, details={"rows": len(judged.rows)})
    return preview


@transaction.atomic
def take_in_employer_list(
    *, actor: User, employer_import: EmployerImport, decisions: dict[int, str]
) -> EmployersTakenIn:
    """Take in the good rows and those of the doubtful ones that were decided to be "new"; then drop all rows.

    A second call does nothing. The rows are judged again, so that two previews of one list add nobody twice.
    Raises PreviewGone, DomainError when somebody adds one of them at the same moment.
    """
    preview = EmployerImport.objects.select_for_update().get(pk=employer_import.pk)
    if preview.state == ImportState.IMPORTED:
        return EmployersTakenIn(preview, again=True)
    if preview.state == ImportState.DISCARDED:
        raise PreviewGone(_("This list is no longer waiting. Upload it again."))
    with connection.cursor() as cursor:  # one list at a time looks for employers and then adds them
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('employers.employer_list'))")
    entries = rows_waiting(preview)
    wanted = [
        entry.row
        for entry, judgement in zip(entries, judge_rows([entry.row for entry in entries]), strict=True)
        if judgement.verdict == RowVerdict.GOOD
        or (judgement.verdict == RowVerdict.POSSIBLE and decisions.get(entry.number) == NEW)
    ]
    added = _add_employers(actor, wanted)
    preview.state, preview.imported_at = ImportState.IMPORTED, clock.now()
    preview.imported_count, preview.rows_encrypted = added, ""
    preview.save(update_fields=["state", "imported_at", "imported_count", "rows_encrypted"])
    details = {"taken_in": added, "known": preview.known_count, "to_mend": preview.failed_count}
    record(actor=actor, action="employer_list.imported", obj=preview, details=details)
    return EmployersTakenIn(preview)


def _add_employers(actor: User, rows: list[Row]) -> int:
    contacts = _contacts_by_name()
    try:
        with transaction.atomic():
            saved = Employer.objects.bulk_create([_employer_of(row, contacts) for row in rows])
    except IntegrityError as error:
        raise DomainError(
            _("Somebody added one of these employers just now. Press the button once more.")
        ) from error
    ContactPerson.objects.bulk_create(
        ContactPerson(
            employer=employer,
            name=row.values["person_name"],
            role=row.values.get("person_role") or ContactRole.SUPERVISOR,
            phone=row.values.get("person_phone", ""),
            email=row.values.get("person_email", ""),
        )
        for employer, row in zip(saved, rows, strict=True)
        if row.values.get("person_name")
    )
    record_many(actor=actor, action="employer.created", objects=[(employer, None) for employer in saved])
    return len(saved)


def _employer_of(row: Row, contacts: dict[str, User | None]) -> Employer:
    values = {name: row.values[name] for name in EMPLOYER_FIELDS if name in row.values}
    name = values.pop("own_contact", "")
    contact = contacts.get(_key(name))
    if name and contact is None:
        values["note"] = "\n".join(filter(None, [values.get("note", ""), name]))
    values["language"] = values.get("language") or Language.FINNISH
    return Employer(**values, own_contact=contact)


def _contacts_by_name() -> dict[str, User | None]:
    """Coaches and coordinators at work by `first last`, `last first` and e-mail; a name that two share
    belongs to neither."""
    found: dict[str, User | None] = {}
    for user in User.objects.with_role(Role.COACH, Role.COORDINATOR):
        for name in {
            f"{user.first_name} {user.last_name}",
            f"{user.last_name} {user.first_name}",
            user.email,
        }:
            found[_key(name)] = None if _key(name) in found else user
    return found


def _key(name: str) -> str:
    return " ".join(name.replace(",", " ").casefold().split())


@transaction.atomic
def discard_employer_list(*, actor: User, employer_import: EmployerImport) -> None:
    """Drop the preview with its rows; harmless when it is decided already."""
    preview = EmployerImport.objects.select_for_update().get(pk=employer_import.pk)
    if preview.state != ImportState.PREVIEW:
        return
    preview.state, preview.rows_encrypted = ImportState.DISCARDED, ""
    preview.save(update_fields=["state", "rows_encrypted"])
    record(actor=actor, action="employer_list.discarded", obj=preview)


@transaction.atomic
def drop_expired_employer_lists(*, now: dt.datetime) -> int:
    """Previews that nobody decided within a day lose their rows; how many there were."""
    return EmployerImport.objects.older_than(now - PREVIEW_LIFETIME).update(
        state=ImportState.DISCARDED, rows_encrypted=""
    )
