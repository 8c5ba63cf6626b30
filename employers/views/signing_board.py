"""The board of who is missing, and one press that reminds them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.enums import Role
from coaching.reminder_hours import may_remind_at, next_opening
from core import clock
from core.errors import AccessDenied, DomainError
from core.pagination import page_of
from employers.models import Placement, Signature
from employers.pages.signing import WHY_NO_MAIL, board_rows
from employers.querysets.signing import OPEN_FOR_SIGNING, board_of
from employers.services.signing_links import remind, spoken

SHOWS = {
    "": gettext_lazy("not signed by all"),
    "unsent": gettext_lazy("not sent out"),
    "missing": gettext_lazy("sent, a signature is missing"),
    "unsigned_start": gettext_lazy("started without signatures"),
    "signed": gettext_lazy("signed by all"),
}


@require_GET
def signing_board(request: HttpRequest) -> HttpResponse:
    """Who has signed which agreement, who is missing, and when they were reminded."""
    if request.user.role not in (Role.COACH, Role.COORDINATOR):
        raise Http404
    now, today = clock.now(), clock.today()
    show = request.GET.get("show", "")
    show = show if show in SHOWS else ""
    found = board_of(Placement.objects.visible_to(request.user, today=today), show)
    page = page_of(found.select_related("participant__officer", "employer", "month__te_sponsor"), request)
    rows = board_rows(list(page.object_list), today=today, now=now)
    context = {
        "page": page,
        "rows": rows,
        "show": show,
        "shows": list(SHOWS.items()),
        "is_coordinator": request.user.role == Role.COORDINATOR,
        "remindable": [pk for row in rows for pk in row.remindable_ids],
        "closed_until": "" if may_remind_at(now) else spoken(next_opening(now)),
        "open_states": OPEN_FOR_SIGNING,
    }
    return render(request, "employers/signing/board.html", context)


@require_POST
def signing_remind(request: HttpRequest) -> HttpResponse:
    """Remind those who are missing: all that the board shows, or one."""
    if request.user.role == Role.COACH:
        raise AccessDenied(_("The month's coordinator reminds of signatures."))
    if request.user.role != Role.COORDINATOR:
        raise Http404
    asked = [int(pk) for pk in request.POST.getlist("signature") if pk.isdecimal() and len(pk) < 19]
    visible = Signature.objects.visible_to(request.user, today=clock.today())
    own = list(visible.filter(pk__in=asked).values_list("pk", flat=True))
    try:
        result = remind(actor=request.user, signature_ids=own, now=clock.now(), today=clock.today())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(_back(request))
    count = len(result.mailed)
    messages.success(
        request,
        ngettext("%(count)s reminder went out.", "%(count)s reminders went out.", count) % {"count": count},
    )
    for code in dict.fromkeys(code for _signature, code in result.skipped):
        number = sum(other == code for _signature, other in result.skipped)
        messages.info(
            request,
            _("Without a reminder: %(count)s, %(why)s.") % {"count": number, "why": WHY_NO_MAIL[code]},
        )
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if is_ours else "employers:signing-board"
