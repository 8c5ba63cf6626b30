"""Likely duplicates while typing; one employer on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.audit import record
from core import clock
from employers.pages.employer_print import employer_on_paper
from employers.pages.register import alike_while_typing
from employers.views.register import require_editor, visible_employer


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
