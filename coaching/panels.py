"""What coaching shows on the participant's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.access import can_write_about_person
from coaching.models import Enrolment
from core import clock
from core.registry import Panel
from participants.models import Participant


def month_panel(participant: Participant, user) -> Panel | None:
    """The way to goal, discussions and next steps, for the month's coach and today's substitute."""
    today = clock.today()
    enrolment = (
        Enrolment.objects.visible_to(user, today=today)
        .enrolled()
        .filter(participant=participant)
        .select_related("month")
        .order_by("-month__starts_on", "-id")
        .first()
    )
    if enrolment is None or not can_write_about_person(user, enrolment, today=today):
        return None
    return Panel(
        title=enrolment.month.name,
        summary=_("Goal, discussions, next steps and proposal of the month."),
        url=reverse("coaching:person", args=[enrolment.pk]),
        link_text=_("Open the month's page"),
        order=10,
    )
