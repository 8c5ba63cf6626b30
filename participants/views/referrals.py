"""Referrals: the list, one by hand, one referral's page, and its next state."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import record_view
from core import clock
from core.errors import AccessDenied, DomainError
from core.forms import add_domain_error
from core.pagination import page_of
from core.search_terms import lead_to_list, search_of
from participants.access import can_count_referrals, can_work_on_referrals
from participants.enums import REFERRAL_VERBS, ReferralState
from participants.forms.referral import MoveForm, ReferralEditForm, ReferralFilterForm, ReferralForm
from participants.models import Participant, Referral
from participants.restricted import is_locked, require_opened
from participants.services import referrals as services


def refuse_others(user) -> None:
    """Coaches and coordinators only; a sentence for the rest."""
    if not can_work_on_referrals(user):
        raise AccessDenied(_("Referrals are the work of coaches and coordinators."))


@require_http_methods(["GET", "POST"])
def referral_list(request: HttpRequest) -> HttpResponse:
    """Referrals with filters, the open ones first; for managers how many of each state, without names."""
    if request.method == "POST":
        refuse_others(request.user)
        return lead_to_list(request, filters=ReferralFilterForm.base_fields)
    if can_count_referrals(request.user):
        return _counts(request)
    refuse_others(request.user)
    form = ReferralFilterForm(request.GET)
    form.is_valid()
    chosen, search = form.cleaned_data, search_of(request)
    authority = chosen.get("authority")
    referrals = Referral.objects.visible_to(request.user).for_list(
        group=chosen.get("state") or "open",
        authority_id=authority.pk if authority else None,
        text=search.words,
    )
    page = page_of(referrals, request, is_capped=True)
    is_filtered = bool(search.words or chosen.get("state") or authority)
    context = {"page": page, "form": form, "search": search, "is_filtered": is_filtered}
    return render(request, "participants/referral_list.html", context)


def _counts(request: HttpRequest) -> HttpResponse:
    counts = Referral.objects.counts_by_state()
    rows = [(state.label, counts.get(state.value, 0)) for state in ReferralState]
    context = {"rows": rows, "total": sum(counts.values())}
    return render(request, "participants/referral_counts.html", context)


@require_http_methods(["GET", "POST"])
def referral_new(request: HttpRequest) -> HttpResponse:
    """One referral by hand; somebody who may be on record already is asked about."""
    refuse_others(request.user)
    today = clock.today()
    form = ReferralForm(request.POST or None, today=today, initial={"referred_on": today})
    if request.method == "GET":
        return _new_page(request, form)
    if form.is_valid():
        try:
            referral = services.create_referral(
                actor=request.user,
                person=form.record_values(),
                hetu=form.cleaned_data["hetu"],
                referred_on=form.cleaned_data["referred_on"],
                note=form.cleaned_data["note"],
                same_as=form.cleaned_data["duplicate"],
                today=today,
            )
        except services.MaybeOnRecord as error:
            form.add_error(None, str(error))
            return _new_page(
                request, form, candidates=_candidates(request, error), question=error, status=422
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The referral is saved."))
            return redirect("participants:referral-detail", pk=referral.pk)
    return _new_page(request, form, status=422)


def _new_page(request, form, *, candidates=(), question=None, status: int = 200) -> HttpResponse:
    context = {"form": form, "candidates": candidates, "question": question}
    return render(request, "participants/referral_new.html", context, status=status)


def _candidates(request: HttpRequest, error: services.MaybeOnRecord) -> list[dict]:
    """Those whom the user may choose, with what tells them apart as far as the user may see it."""
    people = Participant.objects.filter(pk__in=error.candidates)
    visible = set(
        Participant.objects.visible_to(request.user, today=clock.today())
        .filter(pk__in=error.candidates)
        .values_list("pk", flat=True)
    )
    return [
        {"person": person, "is_visible": person.pk in visible}
        for person in people.by_name()
        if person.pk in visible or error.is_sure
    ]


def _load(request: HttpRequest, pk: int) -> Referral:
    referrals = Referral.objects.visible_to(request.user).select_related(
        "participant", "participant__officer", "authority", "created_by"
    )
    return get_object_or_404(referrals, pk=pk)


@require_http_methods(["GET", "POST"])
def referral_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral: who, what next, and its date and note."""
    referral = _load(request, pk)
    today = clock.today()
    if request.method == "GET":
        record_view(actor=request.user, participant=referral.participant, page="participants:referral-detail")
        form = ReferralEditForm(initial=_initial(referral), today=today)
        return _detail_page(request, referral, form)
    require_opened(request, referral.participant, now=clock.now())
    form = ReferralEditForm(request.POST, today=today)
    if not form.is_valid():
        return _detail_page(request, referral, form, status=422)
    try:
        services.update_referral(actor=request.user, referral_id=pk, today=today, **form.cleaned_data)
    except services.ReferralMoved as error:
        typed = request.POST.copy()
        typed["version"] = str(error.current.version)
        fresh = ReferralEditForm(typed, today=today)
        fresh.is_valid()
        add_domain_error(fresh, error)
        return _detail_page(request, _load(request, pk), fresh, is_stale=True, status=422)
    except DomainError as error:
        add_domain_error(form, error)
        return _detail_page(request, referral, form, status=422)
    messages.success(request, _("The referral is saved."))
    return redirect("participants:referral-detail", pk=pk)


def _initial(referral: Referral) -> dict:
    return {"referred_on": referral.referred_on, "note": referral.note, "version": referral.version}


def _detail_page(request, referral, form, *, move=None, is_stale=False, status: int = 200) -> HttpResponse:
    moves = services.possible_moves(referral)
    context = {
        "referral": referral,
        "person": referral.participant,
        "is_locked": is_locked(request, referral.participant, now=clock.now()),
        "is_visible": Participant.objects.visible_to(request.user, today=clock.today())
        .filter(pk=referral.participant_id)
        .exists(),
        "form": form,
        "move": move or MoveForm(initial={"version": referral.version}, prefix="move"),
        "moves": [(state, REFERRAL_VERBS[state]) for state in moves if state != ReferralState.NOT_SELECTED],
        "may_refuse": ReferralState.NOT_SELECTED in moves,
        "is_stale": is_stale,
    }
    return render(request, "participants/referral.html", context, status=status)


@require_POST
def referral_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Inform, select, put on the waiting list, or end the referral."""
    referral = _load(request, pk)
    move = MoveForm(request.POST, prefix="move")
    if move.is_valid():
        try:
            moved = services.move_referral(
                actor=request.user, referral_id=pk, today=clock.today(), **move.cleaned_data
            )
        except DomainError as error:
            add_domain_error(move, error)
        else:
            messages.success(request, _("State: %(state)s.") % {"state": moved.get_state_display()})
            return redirect("participants:referral-detail", pk=pk)
    referral = _load(request, pk)
    form = ReferralEditForm(initial=_initial(referral), today=clock.today())
    return _detail_page(request, referral, form, move=move, status=422)
