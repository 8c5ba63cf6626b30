"""A list comes in: read and judged into a preview, then taken in by decision, or dropped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.audit import record, record_many
from accounts.models import Authority, User
from core import clock
from core.errors import DomainError
from participants import hetu
from participants.enums import ImportState, ReferralSource, RowVerdict
from participants.models import Participant, Referral, ReferralImport
from participants.referral_list.matching import Judgement, judge_rows
from participants.referral_list.preview import PreviewRow, seal, unseal
from participants.referral_list.rows import Row, read_rows
from participants.referral_list.table import Table, read_table

PREVIEW_LIFETIME = dt.timedelta(hours=24)
NEW, LEAVE, RETURN = "new", "leave", "return"
OPERATOR = "import_referrals"


class PreviewGone(DomainError):
    """The preview was discarded or has expired."""


@dataclass
class Judged:
    """A list, read and judged; nothing is saved yet."""

    table: Table
    rows: list[Row]
    judgements: list[Judgement]

    def count(self, *verdicts: str) -> int:
        return sum(judgement.verdict in verdicts for judgement in self.judgements)


@dataclass
class TakenIn:
    """What an import did. `again` is True when it had been done before; `left` are row numbers."""

    referral_import: ReferralImport
    again: bool = False
    left: list[int] = field(default_factory=list)


def judge_list(*, data: bytes, file_name: str, today: dt.date) -> Judged:
    """Read `data` and give each row its verdict. Raises ListUnreadable. Writes nothing."""
    table = read_table(data, file_name=file_name)
    rows = read_rows(table, today=today)
    return Judged(table, rows, judge_rows(rows))


@transaction.atomic
def upload_referral_list(
    *, actor: User, authority: Authority, data: bytes, file_name: str, today: dt.date
) -> ReferralImport:
    """A preview of the list, for its uploader alone. Raises ListUnreadable; then nothing is saved."""
    judged = judge_list(data=data, file_name=file_name, today=today)
    return _save_preview(actor=actor, authority=authority, judged=judged)


def _save_preview(*, actor: User | None, authority: Authority, judged: Judged) -> ReferralImport:
    columns = zip(judged.table.headers, judged.table.fields, strict=True)
    preview = ReferralImport.objects.create(
        authority=authority,
        uploaded_by=actor,
        file_kind=judged.table.kind,
        columns=[{"header": header, "field": name} for header, name in columns],
        rows_encrypted=seal(judged.rows, judged.judgements),
        good_count=judged.count(RowVerdict.GOOD),
        known_count=judged.count(RowVerdict.KNOWN),
        undecided_count=judged.count(RowVerdict.RETURNING, RowVerdict.POSSIBLE),
        failed_count=judged.count(RowVerdict.MEND),
    )
    record(
        actor=actor,
        actor_label="" if actor else OPERATOR,
        action="referral_list.uploaded",
        obj=preview,
        details={"rows": len(judged.rows)},
    )
    return preview


@transaction.atomic
def take_in_referral_list(
    *, actor: User | None, referral_import: ReferralImport, decisions: dict[int, str], today: dt.date
) -> TakenIn:
    """Take in the good rows, and of the doubtful ones what was decided; then drop all rows.

    `decisions`: row number -> "new" (another person), "return" (a new referral for the known person),
    "person-<id>" (that candidate) or "leave"; rows without a decision are left out. A second call does
    nothing. The rows are judged again, so that two previews of one list add nobody twice.
    Raises PreviewGone.
    """
    preview = ReferralImport.objects.select_for_update().get(pk=referral_import.pk)
    if preview.state == ImportState.IMPORTED:
        return TakenIn(preview, again=True)
    if preview.state == ImportState.DISCARDED:
        raise PreviewGone(_("This list is no longer waiting. Upload it again."))
    lock_against_doubles()
    entries = unseal(preview.rows_encrypted)
    again = judge_rows([entry.row for entry in entries])
    newcomers, returners = _sort_out(actor, entries, again, decisions, today)
    added = _add_people(actor, preview, newcomers, today)
    added += _add_referrals(actor, preview, returners, today)
    preview.state, preview.imported_at = ImportState.IMPORTED, clock.now()
    preview.imported_count, preview.rows_encrypted = added, ""
    preview.save(update_fields=["state", "imported_at", "imported_count", "rows_encrypted"])
    record(
        actor=actor,
        actor_label="" if actor else OPERATOR,
        action="referral_list.imported",
        obj=preview,
        details={"taken_in": added, "known": preview.known_count, "to_mend": preview.failed_count},
    )
    taken = {row.number for row in newcomers} | {row.number for row, _participant in returners}
    return TakenIn(preview, left=[entry.number for entry in entries if entry.number not in taken])


def lock_against_doubles() -> None:
    """One at a time may look for a person and then add them; ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('participants.referral'))")


def _sort_out(
    actor: User | None,
    entries: list[PreviewRow],
    again: list[Judgement],
    decisions: dict[int, str],
    today: dt.date,
) -> tuple[list[Row], list[tuple[Row, int]]]:
    """Rows that become new people, and rows that become referrals of somebody on record."""
    newcomers: list[Row] = []
    returners: list[tuple[Row, int]] = []
    chosen = {_candidate(decision) for decision in decisions.values()} - {None}
    visible = _visible_ids(actor, chosen, today) if chosen else set()
    for entry, judgement in zip(entries, again, strict=True):
        decision = decisions.get(entry.number, LEAVE)
        person = _candidate(decision)
        if judgement.verdict == RowVerdict.GOOD or (
            judgement.verdict == RowVerdict.POSSIBLE and decision == NEW
        ):
            newcomers.append(entry.row)
        elif judgement.verdict == RowVerdict.POSSIBLE and person in judgement.candidates:
            if person in visible:
                returners.append((entry.row, person))
        elif judgement.verdict == RowVerdict.RETURNING and decision == RETURN:
            returners.append((entry.row, judgement.match))
    return newcomers, returners


def _candidate(decision: str) -> int | None:
    head, _dash, number = decision.partition("person-")
    return int(number) if not head and number.isascii() and number.isdigit() and len(number) < 18 else None


def _visible_ids(actor: User | None, ids: set[int], today: dt.date) -> set[int]:
    if actor is None:
        return set()
    return set(
        Participant.objects.visible_to(actor, today=today).filter(pk__in=ids).values_list("pk", flat=True)
    )


def _add_people(actor: User | None, preview: ReferralImport, rows: list[Row], today: dt.date) -> int:
    officers = officers_by_name(preview.authority)
    people = Participant.objects.bulk_create(
        [Participant(authority=preview.authority, **_record_of(row, officers)) for row in rows]
    )
    referrals = [
        _referral(actor, preview, row, person.pk, today) for row, person in zip(rows, people, strict=True)
    ]
    return _save_referrals(actor, referrals)


def _add_referrals(
    actor: User | None, preview: ReferralImport, pairs: list[tuple[Row, int]], today: dt.date
) -> int:
    """One open referral per person: who has one already, or comes twice, gets no second."""
    wanted = {participant_id: row for row, participant_id in reversed(pairs)}
    busy = set(
        Referral.objects.open().filter(participant__in=wanted).values_list("participant_id", flat=True)
    )
    return _save_referrals(
        actor,
        [_referral(actor, preview, row, pk, today) for pk, row in wanted.items() if pk not in busy],
    )


def _save_referrals(actor: User | None, referrals: list[Referral]) -> int:
    saved = Referral.objects.bulk_create(referrals)
    record_many(
        actor=actor,
        actor_label="" if actor else OPERATOR,
        action="referral.received",
        objects=[(referral, referral.participant_id) for referral in saved],
    )
    return len(saved)


def _referral(
    actor: User | None, preview: ReferralImport, row: Row, participant_id: int, today: dt.date
) -> Referral:
    return Referral(
        participant_id=participant_id,
        authority=preview.authority,
        referred_on=row.values.get("referred_on", today),
        source=ReferralSource.LIST,
        note=row.values.get("note", ""),
        referral_import=preview,
        created_by=actor,
    )


def officers_by_name(authority: Authority) -> dict[str, User]:
    """The authority's officers by `first last`, `last first` and e-mail, in lower case; a name that two
    share belongs to neither."""
    found: dict[str, User | None] = {}
    for user in User.objects.officers_of(authority):
        names = {f"{user.first_name} {user.last_name}", f"{user.last_name} {user.first_name}", user.email}
        for name in names:
            key = name.lower()
            found[key] = None if key in found else user
    return {key: user for key, user in found.items() if user}


def _record_of(row: Row, officers: dict[str, User]) -> dict:
    """The row's values as columns of Participant."""
    values = {k: v for k, v in row.values.items() if k not in ("note", "referred_on", "hetu", "officer")}
    officer = row.values.get("officer", "")
    account = officers.get(officer.replace(",", "").lower())
    values |= {"officer": account} if account else {"officer_name": officer}
    return values | hetu.sealed(row.values.get("hetu", ""))


@transaction.atomic
def discard_referral_list(*, actor: User, referral_import: ReferralImport) -> None:
    """Drop the preview with its rows; harmless when it is decided already."""
    preview = ReferralImport.objects.select_for_update().get(pk=referral_import.pk)
    if preview.state != ImportState.PREVIEW:
        return
    preview.state, preview.rows_encrypted = ImportState.DISCARDED, ""
    preview.save(update_fields=["state", "rows_encrypted"])
    record(actor=actor, action="referral_list.discarded", obj=preview)


@transaction.atomic
def drop_expired_previews(*, now: dt.datetime) -> int:
    """Previews that nobody decided within a day lose their rows; how many there were."""
    return ReferralImport.objects.older_than(now - PREVIEW_LIFETIME).update(
        state=ImportState.DISCARDED, rows_encrypted=""
    )


@transaction.atomic
def import_from_command(*, authority: Authority, judged: Judged, today: dt.date) -> TakenIn:
    """The operators' way: the same preview, taken in at once; doubtful rows are left for the browser."""
    preview = _save_preview(actor=None, authority=authority, judged=judged)
    return take_in_referral_list(actor=None, referral_import=preview, decisions={}, today=today)
