"""Merging two records of one employer; handing employers over when one of us leaves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.forms import add_domain_error
from core.pagination import page_of
from core.search_terms import lead_to_list, search_of
from employers.forms import HandOverForm
from employers.forms.merge import MergeForm
from employers.models import Employer
from employers.pages.register import likely_twins
from employers.services import employer as services
from employers.services import employer_merge
from employers.views.register import require_editor, visible_employer


@require_http_methods(["GET", "POST"])
def employer_merge_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the duplicate of an employer: the likely ones at once, any other by searching."""
    kept = visible_employer(request, pk)
    require_editor(request)
    if request.method == "POST":
        return lead_to_list(request)
    search = search_of(request)
    others = Employer.objects.visible_to(request.user).standing().exclude(pk=kept.pk)
    page = page_of(others.matching(search.words).by_name(), request, is_capped=True) if search.words else None
    context = {"employer": kept, "search": search, "page": page, "likely": likely_twins(kept)}
    return render(request, "employers/register/merge_choose.html", context)


@require_http_methods(["GET", "POST"])
def employer_merge_preview(request: HttpRequest, pk: int, other_pk: int) -> HttpResponse:
    """What moves where, side by side; merging after a yes."""
    employers = Employer.objects.visible_to(request.user).select_related("own_contact", "deputy")
    kept, merged = get_object_or_404(employers, pk=pk), get_object_or_404(employers, pk=other_pk)
    require_editor(request)
    if request.method == "GET":
        return _merge_page(request, kept, merged)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return _merge_page(request, kept, merged, refusal=_("Look at the two once more."), status=422)
    falling = employer_merge.falling_agreements(merged).count()
    try:
        employer_merge.merge_employers(
            actor=request.user, kept_id=pk, merged_id=other_pk, **form.cleaned_data
        )
    except DomainError as refusal:
        kept, merged = employers.get(pk=pk), employers.get(pk=other_pk)
        return _merge_page(request, kept, merged, refusal=str(refusal), status=422)
    messages.success(request, _("The two are one now. Nothing was lost."))
    if falling:
        sentence = ngettext(
            "%(count)d agreement was cancelled. Send it out for signing again.",
            "%(count)d agreements were cancelled. Send them out for signing again.",
            falling,
        )
        messages.warning(request, sentence % {"count": falling})
    return redirect("employers:employer", pk=pk)


def _merge_page(
    request: HttpRequest, kept: Employer, merged: Employer, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    try:
        employer_merge.refuse_merge(kept=kept, merged=merged)
        may_merge = True
    except DomainError as error:
        may_merge, refusal = False, refusal or str(error)
    form = MergeForm(initial={"kept_version": kept.version, "merged_version": merged.version})
    context = {
        "employer": kept,
        "merged": merged,
        "counts": employer_merge.counts_of(merged),
        "form": form,
        "refusal": refusal,
        "may_merge": may_merge,
    }
    return render(request, "employers/register/merge.html", context, status=status)


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Become the named contact of an employer whose contact is no longer at work."""
    found = visible_employer(request, pk)
    require_editor(request)
    fields = {"own_contact": request.user}
    if found.deputy_id == request.user.pk:
        fields["deputy"] = None
    try:
        services.change_employer(
            actor=request.user, employer_id=found.pk, version=found.version, fields=fields
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You are the named contact now."))
    return redirect("employers:employer", pk=found.pk)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """All employers of one of us go to another, when somebody leaves."""
    require_editor(request)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = services.hand_over_employers(actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_domain_error(form, refusal)
        else:
            sentence = ngettext("%(count)d employer handed over.", "%(count)d employers handed over.", count)
            messages.success(request, sentence % {"count": count})
            return redirect("employers:register")
    status = 422 if request.method == "POST" else 200
    return render(request, "employers/register/hand_over.html", {"form": form}, status=status)
