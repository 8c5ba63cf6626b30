"""The cards of the month on the first page behind the personal link; at most two queries each."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.enums import EnrolmentState, Viewpoint
from coaching.models import Enrolment
from coaching.own.moments import due_moments
from coaching.own.place import own_place
from core.registry import LinkCard
from core.templatetags.page_pieces import date_fi, time_fi, weekday_short
from participants.models import Participant


def goal_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """The own goal."""
    place = own_place(participant)
    if place is None:
        return None
    newest = place.goals.order_by("-number").only("text").first()
    return LinkCard(
        title=_("My goal"),
        sentence=_shortened(newest.text)
        if newest
        else _("What do you want from this month? Write it in your own words."),
        url=reverse("own_month:goal"),
        link_text=_("Open") if newest else _("Write"),
        state="" if newest else "todo",
    )


def _place_in_group(participant: Participant) -> Enrolment | None:
    place = own_place(participant)
    return place if place is not None and place.state == EnrolmentState.ENROLLED else None


def views_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """How I see it myself, when a moment has come."""
    place = _place_in_group(participant)
    moments = due_moments(place.month, today=today) if place else []
    if not moments:
        return None
    mine = {"moment": moments[-1], "viewpoint": Viewpoint.PARTICIPANT}
    areas, skills = place.area_assessments.filter(**mine), place.skill_assessments.filter(**mine)
    has_areas, has_skills = (
        Enrolment.objects.filter(pk=place.pk).values_list(Exists(areas), Exists(skills)).get()
    )
    state = "done" if has_areas and has_skills else "started" if has_areas or has_skills else "todo"
    return LinkCard(
        title=_("How I see it myself"),
        sentence=_("You have answered. You can still change your answers.")
        if state == "done"
        else _("What goes well, and what would I like to be better at? Answer in words."),
        url=reverse("own_month:views"),
        link_text=_("Open") if state == "done" else _("Answer"),
        state=state,
    )


def calendar_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """When and where the group meets next."""
    place = _place_in_group(participant)
    if place is None:
        return None
    coming = place.month.sessions.filter(held_on__gte=today).exclude(state="not_arranged")
    session = coming.in_order().first()
    sentence = _("See the days, your work trial and your attendance.")
    if session is not None:
        sentence = _("Next: %(day)s at %(time)s.") % {
            "day": f"{weekday_short(session.held_on)} {date_fi(session.held_on)}",
            "time": time_fi(session.begins_at),
        }
    return LinkCard(
        title=_("My calendar"),
        sentence=sentence,
        url=reverse("own_month:calendar"),
        link_text=_("Open"),
    )


def steps_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """What comes next, and adding what one did."""
    place = _place_in_group(participant)
    if place is None:
        return None
    step = place.action_steps.filter(done_on=None).order_by("due_on", "id").first()
    return LinkCard(
        title=_("My steps"),
        sentence=_("Next: %(what)s") % {"what": _shortened(step.what)}
        if step
        else _("Tell what you have done. Every step counts."),
        url=reverse("own_month:steps"),
        link_text=_("Open"),
    )


def written_card(participant: Participant, today: dt.date) -> LinkCard | None:
    """All that is written about me."""
    if own_place(participant) is None:
        return None
    return LinkCard(
        title=_("What is written about me"),
        sentence=_("Goals, discussions and everything else, in the same words as your coach sees them."),
        url=reverse("own_month:written"),
        link_text=_("Read"),
    )


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:117].rstrip() + "…"
