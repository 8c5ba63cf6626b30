"""A coach's own phrases: adding one, changing it, removing it, counting its use."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.access import has_today_page
from coaching.models import Phrase
from coaching.services import phrases
from core.errors import AccessDenied, DomainError


def _require_coach(request: HttpRequest) -> None:
    if not has_today_page(request.user):
        raise AccessDenied(_("Phrases belong to those who write daily logs."))


@require_http_methods(["GET", "POST"])
def phrase_list(request: HttpRequest) -> HttpResponse:
    """One's own phrases; a POST adds one, and answers a script with JSON."""
    _require_coach(request)
    if request.method == "GET":
        return _page(request)
    is_script = request.headers.get("X-Requested-With") == "fetch"
    text = request.POST.get("text", "")
    try:
        phrase = phrases.add_phrase(actor=request.user, text=text)
    except DomainError as refusal:
        if is_script:
            return JsonResponse({"message": str(refusal)}, status=422)
        return _page(request, typed=text, error=str(refusal))
    if is_script:
        return JsonResponse({"id": phrase.pk, "text": phrase.text})
    messages.success(request, _("The phrase is saved."))
    return redirect("coaching:phrase-list")


@require_POST
def phrase_edit(request: HttpRequest, pk: int) -> HttpResponse:
    _require_coach(request)
    text = request.POST.get("text", "")
    try:
        phrases.edit_phrase(actor=request.user, phrase_id=pk, text=text)
    except Phrase.DoesNotExist as stranger:
        raise Http404 from stranger
    except DomainError as refusal:
        return _page(request, wrong=pk, typed=text, error=str(refusal))
    messages.success(request, _("The phrase is saved."))
    return redirect("coaching:phrase-list")


@require_POST
def phrase_remove(request: HttpRequest, pk: int) -> HttpResponse:
    _require_coach(request)
    try:
        phrases.remove_phrase(actor=request.user, phrase_id=pk)
    except Phrase.DoesNotExist as stranger:
        raise Http404 from stranger
    messages.success(request, _("The phrase was removed."))
    return redirect("coaching:phrase-list")


@require_POST
def phrase_used(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent by the daily log's script when a phrase goes into the text."""
    _require_coach(request)
    try:
        phrases.count_use(actor=request.user, phrase_id=pk)
    except Phrase.DoesNotExist as stranger:
        raise Http404 from stranger
    return HttpResponse(status=204)


def _page(
    request: HttpRequest, *, wrong: int | None = None, typed: str = "", error: str = ""
) -> HttpResponse:
    """`wrong` is the phrase that was not saved, None for the new one; what was typed stays in its field."""
    rows = [
        {
            "id": row.pk,
            "text": typed if row.pk == wrong else row.text,
            "used": row.used_count,
            "error": error if row.pk == wrong else "",
        }
        for row in Phrase.objects.most_used(request.user.pk)
    ]
    context = {"rows": rows, "section": "today", "limit": phrases.TEXT_LIMIT}
    if wrong is None:
        context |= {"typed": typed, "error": error}
    else:
        context |= {"typed": "", "error": ""}
    return render(request, "coaching/phrases.html", context, status=422 if error else 200)
