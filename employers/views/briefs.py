"""Candidate briefs: consents of one employer, the wording, the approval, handing over, withdrawing."""

from __future__ import annotations

import functools

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from core import clock
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error
from core.pagination import page_of
from core.registry import NamedRecipient
from core.search_terms import lead_to_list, search_of
from employers.access import can_edit_brief
from employers.enums import BriefDelivery, BriefState
from employers.forms.brief import (
    BriefForm,
    DeclinedForm,
    DeliveryForm,
    PaperApprovalForm,
    WithdrawForm,
)
from employers.models import Employer
from employers.pages.brief import BriefPlace, brief_page, brief_place, items_for_form
from employers.services import brief as services
from employers.services.brief_delivery import deliver_brief, stop_brief_link
from participants.consent import ConsentMissing
from participants.consent_texts import named_key
from participants.enums import ConsentItem, ConsentMethod, ConsentRecipient
from participants.forms.consent import ConsentForm
from participants.models import Participant
from participants.restricted import is_locked
from participants.services.consents import record_ticks


def of_brief(view):
    """`view(request, place, …)` of one person and one employer. Strangers get 404, whoever knows the person
    without the right 403; a protected person opens with a reason, as everywhere."""

    @functools.wraps(view)
    def loaded(request: HttpRequest, participant_pk: int, employer_pk: int, **kwargs) -> HttpResponse:
        today = clock.today()
        person = get_object_or_404(
            Participant.objects.visible_to(request.user, today=today), pk=participant_pk
        )
        employers = Employer.objects.visible_to(request.user).select_related("own_contact")
        employer = get_object_or_404(employers, pk=employer_pk)
        if is_locked(request, person, now=clock.now()):
            return redirect("participants:participant-detail", pk=person.pk)
        place = brief_place(participant=person, employer=employer, user=request.user, today=today)
        if not place.may_edit:
            raise AccessDenied(_("Briefs are made by the person's own coach and coordinator."))
        return view(request, place, **kwargs)

    return loaded


@require_http_methods(["GET", "POST"])
def brief_choose(request: HttpRequest, participant_pk: int) -> HttpResponse:
    """For which employer? The register, narrowed by words."""
    today = clock.today()
    person = get_object_or_404(Participant.objects.visible_to(request.user, today=today), pk=participant_pk)
    if is_locked(request, person, now=clock.now()):
        return redirect("participants:participant-detail", pk=person.pk)
    if not can_edit_brief(request.user, person, today=today):
        raise AccessDenied(_("Briefs are made by the person's own coach and coordinator."))
    if request.method == "POST":
        return lead_to_list(request, filters=())
    search = search_of(request)
    employers = Employer.objects.visible_to(request.user).standing().matching(search.words).by_name()
    context = {"person": person, "search": search, "page": page_of(employers, request, is_capped=True)}
    return render(request, "employers/brief/choose.html", context)


@require_GET
@of_brief
def brief(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """How the brief stands, and what is the next thing to do with it."""
    audit.record_view(actor=request.user, participant=place.participant, page="employers:brief")
    return show_brief(request, place)


def show_brief(request: HttpRequest, place: BriefPlace, *, status: int = 200, **forms) -> HttpResponse:
    today = clock.today()
    seen = {"seen_hash": place.brief.content_hash, "approved_on": today} if place.brief else {}
    context = {
        "consent_form": _consent_form(place),
        "approval_form": PaperApprovalForm(initial=seen, prefix="approval"),
        "declined_form": DeclinedForm(initial={"declined_on": today}, prefix="declined"),
        "delivery_form": _delivery_form(place),
        "withdraw_form": WithdrawForm(prefix="withdraw"),
        **brief_page(place, today=today),
        **forms,
    }
    context["ticked"] = request.POST.getlist("items") if "consent_form" in forms else []
    return render(request, "employers/brief/brief.html", context, status=status)


def _consent_form(place: BriefPlace, data=None) -> ConsentForm:
    one = NamedRecipient(ConsentRecipient.EMPLOYER, place.employer.pk, place.employer.name)
    today = clock.today()
    form = ConsentForm(
        data,
        recipients=(ConsentRecipient.EMPLOYER,),
        today=today,
        named=[one],
        initial={"granted_on": today, "method": ConsentMethod.PAPER},
    )
    key = named_key(one.recipient, one.pk)
    form.fields["items"].choices = [
        choice for choice in form.fields["items"].choices if choice[0].startswith(f"{key}.")
    ]
    return form


def _delivery_form(place: BriefPlace, data=None) -> DeliveryForm:
    return DeliveryForm(
        data,
        employer_id=place.employer.pk,
        is_paper_only=place.participant.is_restricted,
        today=clock.today(),
        prefix="delivery",
    )


@require_POST
@of_brief
def brief_consents(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """Record what the participant allowed this employer, on paper or spoken."""
    form = _consent_form(place, request.POST)
    if form.is_valid():
        try:
            record_ticks(
                actor=request.user,
                participant=place.participant,
                ticks=form.ticks(),
                granted_on=form.cleaned_data["granted_on"],
                method=form.cleaned_data["method"],
                expires_on=form.cleaned_data["expires_on"],
                today=clock.today(),
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Consents recorded."))
            return redirect(place.url)
    return show_brief(request, place, consent_form=form, status=422)


@require_POST
@of_brief
def brief_make(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """Begin the brief from what the person has written and allowed."""
    try:
        services.make_brief(
            actor=request.user,
            participant_id=place.participant.pk,
            employer_id=place.employer.pk,
            now=clock.now(),
            today=clock.today(),
        )
    except DomainError as error:
        return show_brief(request, place, refusal=str(error), status=422)
    return redirect("employers:brief-edit", place.participant.pk, place.employer.pk)


@require_http_methods(["GET", "POST"])
@of_brief
def brief_edit(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """Word the allowed items; a changed text is approved anew."""
    found = living_brief(place)
    items = items_for_form(found, place.allowed)
    if request.method == "GET":
        audit.record_view(actor=request.user, participant=place.participant, page="employers:brief-edit")
        initial = {**found.items, "language": found.content.get("language"), "version": found.version}
        initial["with_contact"] = ConsentItem.CONTACT in found.items
        return _edit_page(request, place, BriefForm(items=items, initial=initial))
    form, conflict = BriefForm(request.POST, items=items), []
    if form.is_valid():
        try:
            services.edit_brief(
                actor=request.user,
                brief_id=found.pk,
                version=form.cleaned_data["version"],
                language=form.cleaned_data["language"],
                texts=form.texts(),
                now=clock.now(),
                today=clock.today(),
            )
        except StaleVersion as error:
            found.refresh_from_db()
            conflict = _differences(form, found)
            data = request.POST.copy()
            data["version"] = str(found.version)
            form = BriefForm(data, items=items)
            form.is_valid()
            add_domain_error(form, error)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The brief is saved."))
            return redirect(place.url)
    return _edit_page(request, place, form, conflict=conflict, status=422)


def _differences(form: BriefForm, theirs) -> list[tuple[str, str, str]]:
    """(heading, what stands now, what was typed) of the items in which the two differ."""
    typed = form.texts()
    return [
        (str(form.fields[item].label), theirs.items.get(item, ""), typed[item])
        for item in form.items
        if item in form.fields and typed[item] != theirs.items.get(item, "")
    ]


def _edit_page(request, place: BriefPlace, form: BriefForm, *, conflict=(), status: int = 200):
    context = {
        "place": place,
        "brief": place.brief,
        "person": place.participant,
        "employer": place.employer,
        "form": form,
        "conflict": conflict,
        "is_approved": place.brief.state == BriefState.APPROVED,
    }
    return render(request, "employers/brief/edit.html", context, status=status)


def living_brief(place: BriefPlace):
    """The brief that is being written or approved; 404 without one."""
    if place.brief is None or place.brief.state not in (BriefState.DRAFT, BriefState.APPROVED):
        raise Http404
    return place.brief


def require_consent(place: BriefPlace) -> None:
    try:
        services.require_brief(brief=place.brief, participant=place.participant, today=clock.today())
    except ConsentMissing as missing:
        raise AccessDenied(str(missing)) from missing


@require_POST
@of_brief
def brief_ask(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """Put the brief before the participant."""
    try:
        services.ask_approval(actor=request.user, brief_id=living_brief(place).pk, now=clock.now())
    except DomainError as error:
        return show_brief(request, place, refusal=str(error), status=422)
    messages.success(request, _("The brief waits in the participant's own pages."))
    return redirect(place.url)


@require_POST
@of_brief
def brief_approve(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """The participant has signed the printed brief."""
    found, form = living_brief(place), PaperApprovalForm(request.POST, prefix="approval")
    if form.is_valid():
        try:
            services.approve_brief(
                actor=request.user,
                brief_id=found.pk,
                method=ConsentMethod.PAPER,
                now=clock.now(),
                today=clock.today(),
                **form.cleaned_data,
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The approval is recorded."))
            return redirect(place.url)
    return show_brief(request, place, approval_form=form, status=422)


@require_POST
@of_brief
def brief_declined(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """Note that the participant wants no brief for this employer."""
    form = DeclinedForm(request.POST, prefix="declined")
    if form.is_valid():
        try:
            services.decline_brief(
                actor=request.user,
                participant_id=place.participant.pk,
                employer_id=place.employer.pk,
                now=clock.now(),
                today=clock.today(),
                **form.cleaned_data,
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("It is noted that no brief is wanted."))
            return redirect(place.url)
    return show_brief(request, place, declined_form=form, status=422)


@require_POST
@of_brief
def brief_deliver(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """Give the approved brief to the employer; a told link's address is shown once."""
    found, form = living_brief(place), _delivery_form(place, request.POST)
    if form.is_valid():
        try:
            given = deliver_brief(
                actor=request.user,
                brief_id=found.pk,
                now=clock.now(),
                today=clock.today(),
                **form.cleaned_data,
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            if given and form.cleaned_data["how"] == BriefDelivery.LINK:
                place.brief.refresh_from_db()
                return show_brief(request, place, address=given.address)
            messages.success(request, _("It is noted that the employer has the brief."))
            return redirect(place.url)
    return show_brief(request, place, delivery_form=form, status=422)


@require_POST
@of_brief
def brief_link_stop(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """The employer's link stops working now."""
    stop_brief_link(actor=request.user, brief_id=living_brief(place).pk, now=clock.now())
    messages.success(request, _("The link does not work any more."))
    return redirect(place.url)


@require_POST
@of_brief
def brief_withdraw(request: HttpRequest, place: BriefPlace) -> HttpResponse:
    """The brief leaves no more, with its link and its files."""
    found, form = living_brief(place), WithdrawForm(request.POST, prefix="withdraw")
    if form.is_valid():
        try:
            services.withdraw_brief(
                actor=request.user, brief_id=found.pk, now=clock.now(), reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The brief is withdrawn."))
            return redirect(place.url)
    return show_brief(request, place, withdraw_form=form, status=422)
