"""What employers give to the registries of `core`: a person's own export, and anonymisation."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Role
from coaching.models import Enrolment
from coaching.querysets import coached_months_q
from core import clock
from core.registry import Panel, SituationNote, TimelineEntry, WorkSpell
from employers.enums import BEGUN_STATES, OPEN_STATES, Continuation, PlacementState
from employers.models import AgreementFile, EarlierTrial, Placement
from employers.pages.desk import people_without_place
from employers.services.signing_paper import anonymise_signatures
from employers.weekdays import weekdays_in_words

REMOVED = "–"


def placement_panel(participant, user) -> Panel | None:
    """The work trials on the participant's page, for whoever may see them; the coordinator of a group in
    which the person has no place is led to finding one. At most two queries."""
    trials = list(
        Placement.objects.visible_to(user)
        .filter(participant=participant)
        .select_related("employer")
        .newest_first()[:5]
    )
    seeking = None
    if user.role == Role.COORDINATOR and not any(trial.is_open for trial in trials):
        seeking = people_without_place(user, today=clock.today()).filter(participant=participant).first()
    if not trials and seeking is None:
        return None
    return Panel(
        title=_("Work trials"),
        template="employers/_participant_panel.html",
        context={"trials": trials},
        url=reverse("employers:choose-employer", args=[seeking.pk]) if seeking else "",
        link_text=_("Find a place") if seeking else "",
        order=60,
    )


def trial_spells(enrolment_ids, first, last) -> list[WorkSpell]:
    """The half days of these enrolments that belong to a workplace: work trials that began, in one query."""
    rows = Placement.objects.filter(
        participant__enrolments__in=enrolment_ids,
        state__in=BEGUN_STATES,
        starts_on__lte=last,
        ends_on__gte=first,
    ).values_list("participant__enrolments", "starts_on", "ends_on", "half", "hours_per_day", "weekdays")
    return [WorkSpell(*row) for row in rows]


def placement_timeline(enrolment, user) -> Iterator[TimelineEntry]:
    """The work trials of the month in the person's timeline, for whoever may see them. One query."""
    trials = (
        Placement.objects.visible_to(user)
        .filter(participant=enrolment.participant_id, month=enrolment.month_id)
        .select_related("employer")
        .order_by("starts_on", "id")
    )
    kind = _("work trial")
    for trial in trials:
        url, where = reverse("employers:placement", args=[trial.pk]), trial.employer.name
        made_on = timezone.localdate(trial.created_at)
        yield TimelineEntry(made_on, kind, _("A place was proposed: %(where)s") % {"where": where}, url)
        if trial.state == PlacementState.DID_NOT_START:
            day = timezone.localdate(trial.updated_at)
            yield TimelineEntry(day, kind, _("Did not start: %(where)s") % {"where": where}, url)
        elif trial.state in BEGUN_STATES:
            yield TimelineEntry(trial.starts_on, kind, _("Began: %(where)s") % {"where": where}, url)
        if trial.state == PlacementState.CHANGED_PLACE:
            words = _("Changed to another place: %(where)s") % {"where": where}
            yield TimelineEntry(trial.ends_on, kind, words, url)
        elif trial.state in (PlacementState.COMPLETED, PlacementState.ENDED_EARLY):
            yield TimelineEntry(trial.ends_on, kind, _("Ended: %(where)s") % {"where": where}, url)
        if trial.continuation and trial.continuation != Continuation.NONE:
            words = _("After it: %(what)s, %(where)s") % {
                "what": trial.get_continuation_display(),
                "where": where,
            }
            yield TimelineEntry(trial.continuation_starts_on or trial.ends_on, kind, words, url)


def placement_notes(enrolment_ids, user, today) -> dict[int, SituationNote]:
    """Each person's work trial that is planned or goes on, or that there is none yet, for the coaches of the
    month (a coach standing in sees none); protected persons' workplaces stay out. Two queries."""
    people = Enrolment.objects.filter(coached_months_q(user, prefix="month__"), pk__in=enrolment_ids)
    own = dict(people.values_list("participant_id", "pk"))
    notes = {pk: SituationNote(_("no work trial yet"), is_missing=True) for pk in own.values()}
    trials = (
        Placement.objects.filter(participant__in=own, state__in=OPEN_STATES, ends_on__gte=today)
        .select_related("employer", "participant")
        .order_by("-starts_on", "-id")
    )
    for trial in trials:
        where = _("work trial") if trial.participant.is_restricted else trial.employer.name
        words = {"where": where, "state": trial.get_state_display(), "day": date_format(trial.ends_on)}
        notes[own[trial.participant_id]] = SituationNote(
            _("%(where)s, %(state)s, until %(day)s") % words,
            url=reverse("employers:placement", args=[trial.pk]),
        )
    return notes


def placement_section(participant) -> tuple[str, list[dict]]:
    """The work trials in the person's own export."""
    rows = []
    trials = participant.placements.select_related("employer", "guide", "supervisor", "goal").order_by(
        "starts_on", "id"
    )
    for trial in trials:
        rows.append(
            {
                _("workplace"): trial.employer.name,
                _("where the work is done"): trial.address,
                _("supervisor"): trial.supervisor.name if trial.supervisor else "",
                _("workplace guide"): trial.guide.name if trial.guide else "",
                _("purpose"): trial.get_purpose_display(),
                _("starts on"): trial.starts_on,
                _("ends on"): trial.ends_on,
                _("half of the day"): trial.get_half_display(),
                _("weekdays"): weekdays_in_words(trial.weekdays),
                _("hours a day"): trial.hours_per_day,
                _("reason for the length"): trial.length_reason,
                _("linked goal"): trial.goal.text if trial.goal else "",
                _("tasks"): trial.tasks,
                _("support agreed"): trial.support_agreed,
                _("whose instructions apply"): trial.instructions_by,
                _("who decides changes of the tasks"): trial.changes_by,
                _("what was said about going on"): trial.continuation_said,
                _("found by"): trial.get_found_by_display(),
                _("state"): trial.get_state_display(),
                _("cause"): trial.get_end_cause_display(),
                _("whose decision"): trial.get_end_decision_display(),
                _("why it ended or did not start"): trial.ended_reason,
                _("what came after it"): trial.get_continuation_display(),
                _("what came after it begins on"): trial.continuation_starts_on,
                _("chance of being hired"): trial.get_hire_chance_display(),
            }
        )
    return _("Work trials"), rows


def anonymise_placements(participant) -> int:
    """Take the free texts out of the person's work trials and drop their agreements; how many rows."""
    files = AgreementFile.objects.filter(placement__participant=participant)
    for name in files.exclude(file="").values_list("file", flat=True):
        default_storage.delete(name)
    dropped, _kinds = files.delete()
    dropped += anonymise_signatures(participant)
    trials = Placement.objects.filter(participant=participant)
    with_reason = trials.exclude(ended_reason="").update(ended_reason=REMOVED)
    stripped = trials.update(
        tasks=REMOVED,
        address="",
        goal=None,
        length_reason="",
        support_agreed="",
        instructions_by="",
        changes_by="",
        continuation_said="",
        unsigned_start_by=None,
        unsigned_start_reason="",
    )
    told, _kinds = EarlierTrial.objects.filter(participant=participant).delete()
    return dropped + told + max(stripped, with_reason)


def earlier_trials_section(participant) -> tuple[str, list[dict]]:
    """The work trials elsewhere that the person told of, in the person's own export."""
    rows = [
        {
            _("workplace"): trial.workplace,
            _("organiser"): trial.organiser,
            _("starts on"): trial.starts_on,
            _("ends on"): trial.ends_on,
            _("what was learned there"): trial.note,
        }
        for trial in participant.earlier_trials.order_by("starts_on", "id")
    ]
    return _("Earlier work trials"), rows
