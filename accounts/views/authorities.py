"""The administrator's TE-offices and employment areas."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.people import AuthorityForm
from accounts.models import Authority, User
from accounts.services import authorities
from accounts.views.people import refuse_others
from core.errors import DomainError
from core.pagination import page_of


@require_GET
def authority_list(request: HttpRequest) -> HttpResponse:
    """Authorities with the number of their officers."""
    refuse_others(request.user)
    page = page_of(Authority.objects.visible_to(request.user).for_list(), request)
    return render(request, "accounts/authority_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def authority_add(request: HttpRequest) -> HttpResponse:
    """A new authority."""
    refuse_others(request.user)
    form = AuthorityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            authorities.add_authority(actor=request.user, **form.values())
        except DomainError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _("Added."))
            return redirect("accounts:authority-list")
    return _form_page(request, form, authority=None)


@require_http_methods(["GET", "POST"])
def authority_edit(request: HttpRequest, authority_id: int) -> HttpResponse:
    """One authority and the officers who work there."""
    authority = get_object_or_404(Authority.objects.visible_to(request.user), pk=authority_id)
    shown = Authority.objects.get(pk=authority.pk)
    form = AuthorityForm(request.POST if request.method == "POST" else None, instance=authority)
    if request.method == "POST" and form.is_valid():
        try:
            authorities.edit_authority(actor=request.user, authority=authority, **form.values())
        except DomainError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:authority-list")
    return _form_page(request, form, authority=shown)


def _form_page(request: HttpRequest, form: AuthorityForm, *, authority: Authority | None) -> HttpResponse:
    officers = User.objects.officers_of(authority) if authority else ()
    context = {"form": form, "authority": authority, "officers": officers}
    return render(request, "accounts/authority_form.html", context, status=422 if form.errors else 200)
