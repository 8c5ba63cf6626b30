"""What a person can and wants: the profile, barriers, target workplaces, interviews, certificates, the CV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coaching.forms import profile as forms
from coaching.models import Barrier, CompetenceProfile, Enrolment, Interview, TargetWorkplace
from coaching.services import profile as services
from coaching.views.person_base import load_person, person_context, saved, stale_form
from core import clock
from core.errors import DomainError, StaleVersion
from core.forms import add_domain_error
from participants.models import Certificate
from participants.services import certificates as certificate_services


@dataclass(frozen=True)
class Noun:
    """One kind of record about a person: how it is found, filled in, written and spoken of.

    `owner` is the lookup that ties it to the person; `save` and `remove` take what `_owner_of` gives.
    """

    model: type[models.Model]
    form: type[forms.PersonRecordForm]
    id_name: str
    save: Callable
    remove: Callable
    anchor: str
    add: Promise
    edit: Promise
    done: Promise
    template: str = "coaching/person_record_form.html"
    of_participant: bool = False

    def rows(self, enrolment: Enrolment):
        """This person's records, nobody else's."""
        owner = {"participant": enrolment.participant_id} if self.of_participant else {"enrolment": enrolment}
        return self.model.objects.filter(**owner)

    def owner_of(self, enrolment: Enrolment) -> dict:
        if self.of_participant:
            return {"participant_id": enrolment.participant_id}
        return {"enrolment_id": enrolment.pk}


BARRIER = Noun(
    Barrier,
    forms.BarrierForm,
    "barrier_id",
    services.save_barrier,
    services.remove_barrier,
    "barriers",
    gettext_lazy("Add a barrier"),
    gettext_lazy("Edit the barrier"),
    gettext_lazy("The barrier is saved."),
    template="coaching/barrier_form.html",
)
WORKPLACE = Noun(
    TargetWorkplace,
    forms.TargetWorkplaceForm,
    "workplace_id",
    services.save_target_workplace,
    services.remove_target_workplace,
    "workplaces",
    gettext_lazy("Add a workplace"),
    gettext_lazy("Edit the workplace"),
    gettext_lazy("The workplace is saved."),
)
INTERVIEW = Noun(
    Interview,
    forms.InterviewForm,
    "interview_id",
    services.save_interview,
    services.remove_interview,
    "interviews",
    gettext_lazy("Add an interview"),
    gettext_lazy("Edit the interview"),
    gettext_lazy("The interview is saved."),
)
CERTIFICATE = Noun(
    Certificate,
    forms.CertificateForm,
    "certificate_id",
    certificate_services.save_certificate,
    certificate_services.remove_certificate,
    "certificates",
    gettext_lazy("Add a certificate"),
    gettext_lazy("Edit the certificate"),
    gettext_lazy("The certificate is saved."),
    of_participant=True,
)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Strengths, personality and temperament, tasks that would suit, competence: in own words."""
    enrolment = load_person(request, pk)
    row = CompetenceProfile.objects.select_related("recorded_by").filter(enrolment=enrolment).first()
    form = forms.ProfileForm(request.POST or None, instance=row)
    conflict = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.save_profile(
                actor=request.user,
                enrolment_id=enrolment.pk,
                base_version=form.cleaned_data["base_version"],
                **form.values(),
            )
        except StaleVersion as error:
            theirs = CompetenceProfile.objects.select_related("recorded_by").filter(enrolment=enrolment)
            form, conflict = stale_form(form, theirs.first(), error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The profile is saved."), "profile")
    here = _("Edit the profile") if row else _("Write the profile")
    context = person_context(enrolment, form=form, here=here, **conflict)
    status = 422 if request.method == "POST" else 200
    return render(request, "coaching/profile_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def barrier(request: HttpRequest, pk: int, record_pk: int | None = None) -> HttpResponse:
    """Write what stands in the way, and where the person was helped on to."""
    return _write(request, pk, record_pk, BARRIER)


@require_POST
def barrier_remove(request: HttpRequest, pk: int, record_pk: int) -> HttpResponse:
    """Take away a barrier written by mistake."""
    return _take_away(request, pk, record_pk, BARRIER)


@require_http_methods(["GET", "POST"])
def workplace(request: HttpRequest, pk: int, record_pk: int | None = None) -> HttpResponse:
    """Write a target workplace: how much it appeals, why, the next step."""
    return _write(request, pk, record_pk, WORKPLACE)


@require_POST
def workplace_remove(request: HttpRequest, pk: int, record_pk: int) -> HttpResponse:
    """Take a workplace off the list."""
    return _take_away(request, pk, record_pk, WORKPLACE)


@require_http_methods(["GET", "POST"])
def interview(request: HttpRequest, pk: int, record_pk: int | None = None) -> HttpResponse:
    """Write an interview, practice or real, and what was learned in it."""
    return _write(request, pk, record_pk, INTERVIEW)


@require_POST
def interview_remove(request: HttpRequest, pk: int, record_pk: int) -> HttpResponse:
    """Take away an interview written by mistake."""
    return _take_away(request, pk, record_pk, INTERVIEW)


@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, pk: int, record_pk: int | None = None) -> HttpResponse:
    """Write a certificate: its dates, and that the original was seen."""
    return _write(request, pk, record_pk, CERTIFICATE)


@require_POST
def certificate_remove(request: HttpRequest, pk: int, record_pk: int) -> HttpResponse:
    """Take away a certificate written by mistake."""
    return _take_away(request, pk, record_pk, CERTIFICATE)


@require_http_methods(["GET", "POST"])
def cv_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the CV was gone through."""
    enrolment = load_person(request, pk)
    form = forms.CvCheckForm(request.POST or None, initial={"checked_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            certificate_services.record_cv_check(
                actor=request.user,
                participant_id=enrolment.participant_id,
                today=clock.today(),
                **form.cleaned_data,
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, _("The CV check is saved."), "certificates")
    context = person_context(enrolment, form=form, here=_("Record a CV check"))
    status = 422 if request.method == "POST" else 200
    return render(request, "coaching/person_record_form.html", context, status=status)


def _write(request: HttpRequest, pk: int, record_pk: int | None, noun: Noun) -> HttpResponse:
    enrolment = load_person(request, pk)
    rows = noun.rows(enrolment).select_related("recorded_by")
    row = get_object_or_404(rows, pk=record_pk) if record_pk else None
    form = noun.form(request.POST or None, instance=row)
    conflict = {}
    if request.method == "POST" and form.is_valid():
        try:
            noun.save(
                actor=request.user,
                base_version=form.cleaned_data["base_version"],
                today=clock.today(),
                **{noun.id_name: record_pk},
                **noun.owner_of(enrolment),
                **form.values(),
            )
        except StaleVersion as error:
            form, conflict = stale_form(form, rows.filter(pk=record_pk).first(), error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return saved(request, enrolment, str(noun.done), noun.anchor)
    context = person_context(
        enrolment,
        form=form,
        row=row,
        remove_url=f"{request.path}remove/" if row else "",
        here=str(noun.edit if row else noun.add),
        **conflict,
    )
    return render(request, noun.template, context, status=422 if request.method == "POST" else 200)


def _take_away(request: HttpRequest, pk: int, record_pk: int, noun: Noun) -> HttpResponse:
    enrolment = load_person(request, pk)
    noun.remove(actor=request.user, **{noun.id_name: record_pk}, **noun.owner_of(enrolment))
    return saved(request, enrolment, _("Removed."), noun.anchor)
