"""The figures of work with employers: on the page and as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import audit
from accounts.enums import Role
from core import clock
from core.errors import AccessDenied
from core.tables import KINDS, table_response
from employers.access import can_read_figures, can_read_register
from employers.figures import Period, employer_figures, employer_headers, employer_rows
from employers.forms.figures import FiguresForm


def _asked(request: HttpRequest) -> FiguresForm:
    if not can_read_figures(request.user):
        if can_read_register(request.user):
            raise AccessDenied(_("The figures of work with employers are the coordinators' and managers'."))
        raise Http404
    return FiguresForm(request.GET, today=clock.today())


def _tells_few(request: HttpRequest, period: Period) -> bool:
    """A coordinator knows the own people; of others' only groups are told."""
    return request.user.role == Role.COORDINATOR and period.coordinator_id == request.user.pk


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Tables and pictures of one period."""
    form = _asked(request)
    period = form.period()
    context = {
        "form": form,
        "period": period,
        "tables": employer_figures(period, tells_few=_tells_few(request, period)),
        "kinds": [(kind, kind.upper()) for kind in KINDS],
        "query": request.GET.urlencode(),
    }
    return render(request, "employers/figures/figures.html", context, status=200 if form.is_valid() else 422)


@require_GET
def figures_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same tables as one file."""
    form = _asked(request)
    period = form.period()
    tables = employer_figures(period, tells_few=_tells_few(request, period))
    rows = (
        [table.title, row.label, row.words if row.number is None else row.number, table.unit]
        for table in tables
        for row in table.rows
    )
    headers = [_("Table"), _("Line"), _("Number"), _("Unit")]
    response = table_response(
        kind=kind, name=_("employer-figures"), title=_("Figures"), headers=headers, rows=rows
    )
    audit.record(actor=request.user, action="figures.exported", details={"kind": kind})
    return response


@require_GET
def figures_employers(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Each contacted employer with its contacts, streamed."""
    period = _asked(request).period()
    response = table_response(
        kind=kind,
        name=_("employers-and-contacts"),
        title=_("Employers"),
        headers=employer_headers(),
        rows=employer_rows(period),
    )
    audit.record(actor=request.user, action="figures.exported", details={"kind": kind})
    return response
