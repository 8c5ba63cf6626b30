"""Needs and leads: the list, one lead, adding and editing, the text to share, passing on and closing."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import Role
from core import clock
from core.conflicts import conflict_rows
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error
from core.pagination import page_of
from core.search_terms import is_asked, lead_to_list, search_of
from employers import access
from employers.enums import LeadStage
from employers.forms import RegisterFilter
from employers.forms.lead import (
    ClosingForm,
    LeadFilter,
    LeadForm,
    LinkPersonForm,
    PassingForm,
    QuickLeadForm,
    ShareTextForm,
)
from employers.models import ContactEvent, Employer, JobLead
from employers.pages.lead import LONGEST_ID, cities_of, lead_cards, lead_page, people_to_link
from employers.pages.register import register_rows
from employers.services import lead as services
from employers.share_text import proposed_text
from employers.views.register import _with_version
from participants.restricted import is_locked

FILTERS = ("kind", "stage", "city", "whose")


def visible_lead(request: HttpRequest, pk: int) -> JobLead:
    """A lead that the user may see; 404 otherwise."""
    leads = JobLead.objects.visible_to(request.user).with_names().select_related("contact_person")
    return get_object_or_404(leads, pk=pk)


def staff_lead(request: HttpRequest, pk: int) -> JobLead:
    """As `visible_lead`, for pages that an officer of an authority does not know."""
    require_reader(request)
    return visible_lead(request, pk)


def require_reader(request: HttpRequest) -> None:
    """404 for everybody but coaches, coordinators and managers."""
    if not access.can_read_register(request.user):
        raise Http404


def editable_lead(request: HttpRequest, pk: int) -> JobLead:
    """As `staff_lead`; 403 with a sentence for whoever only reads it."""
    lead = staff_lead(request, pk)
    if not access.can_edit_lead(request.user, lead):
        raise AccessDenied(
            _("Coordinators change every lead, a coach the own ones. Ask who takes care of it.")
        )
    return lead


@require_http_methods(["GET", "POST"])
def leads(request: HttpRequest) -> HttpResponse:
    """The list of leads with search and filters, 20 a page."""
    require_reader(request)
    if request.method == "POST":
        return lead_to_list(request, filters=FILTERS)
    today, search = clock.today(), search_of(request)
    filters = LeadFilter(request.GET, cities=cities_of(request.user))
    found = filters.filtered(
        JobLead.objects.visible_to(request.user),
        user=request.user,
        words=search.words,
        today=today,
        stuck_days=settings.LEAD_STUCK_DAYS,
    )
    page = page_of(found.with_names().with_counts().newest_first(), request, is_capped=True)
    context = {
        "filters": filters,
        "search": search,
        "page": page,
        "cards": lead_cards(page.object_list, user=request.user, today=today),
        "is_filtered": bool(search.words or any(request.GET.get(name) for name in FILTERS)),
        "may_add": access.can_add_lead(request.user),
    }
    return render(request, "employers/leads/list.html", context)


def _require_adder(request: HttpRequest) -> None:
    require_reader(request)
    if not access.can_add_lead(request.user):
        raise AccessDenied(_("Coaches and coordinators add leads."))


@require_http_methods(["GET", "POST"])
def lead_quick(request: HttpRequest) -> HttpResponse:
    """Two fields and a button: what was heard is on record; the rest can wait."""
    _require_adder(request)
    if request.method == "GET":
        return render(request, "employers/leads/quick.html", {"form": QuickLeadForm()})
    form = QuickLeadForm(request.POST)
    if not form.is_valid():
        return render(request, "employers/leads/quick.html", {"form": form}, status=422)
    owner = request.user if request.user.role == Role.COORDINATOR else None
    lead = services.create_lead(
        actor=request.user,
        fields={**form.cleaned_data, "owner": owner},
        today=clock.today(),
        now=clock.now(),
    )
    messages.success(request, _("The lead is shared with everybody."))
    return redirect("employers:lead", pk=lead.pk)


@require_http_methods(["GET", "POST"])
def lead_new(request: HttpRequest) -> HttpResponse:
    """Add a lead with all that is known of it, from the list or from an employer's page."""
    _require_adder(request)
    today, talk = clock.today(), _talk_asked(request)
    if request.method == "GET":
        return _lead_form(request, LeadForm(instance=_begun_lead(request, talk, today=today)))
    form = LeadForm(request.POST)
    if not form.is_valid():
        return _lead_form(request, form, status=422)
    try:
        lead = services.create_lead(
            actor=request.user,
            fields=form.model_values(),
            today=today,
            now=clock.now(),
            contact_event_id=talk.pk if talk else None,
        )
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _lead_form(request, form, status=422)
    messages.success(request, _("The lead is shared with everybody."))
    return redirect("employers:lead", pk=lead.pk)


def _begun_lead(request: HttpRequest, talk: ContactEvent | None, *, today: dt.date) -> JobLead:
    """What the form begins with: the workplace of the address, or of the talk that brought the lead."""
    owner = request.user if request.user.role == Role.COORDINATOR else None
    if talk is not None:
        return JobLead(
            employer=talk.employer,
            city=talk.employer.city,
            contact_person=talk.contact_person,
            heard_on=talk.happened_on,
            owner=owner,
        )
    asked = _number(request, "employer")
    employer = Employer.objects.visible_to(request.user).standing().filter(pk=asked).first()
    return JobLead(employer=employer, city=employer.city if employer else "", heard_on=today, owner=owner)


def _talk_asked(request: HttpRequest) -> ContactEvent | None:
    talks = ContactEvent.objects.visible_to(request.user).select_related("employer", "contact_person")
    return talks.filter(pk=_number(request, "contact")).first()


def _number(request: HttpRequest, name: str) -> int:
    """The id in the address; 0, which nobody has, for anything else."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) <= LONGEST_ID else 0


@require_http_methods(["GET", "POST"])
def lead_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a lead; when somebody saved first, both versions are shown."""
    lead = editable_lead(request, pk)
    if request.method == "GET":
        form = LeadForm(instance=lead, initial={"version": lead.version})
        return _lead_form(request, form, lead=lead)
    form = LeadForm(request.POST, instance=staff_lead(request, pk))
    if not form.is_valid():
        return _lead_form(request, form, lead=lead, status=422)
    try:
        services.change_lead(
            actor=request.user,
            lead_id=pk,
            version=form.cleaned_data["version"] or 0,
            fields=form.model_values(),
            today=clock.today(),
        )
    except StaleVersion as stale:
        theirs = staff_lead(request, pk)
        rows = conflict_rows(form, theirs)
        form = LeadForm(_with_version(request, theirs.version), instance=staff_lead(request, pk))
        form.is_valid()
        form.add_error(None, str(stale))
        return _lead_form(request, form, lead=theirs, conflict=rows, status=422)
    except DomainError as refusal:
        add_domain_error(form, refusal)
        return _lead_form(request, form, lead=lead, status=422)
    messages.success(request, _("Saved."))
    return redirect("employers:lead", pk=pk)


def _lead_form(request: HttpRequest, form, *, lead=None, conflict=(), status: int = 200) -> HttpResponse:
    context = {"form": form, "lead": lead, "conflict": conflict}
    return render(request, "employers/leads/form.html", context, status=status)


@require_GET
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """One lead; an officer of the authority that it was passed to sees the shared part."""
    found = visible_lead(request, pk)
    if request.user.role == Role.TE_OFFICER:
        return render(request, "employers/leads/shared.html", {"lead": found})
    return show_lead(request, found)


def show_lead(request: HttpRequest, found: JobLead, *, link_form=None, status: int = 200) -> HttpResponse:
    """The lead's page, also with a refused form; a protected person is named once the file was opened."""
    today, now = clock.today(), clock.now()
    page = lead_page(found, user=request.user, today=today)
    for match in page["matches"]:
        match.is_hidden = is_locked(request, match.enrolment.participant, now=now)
    if page["may_link"]:
        people = people_to_link(request.user, found, today=today)
        page["link_form"] = link_form or LinkPersonForm(people=people, auto_id="link_%s")
        page["has_people"] = people.exists()
    return render(request, "employers/leads/lead.html", page, status=status)


@require_http_methods(["GET", "POST"])
def lead_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a lead, with why it came to nothing."""
    lead = editable_lead(request, pk)
    if request.method == "GET":
        return _closing(request, ClosingForm(initial={"version": lead.version}), lead)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _closing(request, form, lead, status=422)
    try:
        services.close_lead(
            actor=request.user,
            lead_id=pk,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["closed_reason"],
            today=clock.today(),
        )
    except DomainError as refusal:
        form = ClosingForm(_with_version(request, staff_lead(request, pk).version))
        form.is_valid()
        add_domain_error(form, refusal)
        return _closing(request, form, lead, status=422)
    messages.success(request, _("The lead is closed."))
    return redirect("employers:lead", pk=pk)


def _closing(request: HttpRequest, form, lead: JobLead, status: int = 200) -> HttpResponse:
    return render(request, "employers/leads/close.html", {"form": form, "lead": lead}, status=status)


@require_http_methods(["GET", "POST"])
def lead_share(request: HttpRequest, pk: int) -> HttpResponse:
    """The text without personal data: proposed from the lead's facts, kept, copied, printed."""
    lead = editable_lead(request, pk)
    if request.method == "GET":
        text = lead.share_text or proposed_text(lead)
        return _sharing(request, ShareTextForm(initial={"version": lead.version, "share_text": text}), lead)
    form = ShareTextForm(request.POST)
    if not form.is_valid():
        return _sharing(request, form, lead, status=422)
    try:
        services.write_share_text(
            actor=request.user,
            lead_id=pk,
            version=form.cleaned_data["version"],
            text=form.cleaned_data["share_text"],
        )
    except DomainError as refusal:
        return _sharing(request, _again(ShareTextForm, request, refusal, pk), lead, status=422)
    messages.success(request, _("The text is kept. Copy it or print it below."))
    return redirect("employers:lead-share", pk=pk)


def _again(form_class, request: HttpRequest, refusal: DomainError, pk: int):
    """What was typed with the refusal; after somebody else's saving it can be sent once more."""
    is_stale = isinstance(refusal, StaleVersion)
    data = _with_version(request, staff_lead(request, pk).version) if is_stale else request.POST
    form = form_class(data)
    form.is_valid()
    add_domain_error(form, refusal)
    return form


def _sharing(request: HttpRequest, form, lead: JobLead, status: int = 200) -> HttpResponse:
    return render(request, "employers/leads/share.html", {"form": form, "lead": lead}, status=status)


@require_GET
def lead_share_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The kept text on paper; an officer prints what was passed to the own authority."""
    lead = visible_lead(request, pk)
    if not lead.share_text:
        if not access.can_edit_lead(request.user, lead):
            raise Http404
        return redirect("employers:lead-share", pk=pk)
    return render(request, "employers/leads/share_print.html", {"lead": lead, "back_url": "../../"})


@require_http_methods(["GET", "POST"])
def lead_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass the lead to an authority, with its date and the text that its officers read."""
    lead = editable_lead(request, pk)
    if request.method == "GET":
        initial = {
            "version": lead.version,
            "passed_on": lead.passed_on if lead.stage == LeadStage.PASSED_ON else clock.today(),
            "authority": lead.authority_id,
            "share_text": lead.share_text or proposed_text(lead),
        }
        return _passing(request, PassingForm(initial=initial), lead)
    form = PassingForm(request.POST)
    if not form.is_valid():
        return _passing(request, form, lead, status=422)
    try:
        services.pass_lead(actor=request.user, lead_id=pk, today=clock.today(), **form.cleaned_data)
    except DomainError as refusal:
        return _passing(request, _again(PassingForm, request, refusal, pk), lead, status=422)
    messages.success(request, _("The lead is passed on. The authority's officers see it now."))
    return redirect("employers:lead", pk=pk)


def _passing(request: HttpRequest, form, lead: JobLead, status: int = 200) -> HttpResponse:
    return render(request, "employers/leads/pass.html", {"form": form, "lead": lead}, status=status)


@require_http_methods(["GET", "POST"])
def lead_workplace(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the lead's workplace in the register and join the two."""
    lead = editable_lead(request, pk)
    if is_asked(request):
        return lead_to_list(request, filters=RegisterFilter.base_fields)
    register = Employer.objects.visible_to(request.user).standing()
    if request.method == "POST":
        chosen = request.POST.get("employer", "")
        employer = register.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 19 else None
        if employer is None:
            messages.error(request, _("Choose a workplace from the list."))
            return _workplaces(request, lead, register, status=422)
        services.set_lead_employer(actor=request.user, lead_id=pk, employer_id=employer.pk)
        messages.success(request, _("The lead is joined to the workplace."))
        return redirect("employers:lead", pk=pk)
    return _workplaces(request, lead, register)


def _workplaces(request: HttpRequest, lead: JobLead, register, *, status: int = 200) -> HttpResponse:
    filters, search = RegisterFilter(request.GET), search_of(request)
    found = filters.filtered(register.select_related("own_contact"), words=search.words, today=clock.today())
    page = page_of(found.by_name(), request, is_capped=True)
    context = {
        "lead": lead,
        "filters": filters,
        "search": search,
        "is_filtered": bool(search.words or any(request.GET.get(name) for name in filters.fields)),
        "page": page,
        "rows": register_rows(list(page.object_list), today=clock.today()),
    }
    return render(request, "employers/leads/workplace.html", context, status=status)


@require_POST
def lead_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take care of a lead that nobody takes care of."""
    lead = staff_lead(request, pk)
    _require_adder(request)
    try:
        services.take_lead(actor=request.user, lead_id=lead.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return show_lead(request, staff_lead(request, pk), status=422)
    messages.success(request, _("You take care of this lead now."))
    return redirect("employers:lead", pk=pk)


@require_GET
def leads_passed(request: HttpRequest) -> HttpResponse:
    """What was passed to the officer's own authority, newest first; nobody is named in it."""
    if request.user.role != Role.TE_OFFICER:
        raise Http404
    passed = JobLead.objects.visible_to(request.user).with_names().order_by("-passed_on", "-id")
    return render(request, "employers/leads/passed.html", {"page": page_of(passed, request)})
