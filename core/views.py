"""Pages without a domain: home, language, errors."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import check_for_language, gettext
from django.views.decorators.http import require_GET, require_POST

from core.middleware import ask_to_log_in
from core.registry import home_pages
from core.unsent_form import (
    UnsentForm,
    came_from_own_page,
    form_carried_by,
    form_in,
    is_own_path,
    page_it_stood_on,
    was_sent_by_script,
)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Each role's own first page, as the apps registered it in `core.registry.home_pages`."""
    for role, url_name in home_pages:
        if role == request.user.role:
            return redirect(url_name)
    return render(request, "404.html", status=404)


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the interface language in a cookie and go back to the page it was asked from."""
    asked = request.POST.get("next", "")
    response = redirect(asked if is_own_path(asked) else page_it_stood_on(request) or "/")
    language = request.POST.get("language", "")
    if check_for_language(language) and language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


@login_not_required
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = str(exception) if exception and str(exception) else ""
    return render(request, "403.html", {"message": message}, status=403)


@login_not_required
def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: the database may be what is down."""
    return HttpResponse(render_to_string("500.html"), status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's safety stamp ran out (another tab logged in or out): offer to send again what was typed.

    Only when the browser says that the form stood on a page of ours; a form of another site gets a plain 403.
    """
    own = came_from_own_page(request)
    if own and not request.user.is_authenticated and _needs_log_in(request):
        return ask_to_log_in(request)
    if was_sent_by_script(request):
        sentence = gettext("The page is too old to send. Open it in another tab; your text stays here.")
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=403)
    if own and request.path == resolve_url(settings.LOGIN_URL):
        return _logged_in_elsewhere(request)
    unsent = (form_in(request) or form_carried_by(request)) if own else None
    if unsent is not None:
        return show_unsent_form(request, unsent, status=403)
    message = gettext("The page had been open for too long. Go back, reload the page and send again.")
    return render(request, "403.html", {"message": message}, status=403)


def show_unsent_form(request: HttpRequest, unsent: UnsentForm, *, status: int = 200) -> HttpResponse:
    """The text is still here: one button sends it to where it was going, with a fresh stamp."""
    response = render(request, "unsent_form.html", {"unsent": unsent}, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def _logged_in_elsewhere(request: HttpRequest) -> HttpResponse:
    """A log-in page whose stamp ran out, mostly because another tab logged in meanwhile."""
    unsent = form_carried_by(request)
    if not request.user.is_authenticated:
        return resolve(request.path).func(request, unsent=unsent, has_expired=True)
    if unsent is not None:
        return show_unsent_form(request, unsent, status=403)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _needs_log_in(request: HttpRequest) -> bool:
    try:
        return getattr(resolve(request.path).func, "login_required", True)
    except Resolver404:
        return False
