"""Discussions: mid, final, the talk of three, and any other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.enums import SINGLE_DISCUSSIONS, DiscussionKind
from coaching.forms.discussions import DiscussionForm, PlanForm
from coaching.models import Discussion, Enrolment
from coaching.pages.since_last import present_by_default, since_last
from coaching.services import discussions as services
from coaching.views.loading import posted
from coaching.views.person_base import (
    act,
    load_person,
    person_context,
    posted_version,
    saved,
    stale_form,
)
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error


@require_http_methods(["GET", "POST"])
def discussion(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Plan or record the mid discussion, the final one, or the talk of three."""
    enrolment = load_person(request, pk)
    if kind not in SINGLE_DISCUSSIONS:
        raise Http404
    talk = enrolment.discussions.select_related("recorded_by").filter(kind=kind).first()
    return _page(request, enrolment, kind, talk)


@require_http_methods(["GET", "POST"])
def other_discussion(request: HttpRequest, pk: int, talk_pk: int | None = None) -> HttpResponse:
    """Plan or record any other discussion; there may be several."""
    enrolment = load_person(request, pk)
    others = enrolment.discussions.select_related("recorded_by").filter(kind=DiscussionKind.OTHER)
    talk = get_object_or_404(others, pk=talk_pk) if talk_pk else None
    return _page(request, enrolment, DiscussionKind.OTHER, talk)


def _page(request: HttpRequest, enrolment: Enrolment, kind: str, talk: Discussion | None) -> HttpResponse:
    """The form beside what has happened since the last discussion. The button "take it as a start" saves
    nothing: it puts the same in words at the end of the coach's view."""
    talk_pk = talk.pk if talk else None  # binding a form writes onto the instance
    since = since_last(enrolment, talk, today=clock.today())
    takes_start = request.method == "POST" and "start" in request.POST
    initial = {"base_version": talk.version if talk else 0}
    if talk is None or not talk.present:
        initial["present"] = present_by_default(enrolment, kind, request.user)
    form = DiscussionForm(posted(request), instance=talk, kind=kind, initial=initial)
    conflict = {}
    if request.method == "POST" and form.is_valid() and not takes_start:
        try:
            _save(request, enrolment, kind, talk_pk, form)
        except StaleVersion as error:
            theirs = _theirs(enrolment, kind, talk_pk)
            form, conflict = stale_form(form, theirs, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The discussion is saved."), "discussions")
    if takes_start:
        typed = {name: request.POST.get(name, "") for name in form.fields}
        typed["coach_view"] = "\n\n".join(filter(None, [typed["coach_view"].strip(), since.in_words()]))
        form = DiscussionForm(kind=kind, initial=typed)
    label = DiscussionKind(kind).label
    heading = talk.topic if talk_pk and kind == DiscussionKind.OTHER and talk.topic else capfirst(label)
    context = person_context(
        enrolment,
        form=form,
        here=heading,
        since=since,
        is_unsaved=takes_start,
        talk=talk if talk_pk else None,
        may_remove=bool(talk_pk) and not since.was_held,
        shown_version=initial["base_version"],
        **conflict,
    )
    status = 422 if request.method == "POST" and not takes_start else 200
    return render(request, "coaching/discussion_form.html", context, status=status)


def _save(request, enrolment: Enrolment, kind: str, talk_pk: int | None, form: DiscussionForm) -> None:
    services.save_discussion(
        actor=request.user,
        enrolment_id=enrolment.pk,
        kind=kind,
        discussion_id=talk_pk if kind == DiscussionKind.OTHER else None,
        base_version=form.cleaned_data["base_version"],
        today=clock.today(),
        **form.values(),
    )


def _theirs(enrolment: Enrolment, kind: str, talk_pk: int | None) -> Discussion | None:
    rows = enrolment.discussions.select_related("recorded_by")
    if kind != DiscussionKind.OTHER:
        return rows.filter(kind=kind).first()
    return rows.filter(pk=talk_pk).first()


@require_http_methods(["GET", "POST"])
def discussion_plan(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Agree a day, and nothing else."""
    enrolment = load_person(request, pk)
    if kind not in SINGLE_DISCUSSIONS:
        raise Http404
    talk = enrolment.discussions.select_related("recorded_by").filter(kind=kind).first()
    initial = {
        "planned_on": talk.planned_on if talk else None,
        "base_version": talk.version if talk else 0,
    }
    form = PlanForm(posted(request), initial=initial)
    conflict = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.plan_discussion(
                actor=request.user,
                enrolment_id=enrolment.pk,
                kind=kind,
                today=clock.today(),
                **form.cleaned_data,
            )
        except StaleVersion as error:
            form, conflict = stale_form(form, _theirs(enrolment, kind, None), error, ["planned_on"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The day is agreed."), "discussions")
    here = _("Plan a day: %(kind)s") % {"kind": DiscussionKind(kind).label}
    context = person_context(enrolment, form=form, here=here, **conflict)
    status = 422 if request.method == "POST" else 200
    return render(request, "coaching/person_simple_form.html", context, status=status)


@require_POST
def discussion_remove(request: HttpRequest, pk: int, talk_pk: int) -> HttpResponse:
    """Take away a planned discussion that will not be held."""
    enrolment = load_person(request, pk)

    def remove() -> str:
        services.remove_discussion(
            actor=request.user,
            enrolment_id=enrolment.pk,
            discussion_id=talk_pk,
            base_version=posted_version(request),
        )
        return _("The planned discussion is removed.")

    return act(request, enrolment, remove, "discussions")
