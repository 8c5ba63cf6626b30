"""The participant's own work trials: concerns told and answered, and the workplace's feedback."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.own.place import own_place
from coaching.own.places import cover_for
from core.registry import LinkCard
from employers.enums import AHEAD_STATES, PlacementState
from employers.forms.feedback import OwnFeedbackForm
from employers.forms.guide import OwnConcernForm
from employers.models import Concern, EmployerFeedback, Placement
from employers.pages.feedback import answer_words
from participants.models import Participant

HIDDEN = (PlacementState.PROPOSED, PlacementState.DID_NOT_START)


@dataclass
class OwnFeedback:
    """One given feedback with the participant's answer to it."""

    feedback: EmployerFeedback
    answers: list[tuple[str, str]]
    form: OwnFeedbackForm


@dataclass
class OwnTrial:
    """One work trial; `workplace` is empty for a protected person (the page may be read over a shoulder)."""

    placement: Placement
    workplace: str
    concerns: list[Concern]
    feedbacks: list[OwnFeedback]
    concern_form: OwnConcernForm = field(default_factory=OwnConcernForm)


def own_trials(participant: Participant) -> list[OwnTrial]:
    """The person's work trials, newest first. Four queries; five more for a protected person."""
    trials = (
        Placement.objects.filter(participant=participant)
        .exclude(state__in=HIDDEN)
        .select_related("employer")
        .prefetch_related("concerns", "feedbacks__answers")
        .newest_first()
    )
    place = own_place(participant) if participant.is_restricted else None
    cover = cover_for(place) if place is not None else None
    return [_own_trial(trial, participant, cover) for trial in trials]


def _own_trial(trial: Placement, participant: Participant, cover) -> OwnTrial:
    concerns = sorted(trial.concerns.all(), key=lambda concern: concern.raised_at, reverse=True)
    given = [feedback for feedback in trial.feedbacks.all() if feedback.given_at is not None]
    if cover is not None:
        for concern in concerns:
            concern.text, concern.answer = cover(concern.text), cover(concern.answer)
            concern.raised_by_name = ""
        for feedback in given:
            feedback.succeeded, feedback.differently = cover(feedback.succeeded), cover(feedback.differently)
            feedback.assessor_name = ""
    return OwnTrial(
        placement=trial,
        workplace="" if participant.is_restricted else trial.employer.name,
        concerns=concerns,
        feedbacks=[OwnFeedback(feedback, answer_words(feedback), own_form(feedback)) for feedback in given],
        concern_form=OwnConcernForm(initial={"phone": participant.phone}, prefix=f"concern-{trial.pk}"),
    )


def own_form(feedback: EmployerFeedback, data=None) -> OwnFeedbackForm:
    """The participant's answer to one feedback, with what was answered before."""
    initial = {"version": feedback.version}
    if feedback.participant_answered_at is not None:
        initial |= {"agrees": "yes" if feedback.agrees else "no", "comment": feedback.participant_comment}
    return OwnFeedbackForm(data, initial=initial, prefix=f"feedback-{feedback.pk}")


def trial_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """The work trial on the first own page. Two queries."""
    trial = Placement.objects.filter(participant=participant).exclude(state__in=HIDDEN).newest_first().first()
    if trial is None:
        return None
    waits = (
        EmployerFeedback.objects.given()
        .filter(placement__participant=participant, participant_answered_at__isnull=True)
        .exists()
    )
    if waits:
        sentence = _("The workplace has given feedback. Read it and say what you think.")
    elif trial.state in AHEAD_STATES:
        sentence = _("If something worries you before the start, tell us here.")
    else:
        sentence = _("If something worries you, tell us here. The workplace's feedback comes here too.")
    return LinkCard(
        title=_("My work trial"),
        sentence=sentence,
        url=reverse("own_trial:trial"),
        link_text=_("Read and answer") if waits else _("Open"),
        state="todo" if waits else "",
    )
