"""The product's addresses and one small page of a coach's own, to try unsent forms on."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from accounts.models import User
from config.urls import *  # noqa: F403 - the error pages come along
from config.urls import urlpatterns as product_urls

saved: list[tuple[str, dict]] = []


class NoteForm(forms.Form):
    note = forms.CharField()


@csrf_protect
@require_POST
def note(request: HttpRequest, user_id: int) -> HttpResponse:
    """Saves a note of the person `user_id`, and of nobody else."""
    if request.user.pk != user_id or not User.objects.filter(pk=user_id).exists():
        raise Http404
    saved.append((request.get_full_path(), {name: request.POST.getlist(name) for name in request.POST}))
    return JsonResponse({"saved": True})


@login_not_required
@csrf_protect
@require_POST
def link_page(request: HttpRequest) -> HttpResponse:
    """A page for people without an account."""
    saved.append((request.get_full_path(), {name: request.POST.getlist(name) for name in request.POST}))
    return JsonResponse({"saved": True})


urlpatterns = [
    path("desk/<int:user_id>/note/", note, name="desk-note"),
    path("desk/link/", link_page, name="desk-link"),
    *product_urls,
]
