"""The own goal behind the personal link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.forms.own import OwnGoalForm
from coaching.goal_prompts import goal_prompts
from coaching.own.place import require_own_place
from coaching.services.goal import write_goal
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error
from participants.own.drafts import as_post, autosave, draft_of
from participants.own.visit import OwnVisit, own_page
from participants.services.personal_links import drop_draft


def _key(place) -> str:
    return f"goal.{place.pk}"


@require_http_methods(["GET", "POST"])
@own_page
def goal(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """Write the goal in own words; questions about the wording warn and never forbid."""
    place = require_own_place(visit.participant)
    goals = list(place.goals.order_by("-number"))
    newest = goals[0] if goals else None
    if request.method == "GET":
        return _page(request, visit, place, _first_form(visit, place, newest), goals)
    form = OwnGoalForm(request.POST, is_first=newest is None)
    if "ask" in request.POST or not form.is_valid():
        return _page(request, visit, place, form, goals, status=200 if "ask" in request.POST else 422)
    try:
        write_goal(
            actor=None,
            enrolment_id=place.pk,
            text=form.cleaned_data["text"],
            why_changed=form.cleaned_data["why_changed"],
            base_number=form.cleaned_data["base_number"],
            written_on=clock.today(),
            by_link=True,
        )
    except StaleVersion as error:
        form = OwnGoalForm(_based_on(request, newest), is_first=False)
        add_domain_error(form, error)
        return _page(request, visit, place, form, goals, status=422, has_conflict=True)
    except DomainError as error:
        add_domain_error(form, error)
        return _page(request, visit, place, form, goals, status=422)
    drop_draft(participant_id=visit.participant.pk, key=_key(place))
    messages.success(request, _("Your goal is saved."))
    return redirect("own_month:goal")


@require_POST
@own_page
def goal_draft(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """Keep what is being written."""
    place = require_own_place(visit.participant)
    return autosave(request, visit, key=_key(place), names=("text", "why_changed", "base_number"))


def _first_form(visit, place, newest) -> OwnGoalForm:
    """The draft when there is one, else the goal that stands."""
    draft = draft_of(visit, key=_key(place))
    number = newest.number if newest else 0
    initial = {"text": newest.text if newest else "", "base_number": number}
    if draft is not None:
        kept = as_post(draft)
        initial |= {"text": kept.get("text", ""), "why_changed": kept.get("why_changed", "")}
        initial["base_number"] = kept.get("base_number") or number
    form = OwnGoalForm(initial=initial, is_first=newest is None)
    form.saved_at = draft.saved_at if draft else None
    return form


def _based_on(request, newest):
    """What was typed, on the goal that stands now: saving again puts it on top."""
    data = request.POST.copy()
    data["base_number"] = str(newest.number if newest else 0)
    return data


def _page(request, visit, place, form, goals, *, status: int = 200, has_conflict: bool = False):
    text = form["text"].value() or ""
    context = {
        "form": form,
        "goal": goals[0] if goals else None,
        "earlier": goals[1:],
        "prompts": goal_prompts(text) if text else [],
        "saved_at": getattr(form, "saved_at", None),
        "has_conflict": has_conflict,
    }
    return render(request, "coaching/own/goal.html", context, status=status)
