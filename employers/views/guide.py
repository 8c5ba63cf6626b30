"""Behind the guide's link: the days at work, and a concern. And the link itself, given by staff."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import DomainError, LinkGone, StaleVersion
from core.forms import add_domain_error
from employers.enums import ConcernSource, GuideChoice, WorkplacePurpose
from employers.forms.guide import ConcernForm, GuideWeekForm
from employers.links import BY_WORKPLACE_LINK, WorkplaceVisit, workplace_page
from employers.pages.guide_hours import GuidePage, guide_page
from employers.services.concerns import raise_concern
from employers.services.guide_hours import guide_of, save_guide_hours
from employers.services.workplace_links import lock_live_link, note_use


@workplace_page(WorkplacePurpose.HOURS)
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, visit: WorkplaceVisit) -> HttpResponse:
    """The week's days: one tap for a day or for the week, or hours and a plain reason."""
    page = _guide_page(request, visit)
    if request.method == "GET" or page.week is None:
        return _page(request, visit, page)
    form = GuideWeekForm(
        request.POST,
        days=[day.day for day in page.week.days if not day.is_ahead and not day.closed],
        agreed=page.week.agreed_days,
        usual_hours=page.placement.hours_per_day,
    )
    if not form.is_valid():
        return _page(request, visit, _with_typed(page, form), status=422, problem=_("Please check the days."))
    try:
        save_guide_hours(
            link=visit.link,
            changes=form.changes,
            today=clock.today(),
            now=clock.now(),
            actor_label=BY_WORKPLACE_LINK,
        )
    except LinkGone:
        raise
    except StaleVersion:
        problem = _(
            "We have marked some of these days in the meantime, so nothing was saved yet. Look at what stands"
            " now and save again; if something is wrong, ring us."
        )
        page = _with_typed(_guide_page(request, visit), form)
        return _page(request, visit, page, status=422, problem=problem)
    except DomainError as refusal:
        page = _with_typed(_guide_page(request, visit), form)
        return _page(request, visit, page, status=422, problem=str(refusal))
    messages.success(request, _("Thank you, the days are saved."))
    return redirect(_address(request, visit, week=page.week.monday))


@workplace_page(WorkplacePurpose.HOURS)
@require_POST
def concern(request: HttpRequest, visit: WorkplaceVisit) -> HttpResponse:
    """Something worries the workplace: it reaches the coach and the coordinator at once."""
    form = ConcernForm(request.POST)
    page = _guide_page(request, visit)
    if not form.is_valid():
        return _page(request, visit, page, concern_form=form, status=422)
    try:
        lock_live_link(link=visit.link, now=clock.now())
        raise_concern(
            actor=None,
            actor_label=BY_WORKPLACE_LINK,
            placement_id=visit.link.placement_id,
            source=ConcernSource.GUIDE,
            now=clock.now(),
            **form.cleaned_data,
        )
        note_use(link=visit.link, now=clock.now())
    except LinkGone:
        raise
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _page(request, visit, page, concern_form=form, status=422)
    messages.success(
        request, _("Thank you for telling. The coach and the coordinator got your message just now.")
    )
    return redirect(_address(request, visit))


def _address(request: HttpRequest, visit: WorkplaceVisit, *, week: dt.date | None = None) -> str:
    """The page of a week, in the language that was chosen on it."""
    query = {"week": str(week)} if week else {}
    if request.GET.get("language") == visit.language:
        query["language"] = visit.language
    path = reverse("workplace:hours", args=[visit.secret])
    return f"{path}?{urlencode(query)}" if query else path


def _concern_address(request: HttpRequest, visit: WorkplaceVisit) -> str:
    path = reverse("workplace:concern", args=[visit.secret])
    return f"{path}?language={visit.language}" if request.GET.get("language") == visit.language else path


def _guide_page(request: HttpRequest, visit: WorkplaceVisit) -> GuidePage:
    return guide_page(visit.link.placement, today=clock.today(), monday=_monday(request.GET.get("week", "")))


def _monday(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _with_typed(page: GuidePage, form: GuideWeekForm) -> GuidePage:
    """The page as it stands now with everything typed; where one of us marked the day, both are shown."""
    for day in page.week.days if page.week else ():
        if day.day not in form.typed:
            continue
        choice, text = form.typed[day.day]
        if day.is_open:
            day.choice, day.hours = choice, text
            day.error = form.errors.get(day.day, "")
        elif choice in GuideChoice.values:
            day.unsaved = f"{GuideChoice(choice).label} {text}".strip()
    return page


def _page(
    request: HttpRequest,
    visit: WorkplaceVisit,
    page: GuidePage,
    *,
    concern_form: ConcernForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    person = guide_of(visit.link.placement)
    concern_form = concern_form or ConcernForm(
        initial={"raised_by_name": person.name if person else "", "phone": person.phone if person else ""}
    )
    context = {
        "page": page,
        "choices": GuideChoice.choices,
        "problem": problem,
        "concern_form": concern_form,
        "concern_url": _concern_address(request, visit),
    }
    week = page.week
    if week is not None:
        context["save_url"] = _address(request, visit, week=week.monday)
        context["before_url"] = _address(request, visit, week=week.before) if week.before else ""
        context["after_url"] = _address(request, visit, week=week.after) if week.after else ""
        context["open_weeks"] = [
            (other, _address(request, visit, week=other.monday)) for other in page.other_open_weeks
        ]
    return render(request, "employers/workplace/hours.html", context, status=status)
