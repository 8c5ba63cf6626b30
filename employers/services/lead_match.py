"""Writing whom a lead may suit."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from core.constraints import constraints_in_words
from core.errors import DomainError
from employers.enums import LeadStage, MatchState
from employers.models import JobLead, LeadMatch
from employers.share_text import first_name_in


@transaction.atomic
def link_person(*, actor, lead_id: int, enrolment, note: str = "") -> LeadMatch:
    """Link somebody of the actor's own months to the lead; who is linked already stays as it is.

    Raises DomainError when the authority reads the lead and its text names the person.
    """
    lead = JobLead.objects.select_for_update().get(pk=lead_id)
    known = LeadMatch.objects.filter(lead=lead, enrolment=enrolment).first()
    if known is not None:
        return known
    _refuse_named(lead, enrolment.participant)
    with constraints_in_words(LeadMatch, fields={"lead_match_stands_once": "enrolment"}):
        match = LeadMatch.objects.create(lead=lead, enrolment=enrolment, note=note, created_by=actor)
    _record("lead.person_linked", match, actor=actor)
    return match


@transaction.atomic
def change_match(*, actor, match_id: int, state: str, note: str) -> LeadMatch:
    """How the person stands to the lead now. `state` is a value of MatchState."""
    match = LeadMatch.objects.select_for_update().get(pk=match_id)
    if (match.state, match.note) == (state, note):
        return match
    match.state, match.note = MatchState(state), note
    match.save(update_fields=["state", "note"])
    _record("lead.person_changed", match, actor=actor, state=state)
    return match


@transaction.atomic
def unlink_person(*, actor, match_id: int) -> None:
    """Take the person off the lead; somebody already off is no error."""
    match = LeadMatch.objects.select_for_update().filter(pk=match_id).first()
    if match is None:
        return
    _record("lead.person_unlinked", match, actor=actor)
    match.delete()


@transaction.atomic
def note_planned_trial(*, actor, lead_id: int | None, enrolment) -> None:
    """A work trial was planned from the lead: the person is the chosen one, whether linked before or not.
    Nothing to do without a lead; a lead whose passed text names the person stays without the link."""
    if lead_id is None:
        return
    try:
        match = link_person(actor=actor, lead_id=lead_id, enrolment=enrolment)
    except DomainError:
        return
    change_match(actor=actor, match_id=match.pk, state=MatchState.CHOSEN, note=match.note)


def _record(action: str, match: LeadMatch, *, actor, **details) -> None:
    record(
        actor=actor,
        action=action,
        obj=match.lead,
        participant_id=match.enrolment.participant_id,
        details=details,
    )


def _refuse_named(lead: JobLead, participant) -> None:
    if lead.stage != LeadStage.PASSED_ON:
        return
    read = "\n".join((lead.title, lead.share_text, lead.tasks, lead.requirements, lead.hours))
    if first_name_in(read, names=[participant.first_name, participant.last_name]):
        raise DomainError(
            _("The authority reads this lead, and its text names this person. Change the text first."),
            field="enrolment",
        )
