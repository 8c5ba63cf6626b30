"""Releasing a month's summaries to offices, and how each release stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coaching.models import CoachingMonth
from core import clock
from core.crypto import decrypt, encrypt
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from reports.access import can_write_summaries
from reports.forms.delivery import SendAgainForm, TakeBackForm
from reports.models import Delivery
from reports.pages.deliveries import delivery_page, release_page
from reports.pages.office_phones import office_phones
from reports.services import deliveries as services

CODES = "delivery_codes"  # in the sender's session, encrypted, until the code was given or its time is over
CODE_SHOWN = dt.timedelta(hours=1)
DOUBLE_CLICK = dt.timedelta(minutes=1)


@require_http_methods(["GET", "POST"])
def month_releases(request: HttpRequest, month_id: int) -> HttpResponse:
    """Choose who is released, and what was sent so far."""
    month = _own_month(request, month_id)
    if request.method == "GET":
        return _release_page(request, month)
    chosen = _chosen(request)
    try:
        return release_chosen(request, month, chosen)
    except AccessDenied:
        raise
    except DomainError as error:
        return _release_page(request, month, ticked=set(chosen), error=str(error), status=422)


def release_chosen(request: HttpRequest, month: CoachingMonth, chosen: dict[int, int]) -> HttpResponse:
    """Release and go where the code is shown. Raises what services.release_together raises, but the second
    of two clicks gets what the first did."""
    try:
        given = services.release_together(
            actor=request.user, month_id=month.pk, chosen=chosen, now=clock.now(), today=clock.today()
        )
    except DomainError:
        sent = _just_sent(request, month, chosen)
        if sent is None:
            raise
        return redirect("reports:delivery", sent)
    _keep_codes(request, given)
    words = ngettext(
        "The summaries went to %(n)s office.", "The summaries went to %(n)s offices.", len(given)
    )
    messages.success(request, words % {"n": len(given)})
    if len(given) == 1:
        return redirect("reports:delivery", given[0].delivery.pk)
    return redirect("reports:month-releases", month.pk)


def _chosen(request: HttpRequest) -> dict[int, int]:
    """{summary: version} of the ticked boxes, each "id:version"; what is not written so is left out."""
    chosen = {}
    for box in request.POST.getlist("summary"):
        summary, _colon, version = box.partition(":")
        if summary.isdecimal() and version.isdecimal() and len(box) < 20:
            chosen[int(summary)] = int(version)
    return chosen


def _just_sent(request: HttpRequest, month: CoachingMonth, chosen: dict[int, int]) -> int | None:
    """The release in which what is chosen has just gone, by the first of two clicks."""
    fresh = month.deliveries.filter(made_by=request.user, made_at__gte=clock.now() - DOUBLE_CLICK)
    sent = dict(fresh.values_list("items__summary", "pk"))
    return sent[min(chosen)] if chosen and set(chosen) <= set(sent) else None


def _release_page(
    request: HttpRequest,
    month: CoachingMonth,
    *,
    ticked: set[int] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = release_page(month, today=clock.today(), now=clock.now(), ticked=ticked)
    codes = _codes_of(request)
    context["codes"] = [
        row for row in context["deliveries"] if str(row["row"].pk) in codes and not _used_at(row["row"])
    ]
    context |= {"error": error, "section": "summaries"}
    return render(request, "reports/deliveries/month.html", context, status=status)


@require_POST
def month_link(request: HttpRequest, month_id: int, authority_id: int) -> HttpResponse:
    """A link to what went to the inbox before without one."""
    month = _own_month(request, month_id)
    try:
        given = services.deliver_released(
            actor=request.user,
            month_id=month.pk,
            authority_id=authority_id,
            now=clock.now(),
            today=clock.today(),
        )
    except DomainError as error:
        return _release_page(request, month, error=str(error), status=422)
    _keep_codes(request, [given])
    messages.success(request, _("The link is on its way."))
    return redirect("reports:delivery", given.delivery.pk)


@require_GET
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """How one release stands, who opened what, and the code while it is to be given."""
    return _page(request, _own_delivery(request, delivery_id))


@require_POST
def send_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """A new link and code."""
    found = _own_delivery(request, delivery_id)
    form = SendAgainForm(request.POST)
    if not form.is_valid():
        return _page(request, found, error=_("Reload the page and try again."), status=422)
    try:
        given = services.send_again(
            actor=request.user,
            delivery_id=found.pk,
            version=form.cleaned_data["version"],
            now=clock.now(),
        )
    except AccessDenied:
        raise
    except DomainError as error:
        return _page(request, _own_delivery(request, delivery_id), error=str(error), status=422)
    _keep_codes(request, [given])
    messages.success(request, _("A new link is on its way. The one before does not work any more."))
    return redirect("reports:delivery", found.pk)


@require_POST
def take_back(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The link and the inbox close at once."""
    found = _own_delivery(request, delivery_id)
    form = TakeBackForm(request.POST)
    if form.is_valid():
        try:
            services.take_back_delivery(
                actor=request.user, delivery_id=found.pk, now=clock.now(), **form.cleaned_data
            )
        except AccessDenied:
            raise
        except DomainError as error:
            add_domain_error(form, error)
        else:
            _forget_code(request, found.pk)
            messages.success(request, _("It is taken back. The office cannot read it any more."))
            return redirect("reports:delivery", found.pk)
    return _page(request, _own_delivery(request, delivery_id), take_back_form=form, status=422)


@require_POST
def code_given(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The sender has told the code: it is not shown any more."""
    found = _own_delivery(request, delivery_id)
    _forget_code(request, found.pk)
    return redirect("reports:delivery", found.pk)


def _page(
    request: HttpRequest,
    found: Delivery,
    *,
    error: str = "",
    take_back_form: TakeBackForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = delivery_page(found, now=clock.now())
    given = _codes_of(request).get(str(found.pk))
    context |= {
        "given": given,
        "code_used_at": _used_at(found) if given else None,
        "phones": office_phones(found) if given else [],
        "error": error,
        "take_back_form": take_back_form or TakeBackForm(initial={"version": found.version}),
        "section": "summaries",
    }
    response = render(request, "reports/deliveries/delivery.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


# --- the code, shown to its sender until it was given -------------------------------------------------
def _keep_codes(request: HttpRequest, given: list[services.GivenDelivery]) -> None:
    kept = dict(request.session.get(CODES, {}))
    for row in given:
        secret = encrypt(f"{row.code} {row.address}")
        kept[str(row.delivery.pk)] = {"secret": secret, "at": clock.now().isoformat()}
    request.session[CODES] = kept


def _codes_of(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """{delivery: {"code", "address", "until"}} of what this session sent within the hour."""
    shown = {}
    for pk, row in request.session.get(CODES, {}).items():
        until = dt.datetime.fromisoformat(row["at"]) + CODE_SHOWN
        if clock.now() < until:
            code, _space, address = decrypt(row["secret"]).partition(" ")
            shown[pk] = {"code": f"{code[:3]} {code[3:]}", "address": address, "until": until}
    return shown


def _used_at(found: Delivery) -> dt.datetime | None:
    """When the office first came in with the code of the live link."""
    return found.token.used_at if found.token else None


def _forget_code(request: HttpRequest, delivery_id: int) -> None:
    kept = dict(request.session.get(CODES, {}))
    if kept.pop(str(delivery_id), None):
        request.session[CODES] = kept


# --- whose ----------------------------------------------------------------------------------------------
def _own_month(request: HttpRequest, month_id: int) -> CoachingMonth:
    found = get_object_or_404(CoachingMonth.objects.visible_to(request.user), pk=month_id)
    if not can_write_summaries(request.user, found):
        raise AccessDenied(_("The summaries are released by the month's own coach."))
    return found


def _own_delivery(request: HttpRequest, delivery_id: int) -> Delivery:
    rows = Delivery.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("month", "authority", "token", "mail", "made_by", "revoked_by"), pk=delivery_id
    )
