"""The register: list, employer, people of the workplace, contact log."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.conflicts import conflict_rows
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error
from core.pagination import page_of
from core.search_terms import Search, lead_to_list, search_of
from core.tables import KINDS
from employers import access
from employers.errors import AlikeEmployers, EmployerAlreadyExists
from employers.forms import ContactPersonForm, EmployerForm, RegisterFilter
from employers.models import ContactPerson, Employer
from employers.pages.contacts import contact_context
from employers.pages.register import employer_page, register_rows
from employers.services import employer as services


def visible_employer(request: HttpRequest, pk: int) -> Employer:
    """The employer, or the one that stands for it: a page opened before a merge still saves."""
    employers = Employer.objects.visible_to(request.user).select_related("own_contact", "deputy")
    found = get_object_or_404(employers, pk=pk)
    while found.merged_into_id:
        found = get_object_or_404(employers, pk=found.merged_into_id)
    return found


def _require_reader(request: HttpRequest) -> None:
    if not access.can_read_register(request.user):
        raise Http404


def require_editor(request: HttpRequest) -> None:
    _require_reader(request)
    if not access.can_edit_employer(request.user):
        raise AccessDenied(_("Coordinators keep the register. Ask one of them, or log a contact."))


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The register with its search and filters, 20 a page."""
    _require_reader(request)
    if request.method == "POST":
        return lead_to_list(request, filters=RegisterFilter.base_fields)
    today, search = clock.today(), search_of(request)
    filters = RegisterFilter(request.GET)
    page = page_of(asked_employers(request, filters, search), request, is_capped=True)
    context = {
        "filters": filters,
        "page": page,
        "rows": register_rows(list(page.object_list), today=today),
        "search": search,
        "is_filtered": bool(search.words or any(request.GET.get(name) for name in filters.fields)),
        "may_edit": access.can_edit_employer(request.user),
        "may_read_figures": access.can_read_figures(request.user),
        "kinds": [(kind, kind.upper()) for kind in KINDS],
        "query": request.GET.urlencode(),
    }
    return render(request, "employers/register.html", context)


def asked_employers(request: HttpRequest, filters: RegisterFilter, search: Search):
    """The employers that the search and the filters leave, by name: the page's and its file's."""
    employers = Employer.objects.visible_to(request.user).standing().select_related("own_contact")
    return filters.filtered(employers, words=search.words, today=clock.today()).by_name()


@require_http_methods(["GET", "POST"])
def employer_new(request: HttpRequest) -> HttpResponse:
    """Add an employer; a like name is asked about before anything is saved."""
    require_editor(request)
    if request.method == "GET":
        return _employer_form(
            request, EmployerForm(initial={"own_contact": request.user.pk}, today=clock.today())
        )
    form = EmployerForm(request.POST, today=clock.today(), asks_despite_alike="is_another" in request.POST)
    if not form.is_valid():
        return _employer_form(request, form, status=422)
    try:
        employer = services.create_employer(
            actor=request.user,
            fields=form.model_values(),
            despite_alike=bool(form.cleaned_data.get("is_another")),
        )
    except AlikeEmployers as question:
        form = EmployerForm(request.POST, today=clock.today(), asks_despite_alike=True)
        form.is_valid()
        form.add_error(None, str(question))
        alike = Employer.objects.filter(pk__in=question.employer_ids).by_name()
        return _employer_form(request, form, alike=alike, status=422)
    except DomainError as refusal:
        return _refused_employer(request, form, refusal)
    messages.success(request, _("The employer is on record."))
    return redirect("employers:employer", pk=employer.pk)


@require_http_methods(["GET", "POST"])
def employer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an employer; when somebody saved first, both versions are shown."""
    employer = visible_employer(request, pk)
    require_editor(request)
    if request.method == "GET":
        form = EmployerForm(instance=employer, initial={"version": employer.version}, today=clock.today())
        return _employer_form(request, form, employer=employer)
    form = EmployerForm(request.POST, instance=visible_employer(request, pk), today=clock.today())
    if not form.is_valid():
        return _employer_form(request, form, employer=employer, status=422)
    try:
        services.change_employer(
            actor=request.user,
            employer_id=pk,
            version=form.cleaned_data["version"] or 0,
            fields=form.model_values(),
        )
    except StaleVersion as stale:
        theirs = visible_employer(request, pk)
        rows = conflict_rows(form, theirs)
        form = EmployerForm(
            _with_version(request, theirs.version),
            instance=visible_employer(request, pk),
            today=clock.today(),
        )
        form.is_valid()
        form.add_error(None, str(stale))
        return _employer_form(request, form, employer=theirs, conflict=rows, status=422)
    except DomainError as refusal:
        return _refused_employer(request, form, refusal, employer=employer)
    messages.success(request, _("Saved."))
    return redirect("employers:employer", pk=pk)


def _with_version(request: HttpRequest, version: int):
    data = request.POST.copy()
    data["version"] = str(version)
    return data


def _refused_employer(request: HttpRequest, form, refusal: DomainError, **more) -> HttpResponse:
    add_domain_error(form, refusal)
    known = refusal.employer_id if isinstance(refusal, EmployerAlreadyExists) else None
    alike = Employer.objects.filter(pk=known) if known else ()
    return _employer_form(request, form, alike=alike, status=422, **more)


def _employer_form(
    request: HttpRequest, form, *, employer=None, alike=(), conflict=(), status: int = 200
) -> HttpResponse:
    context = {"form": form, "employer": employer, "alike": list(alike), "conflict": conflict}
    return render(request, "employers/employer_form.html", context, status=status)


@require_GET
def employer(request: HttpRequest, pk: int) -> HttpResponse:
    """One employer: facts, people, contact log with its one-line form, leads, work trials. One that was
    merged says where it is now."""
    found = visible_employer(request, pk)
    if found.pk != pk:
        merged = Employer.objects.visible_to(request.user).get(pk=pk)
        return render(request, "employers/register/merged.html", {"merged": merged, "employer": found})
    return show_employer(request, found)


def show_employer(
    request: HttpRequest,
    found: Employer,
    *,
    contact_form=None,
    task_form=None,
    person_form=None,
    status: int = 200,
) -> HttpResponse:
    """The employer's page, also with a form that was refused."""
    today = clock.today()
    page = employer_page(
        found, user=request.user, today=today, shows_all=request.GET.get("contacts") == "all"
    )
    contacts = contact_context(
        found,
        user=request.user,
        events=page["events"],
        people=page["people"],
        today=today,
        now=clock.now(),
        contact_form=contact_form,
        task_form=task_form,
        channel=request.GET.get("channel", ""),
    )
    context = {
        **page,
        **contacts,
        "person_form": person_form or ContactPersonForm(auto_id="new_person_%s"),
        "may_edit": access.can_edit_employer(request.user),
    }
    return render(request, "employers/employer.html", context, status=status)


@require_POST
def person_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody at the workplace, from the employer's page."""
    found = visible_employer(request, pk)
    require_editor(request)
    form = ContactPersonForm(request.POST, auto_id="new_person_%s")
    if not form.is_valid():
        return show_employer(request, found, person_form=form, status=422)
    services.add_contact_person(actor=request.user, employer_id=pk, fields=form.model_values())
    messages.success(request, _("Added."))
    return redirect(f"{reverse('employers:employer', args=[pk])}#people")


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change somebody at the workplace."""
    person = get_object_or_404(
        ContactPerson.objects.visible_to(request.user).select_related("employer"), pk=pk
    )
    require_editor(request)
    if request.method == "GET":
        form = ContactPersonForm(instance=person, initial={"version": person.version})
        return _person_form(request, form, person)
    form = ContactPersonForm(request.POST, instance=ContactPerson(pk=pk, employer=person.employer))
    if not form.is_valid():
        return _person_form(request, form, person, status=422)
    try:
        services.change_contact_person(
            actor=request.user,
            person_id=pk,
            version=form.cleaned_data["version"] or 0,
            fields=form.model_values(),
        )
    except StaleVersion as stale:
        rows = conflict_rows(form, person)
        form = ContactPersonForm(
            _with_version(request, person.version), instance=ContactPerson(pk=pk, employer=person.employer)
        )
        form.is_valid()
        form.add_error(None, str(stale))
        return _person_form(request, form, person, conflict=rows, status=422)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('employers:employer', args=[person.employer_id])}#people")


def _person_form(request: HttpRequest, form, person, *, conflict=(), status: int = 200) -> HttpResponse:
    context = {"form": form, "person": person, "employer": person.employer, "conflict": conflict}
    return render(request, "employers/person_form.html", context, status=status)


@require_POST
def person_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody left the workplace, or came back."""
    person = get_object_or_404(ContactPerson.objects.visible_to(request.user), pk=pk)
    require_editor(request)
    is_active = request.POST.get("is_active") == "yes"
    services.set_contact_person_active(actor=request.user, person_id=pk, is_active=is_active)
    messages.success(request, _("Noted."))
    return redirect(f"{reverse('employers:employer', args=[person.employer_id])}#people")
