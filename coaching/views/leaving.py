"""The month ends early for one person, or goes on after all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coaching.access import can_edit_month
from coaching.enums import ExitKind
from coaching.forms.leaving import ComeBackForm, DropOutForm, ToWorkForm
from coaching.models import Enrolment
from coaching.pages.leaving import celebration
from coaching.services import leaving as services
from coaching.views.loading import posted
from coaching.views.person_base import load_person, person_context
from core import clock
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error

CELEBRATED = (ExitKind.LEFT_FOR_WORK, ExitKind.LEFT_FOR_STUDY)


def _load(request: HttpRequest, pk: int) -> Enrolment:
    """As every page of a person; how a month ends is recorded by its own coaches only."""
    enrolment = load_person(request, pk)
    if not can_edit_month(request.user, enrolment.month):
        raise AccessDenied(_("Only the month's own coach records how it ended."))
    return enrolment


@require_http_methods(["GET", "POST"])
def left_for_work(request: HttpRequest, pk: int) -> HttpResponse:
    """To work or to study, in one form; then there is reason to celebrate."""
    return _leave(request, pk, ToWorkForm, _("Off to work or to study"), "coaching:celebration")


@require_http_methods(["GET", "POST"])
def dropped_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Who ended the month, why, and which support takes over."""
    return _leave(request, pk, DropOutForm, _("The month ends early"), "coaching:person")


def _leave(request: HttpRequest, pk: int, form_class, here: str, then: str) -> HttpResponse:
    enrolment = _load(request, pk)
    form = form_class(posted(request), enrolment=enrolment, today=clock.today())
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            services.end_early(actor=request.user, enrolment=enrolment, now=clock.now(), **form.values())
        except StaleVersion as error:
            theirs = Enrolment.objects.get(pk=pk)
            form = _kept(form_class, request, enrolment, theirs)
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Saved. Everything that was written stays readable."))
            return redirect(then, pk=pk)
    context = person_context(
        enrolment, form=form, here=here, theirs=theirs, is_drop_out=form_class is DropOutForm
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "coaching/leaving_form.html", context, status=status)


def _kept(form_class, request: HttpRequest, enrolment: Enrolment, theirs: Enrolment):
    """The form with everything typed and the other person's version as its base: saving again decides."""
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    form = form_class(data, enrolment=enrolment, today=clock.today())
    form.is_valid()
    return form


@require_GET
def celebrated(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody found work or studies: a moment to be glad, and what is left to do."""
    enrolment = _load(request, pk)
    if enrolment.exit_kind not in CELEBRATED:
        return redirect("coaching:person", pk=pk)
    page = celebration(enrolment, today=clock.today())
    context = person_context(enrolment, page=page, here=_("Congratulations!"))
    return render(request, "coaching/celebration.html", context)


@require_http_methods(["GET", "POST"])
def came_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The person goes on in the month after all."""
    enrolment = _load(request, pk)
    form = ComeBackForm(posted(request), initial={"version": enrolment.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.bring_back(
                actor=request.user, enrolment=enrolment, today=clock.today(), **form.cleaned_data
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The person is in the group again."))
            return redirect("coaching:person", pk=pk)
    context = person_context(enrolment, form=form, here=_("Back in the group"))
    status = 422 if request.method == "POST" else 200
    return render(request, "coaching/came_back_form.html", context, status=status)
