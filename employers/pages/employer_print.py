"""One employer on paper: all that was talked, promised and done."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count

from employers.enums import PlacementState
from employers.models import DeskTask, Employer, JobLead, Placement
from employers.pages.register import employer_facts

MOST_LINES = 1000


def employer_on_paper(employer: Employer, *, user, today: dt.date) -> dict:
    """The context of the printed page: eight queries. Of the work trials the counts, and the names of the
    people whom `user` may see; never the name of a protected person."""
    trials = Placement.objects.filter(employer=employer)
    named = (
        trials.visible_to(user, today=today)
        .filter(participant__is_restricted=False)
        .select_related("participant")
        .newest_first()
    )
    states = dict(trials.order_by().values_list("state").annotate(Count("pk")))
    tasks = DeskTask.objects.filter(employer=employer, placement__isnull=True, enrolment__isnull=True)
    events = employer.contact_events.newest_first()
    return {
        **employer_facts(employer),
        "people": list(employer.contact_persons.active_first()),
        "tasks": list(tasks.select_related("responsible").order_by("-done_at", "due_on", "id")[:MOST_LINES]),
        "events": list(events[:MOST_LINES]),
        "event_count": events.count(),
        "leads": list(JobLead.objects.filter(employer=employer).order_by("-heard_on", "-id")[:MOST_LINES]),
        "trial_states": [(state.label, states[state]) for state in PlacementState if state in states],
        "trials": list(named[:MOST_LINES]),
        "today": today,
    }
