"""The information sheet behind the personal link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import DomainError
from participants.own.information import INFORMATION_VERSION, is_confirmed, sheet
from participants.own.visit import OwnVisit, own_page
from participants.services.information import confirm_information


@require_http_methods(["GET", "POST"])
@own_page
def information(request: HttpRequest, visit: OwnVisit) -> HttpResponse:
    """Read the sheet, and confirm that it has been read."""
    refusal = ""
    if request.method == "POST":
        try:
            confirm_information(
                participant_id=visit.participant.pk,
                version=_number(request.POST.get("version", "")),
                today=clock.today(),
            )
        except DomainError as error:
            refusal = str(error)
        else:
            messages.success(request, _("Thank you. It is noted that you have read this."))
            return redirect("own:front")
    context = {
        "sections": sheet(is_plain=visit.is_plain),
        "version": INFORMATION_VERSION,
        "is_confirmed": is_confirmed(visit.participant),
        "refusal": refusal,
    }
    return render(request, "link/information.html", context, status=422 if refusal else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
