"""What the pages of one person in a month share: loading with its checks, context, conflicts, way back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.audit import record_view
from coaching.access import can_write_about_person
from coaching.models import Enrolment
from core import clock
from core.conflicts import conflict_rows
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from participants.restricted import require_opened


def load_person(request: HttpRequest, pk: int) -> Enrolment:
    """The enrolment for somebody who may write about the person; 404 for strangers, 403 for others. A
    protected person's opens like the file: with a reason, given on the person's page. Each page that is
    shown is on the audit trail: the forms show what was written, too."""
    today = clock.today()
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.user, today=today).select_related("month", "participant"), pk=pk
    )
    if not can_write_about_person(request.user, enrolment, today=today):
        raise AccessDenied(
            _("What is written about a person is read by the month's own coach and the substitute.")
        )
    require_opened(request, enrolment.participant, now=clock.now())
    if request.method == "GET":
        page = request.resolver_match.view_name
        record_view(actor=request.user, participant=enrolment.participant, page=page)
    return enrolment


def person_context(enrolment: Enrolment, **more) -> dict:
    """What every template under `_person_form_frame.html` needs; `here` names the page."""
    return {
        "enrolment": enrolment,
        "person": enrolment.participant,
        "month": enrolment.month,
        "conflict": (),
        "conflict_who": "",
        "section": "months",
        **more,
    }


def conflict_with(form, theirs, names=None) -> dict:
    """What the other person saved beside one's own words. Call it before the form is bound again."""
    who = theirs.recorded_by.full_name if theirs.recorded_by else ""
    return {"conflict": conflict_rows(form, theirs, names), "conflict_who": who}


def kept(form, **fresh):
    """The same form with everything typed, and the version that the other person saved as its new base. A
    form that takes more than data and instance says so in `made_with`."""
    data = form.data.copy()
    for name, value in fresh.items():
        data[name] = str(value)
    more = dict(getattr(form, "made_with", {}))
    if hasattr(form, "instance"):
        more["instance"] = form.instance
    again = form.__class__(data, **more)
    again.is_valid()
    return again


def stale_form(form, theirs, error: DomainError, names=None) -> tuple[object, dict]:
    """(the form again, context) after somebody else saved first: both versions are shown, and saving again
    is a decision. `theirs` None: what was edited is gone, and saving again makes it anew."""
    conflict = conflict_with(form, theirs, names) if theirs is not None else {}
    form = kept(form, base_version=theirs.version if theirs is not None else 0)
    add_domain_error(form, error)
    return form, conflict


def saved(request: HttpRequest, enrolment: Enrolment, sentence: str, anchor: str) -> HttpResponse:
    """Back to the person's page with a message, at the section that was changed."""
    messages.success(request, sentence)
    response = redirect("coaching:person", pk=enrolment.pk)
    response["Location"] += f"#{anchor}"
    return response


def act(request: HttpRequest, enrolment: Enrolment, do: Callable[[], str], anchor: str) -> HttpResponse:
    """For a button without a form: do it, and back to the person's page with its sentence, or with the reason
    why it was refused."""
    try:
        sentence = do()
    except DomainError as error:
        messages.error(request, str(error))
        response = redirect("coaching:person", pk=enrolment.pk)
        response["Location"] += f"#{anchor}"
        return response
    return saved(request, enrolment, sentence, anchor)


def posted_version(request: HttpRequest) -> int:
    """The version that a button was shown with; 0, which fits no row, when it cannot be read."""
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
