"""Making and editing versions of a summary, up to the participant's approval and the coach's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from coaching.enums import EnrolmentState
from coaching.models import Enrolment
from core.errors import AccessDenied, DomainError, StaleVersion
from reports.access import can_write_summaries
from reports.enums import (
    COMMENT_LIMIT,
    OPTIONAL_BLOCKS,
    TEXT_LIMITS,
    ApprovalMethod,
    Block,
    SummaryState,
    TextField,
)
from reports.errors import SummaryIsReleased, WrongState
from reports.models import SummaryVersion
from reports.services.locks import lock_enrolment, lock_version
from reports.services.pdf_files import request_pdf
from reports.summary.build import build_summaries
from reports.summary.canonical import as_json, content_hash, sha256
from reports.transitions import may_move


@transaction.atomic
def make_draft(
    *,
    actor,
    enrolment_id: int,
    now: dt.datetime,
    today: dt.date,
    even_if_same: bool = False,
    with_pdf: bool = False,
) -> SummaryVersion:
    """The version of the person's summary that shows what is on record today.

    Nothing is made when the newest version already shows it, unless `even_if_same` asks for a new version
    of a released one. `with_pdf` also asks for its PDF; a period end makes that itself. A draft, or a
    version that the participant has not approved yet, takes the new data; an approved or released one stays
    as it is and a new version follows it. `actor` None is the operator's command. Raises DomainError when
    the person is not in the group, AccessDenied for a stranger.
    """
    enrolment = lock_enrolment(enrolment_id)
    if actor is not None:
        _require_writer(actor, enrolment)
    if enrolment.state != EnrolmentState.ENROLLED:
        raise DomainError(_("The person is no longer in the group."))
    data = as_json(build_summaries([enrolment.pk], today=today)[0])
    source = sha256(data)
    latest = enrolment.summary_versions.select_for_update().order_by("-number").first()
    if latest is not None:
        wants_new = even_if_same and not latest.is_in_work
        if latest.source_hash == source and not wants_new:
            return latest
    if latest is not None and latest.is_in_work and not latest.is_signed:
        made = _replace_content(latest, actor=actor, now=now, data=data, source=source)
    else:
        made = _next_version(latest, enrolment=enrolment, actor=actor, now=now, data=data, source=source)
    if with_pdf:
        request_pdf(summary=made, now=now)
    return made


def _replace_content(summary: SummaryVersion, *, actor, now, data, source) -> SummaryVersion:
    summary.data, summary.source_hash = data, source
    summary.language, summary.is_provisional = data["language"], data["provisional"]
    summary.state, summary.author, summary.created_at = SummaryState.DRAFT, actor, now
    save_content(summary)
    record_event(actor, "summary.rebuilt", summary)
    return summary


def _next_version(
    latest: SummaryVersion | None, *, enrolment, actor, now, data, source, texts=None, comment=None
) -> SummaryVersion:
    """A new draft after `latest`; a version in work makes room for it."""
    if latest is not None and latest.is_in_work:
        move_summary(actor, latest, SummaryState.SUPERSEDED)
        latest.save(update_fields=["state", "version"])
    summary = SummaryVersion(
        enrolment=enrolment,
        number=latest.number + 1 if latest else 1,
        language=data["language"],
        data=data,
        texts=texts if texts is not None else (latest.texts if latest else {}),
        participant_comment=comment
        if comment is not None
        else (latest.participant_comment if latest else ""),
        left_out=latest.left_out if latest else [],
        source_hash=source,
        is_provisional=data["provisional"],
        author=actor,
    )
    summary.content_hash = _hash(summary)
    summary.save()
    SummaryVersion.objects.filter(pk=summary.pk).update(created_at=now)
    summary.created_at = now
    record_event(actor, "summary.made", summary)
    return summary


def chosen_blocks(summary: SummaryVersion, left_out: Iterable[str]) -> list[str]:
    """The blocks to leave out, in the order of the document. What was left out before and is not in this
    version stays so: the block may come back. Raises DomainError for one that is mandatory or not here."""
    wanted = set(left_out)
    offered = [str(block) for block in optional_blocks(summary)]
    if wanted - set(offered):
        raise DomainError(_("This part cannot be left out."), field="left_out")
    wanted |= set(summary.left_out) - set(offered)
    return [block.value for block in OPTIONAL_BLOCKS if block.value in wanted]


def optional_blocks(summary: SummaryVersion) -> list[Block]:
    """The blocks of this version that the participant may leave out."""
    return [block for block in OPTIONAL_BLOCKS if block.value in summary.data]


def _hash(summary: SummaryVersion) -> str:
    return content_hash(
        number=summary.number,
        data=summary.data,
        texts=summary.texts,
        comment=summary.participant_comment,
        left_out=summary.left_out,
    )


def save_content(summary: SummaryVersion) -> None:
    """What the summary says has changed: new hash, no approval, and the PDF no longer shows it."""
    summary.content_hash = _hash(summary)
    summary.pdf_content_hash = ""
    summary.signed_on, summary.signed_method = None, ""
    summary.version += 1
    summary.save()


@transaction.atomic
def edit_texts(
    *, actor, summary_id: int, texts: dict[str, str], comment: str, version: int, now: dt.datetime
) -> SummaryVersion:
    """Save the coach's free texts (keys of TextField) and the participant's comment.

    Returns the version that holds them: the same one, or, when the participant had approved it, the next,
    since an approval is of the exact words. Raises StaleVersion when somebody else saved in between,
    SummaryIsReleased for a version that is out, DomainError for a text that is too long.
    """
    summary = locked_summary(actor, summary_id, version)
    if not summary.is_in_work:
        raise SummaryIsReleased(_("A released version never changes. Make a new version of it."))
    kept = {str(key): texts.get(key, "").strip() for key in TextField}
    for key, text in kept.items():
        if len(text) > TEXT_LIMITS[key]:
            raise DomainError(_("At most %(limit)s characters.") % {"limit": TEXT_LIMITS[key]}, field=key)
    comment = comment.strip()
    if len(comment) > COMMENT_LIMIT:
        raise DomainError(_("At most %(limit)s characters.") % {"limit": COMMENT_LIMIT}, field="comment")
    if kept["plan_text"] == summary.data.get("plan_text", ""):
        kept["plan_text"] = ""  # the generated wording stays generated
    kept = {key: text for key, text in kept.items() if text}
    if kept == summary.texts and comment == summary.participant_comment:
        return summary
    if summary.is_signed:
        summary = _next_version(
            summary,
            enrolment=summary.enrolment,
            actor=actor,
            now=now,
            data=summary.data,
            source=summary.source_hash,
            texts=kept,
            comment=comment,
        )
    else:
        summary.texts, summary.participant_comment = kept, comment
        summary.state, summary.author, summary.created_at = SummaryState.DRAFT, actor, now
        save_content(summary)
        record_event(actor, "summary.edited", summary)
    request_pdf(summary=summary, now=now)
    return summary


@transaction.atomic
def give_to_participant(*, actor, summary_id: int, version: int) -> SummaryVersion:
    """The draft goes to the participant to be read: in a talk, or printed."""
    summary = locked_summary(actor, summary_id, version)
    move_summary(actor, summary, SummaryState.PARTICIPANT_REVIEW)
    summary.save(update_fields=["state", "version"])
    record_event(actor, "summary.given_to_participant", summary)
    return summary


@transaction.atomic
def take_back_summary(*, actor, summary_id: int, version: int) -> SummaryVersion:
    """The participant wants changes: back to a draft, unless it was already approved by the participant."""
    summary = locked_summary(actor, summary_id, version)
    if summary.is_signed:
        raise WrongState(_("The participant has approved this version. Edit it, and a new version follows."))
    move_summary(actor, summary, SummaryState.DRAFT)
    summary.save(update_fields=["state", "version"])
    record_event(actor, "summary.taken_back", summary)
    return summary


@transaction.atomic
def record_approval(
    *,
    actor,
    summary_id: int,
    signed_on: dt.date,
    method: str,
    version: int,
    now: dt.datetime,
    today: dt.date,
    left_out: Iterable[str] = (),
) -> SummaryVersion:
    """The participant approved these words on `signed_on`, by `method` (ApprovalMethod), without the optional
    blocks in `left_out` (values of OPTIONAL_BLOCKS).

    A draft that was read and signed in one sitting passes through the review on the way. Raises DomainError
    on a day still to come or before this version was made.
    """
    summary = locked_summary(actor, summary_id, version)
    if signed_on > today:
        raise DomainError(_("The day cannot be in the future."), field="signed_on")
    if signed_on < _local_day(summary.created_at):
        raise DomainError(
            _("This version was made on a later day: the participant cannot have approved it before."),
            field="signed_on",
        )
    if summary.state == SummaryState.DRAFT:
        move_summary(actor, summary, SummaryState.PARTICIPANT_REVIEW)
    if summary.state != SummaryState.PARTICIPANT_REVIEW:
        raise WrongState(_("The approval of this version is already settled."))
    chosen = chosen_blocks(summary, left_out)
    if chosen != summary.left_out:
        summary.left_out = chosen
        save_content(summary)
    summary.signed_on, summary.signed_method = signed_on, ApprovalMethod(method)
    summary.pdf_content_hash = ""
    summary.version += 1
    summary.save(update_fields=["state", "signed_on", "signed_method", "pdf_content_hash", "version"])
    record_event(actor, "summary.signed_by_participant", summary, method=str(method))
    request_pdf(summary=summary, now=now)
    return summary


@transaction.atomic
def approve_summary(*, actor, summary_id: int, version: int, now: dt.datetime) -> SummaryVersion:
    """The coach stands behind it. Raises WrongState while the participant's approval is not recorded."""
    summary = locked_summary(actor, summary_id, version)
    if not summary.is_signed:
        raise WrongState(_("Record the participant's approval first."))
    move_summary(actor, summary, SummaryState.APPROVED)
    summary.approved_by, summary.approved_at = actor, now
    summary.save(update_fields=["state", "approved_by", "approved_at", "version"])
    record_event(actor, "summary.approved", summary)
    return summary


def _local_day(moment: dt.datetime) -> dt.date:
    from django.utils import timezone

    return timezone.localdate(moment, timezone.get_default_timezone())


def locked_summary(actor, summary_id: int, version: int) -> SummaryVersion:
    """The summary under lock, for its own coach, at the version that the coach was looking at."""
    summary = lock_version(SummaryVersion.objects.filter(pk=summary_id))
    if summary is None:
        raise SummaryVersion.DoesNotExist
    _require_writer(actor, summary.enrolment)
    if summary.version != version:
        raise StaleVersion(
            _("Somebody else has changed this summary meanwhile. Check what it says now and try again.")
        )
    return summary


def _require_writer(actor, enrolment: Enrolment) -> None:
    if not can_write_summaries(actor, enrolment.month):
        raise AccessDenied(_("The summaries are written by the month's own coach."))


def move_summary(actor, summary: SummaryVersion, target: str) -> None:
    """Change the state in memory when the table of transitions allows it. Raises WrongState."""
    role = actor.role if actor is not None else "coach"
    if not may_move(role, summary.state, target):
        raise WrongState(
            _("A summary that is “%(state)s” cannot become “%(target)s”.")
            % {"state": SummaryState(summary.state).label, "target": SummaryState(target).label}
        )
    summary.state = target
    summary.version += 1


def record_event(actor, action: str, summary: SummaryVersion, **details) -> None:
    """Write one audit row about a version: ids, number and hash, nothing personal."""
    audit.record(
        actor=actor,
        actor_label="" if actor else "command line",
        action=action,
        obj=summary,
        participant_id=summary.enrolment.participant_id,
        details={"number": summary.number, "hash": summary.short_hash, **details},
    )
