"""The own steps behind the personal link: what comes next, what has been done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coaching.forms.own import OwnActForm, OwnNextStepForm, OwnStepForm
from coaching.own.place import require_own_place
from coaching.pages.own_month import steps_page
from coaching.services import own_acts
from coaching.services.action_steps import complete_action_step, save_action_step
from core import clock
from core.errors import DomainError
from core.forms import add_domain_error
from participants.own.visit import OwnVisit, own_page

FORMS = {"act": OwnActForm, "step": OwnStepForm, "next": OwnNextStepForm}


@require_GET
@own_page
def steps(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """Next steps to tick, steps forward and job search, and adding one's own."""
    return _page(request, require_own_place(visit.participant, in_group=True))


@require_POST
@own_page
def steps_add(request: HttpRequest, visit: OwnVisit, what: str) -> HttpResponse:
    """Add an act of looking for work, a step forward, or something to do."""
    place = require_own_place(visit.participant, in_group=True)
    if what not in FORMS:
        raise Http404
    form = FORMS[what](request.POST, prefix=what)
    if not form.is_valid():
        return _page(request, place, form=form, status=422)
    values, today, now = form.cleaned_data, clock.today(), clock.now()
    try:
        if what == "act":
            own_acts.add_own_act(enrolment_id=place.pk, today=today, now=now, **values)
        elif what == "step":
            own_acts.add_own_step(enrolment_id=place.pk, today=today, now=now, **values)
        else:
            _add_next(place, visit, values)
    except DomainError as error:
        add_domain_error(form, error)
        return _page(request, place, form=form, status=422)
    messages.success(request, _("Well done! It is saved.") if what != "next" else _("It is saved."))
    return redirect("own_month:steps")


def _add_next(place, visit: OwnVisit, values: dict) -> None:
    who = visit.participant.first_name
    empty = {"how": "", "alternative": "", "result": "", "goal_area": ""}
    save_action_step(actor=None, enrolment_id=place.pk, step_id=None, who=who, **values, **empty)


@require_POST
@own_page
def step_done(request: HttpRequest, visit: OwnVisit, step_pk: int) -> HttpResponse:
    """Tick a next step done."""
    place = require_own_place(visit.participant, in_group=True)
    today = clock.today()
    try:
        complete_action_step(
            actor=None, enrolment_id=place.pk, step_id=step_pk, result="", done_on=today, today=today
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Well done! It is marked as done."))
    return redirect("own_month:steps")


@require_POST
@own_page
def steps_remove(request: HttpRequest, visit: OwnVisit, what: str, row_pk: int) -> HttpResponse:
    """Take back what one added oneself."""
    place = require_own_place(visit.participant, in_group=True)
    if what not in ("act", "step"):
        raise Http404
    if own_acts.remove_own(enrolment_id=place.pk, what=what, pk=row_pk):
        messages.success(request, _("It is taken away."))
    else:
        messages.error(request, _("Only what you added yourself can be taken away here."))
    return redirect("own_month:steps")


def _page(request: HttpRequest, place, *, form=None, status: int = 200) -> HttpResponse:
    today = clock.today()
    forms = {name: kind(initial={"day": today}, prefix=name) for name, kind in FORMS.items()}
    if form is not None:
        forms[form.prefix] = form
    context = {"page": steps_page(place), "forms": forms, "opened": form.prefix if form is not None else ""}
    return render(request, "coaching/own/steps.html", context, status=status)
