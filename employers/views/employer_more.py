"""Likely duplicates while typing; one employer on paper; the register as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.audit import record
from core import clock
from core.search_terms import search_of
from core.tables import table_response
from employers.forms import RegisterFilter
from employers.pages.employer_print import employer_on_paper
from employers.pages.register import alike_while_typing
from employers.pages.register_table import register_headers, register_table
from employers.views.register import asked_employers, require_editor, visible_employer


@require_POST
def employer_alike(request: HttpRequest) -> HttpResponse:
    """A piece of page with the employers that what is being typed may mean. Posted, so that no name stands
    in an address."""
    require_editor(request)
    typed = {name: request.POST.get(name, "")[:160] for name in ("name", "business_id", "phone")}
    own = request.POST.get("own", "")
    own_id = int(own) if own.isascii() and own.isdigit() and len(own) < 18 else None
    alike = alike_while_typing(**typed, own_id=own_id)
    return render(request, "employers/register/_alike.html", {"alike": alike})


@require_GET
def employer_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of one employer on paper."""
    found = visible_employer(request, pk)
    record(actor=request.user, action="employer.printed", obj=found)
    context = employer_on_paper(found, user=request.user, today=clock.today())
    context["back_url"] = reverse("employers:employer", args=[found.pk])
    return render(request, "employers/register/print.html", context)


@require_GET
def register_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The employers that the register's search and filters leave, streamed. A search whose seal has run out
    leads back to the list: the file must not hold more than was asked for."""
    require_editor(request)
    search = search_of(request)
    if search.has_expired:
        return redirect(f"{reverse('employers:register')}?{request.GET.urlencode()}")
    employers = asked_employers(request, RegisterFilter(request.GET), search)
    response = table_response(
        kind=kind,
        name=_("employers"),
        title=_("Employers"),
        headers=register_headers(),
        rows=register_table(employers),
    )
    record(actor=request.user, action="register.exported", details={"kind": kind})
    return response
