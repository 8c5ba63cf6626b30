"""Logging in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import lockout, sign_in
from accounts.forms.log_in import LogInForm
from accounts.models import User
from core import clock
from core.errors import AccessDenied
from core.unsent_form import UnsentForm, form_carried_by, is_own_path, page_it_stood_on
from core.views import show_unsent_form


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def log_in(
    request: HttpRequest, *, unsent: UnsentForm | None = None, has_expired: bool = False
) -> HttpResponse:
    """The log-in page. `has_expired` and `unsent` come from `core.middleware.remember_unsent_form`: the
    session ended under a form, and what was typed is taken along through this page."""
    if has_expired:
        return _show(request, LogInForm(request), unsent=unsent, has_expired=True, status=401)
    if request.method == "GET":
        if request.user.is_authenticated:
            return redirect(_next_page(request))
        return _show(request, LogInForm(request))
    unsent = form_carried_by(request)
    if settings.IS_DEMO and "demo_account" in request.POST:
        chosen = LogInForm(request, initial={"username": request.POST["demo_account"]})
        return _show(request, chosen, unsent=unsent)
    form = LogInForm(request, data=request.POST)
    if not form.is_valid():
        return _show(request, form, unsent=unsent, status=422)
    return _welcome(request, form.get_user(), unsent)


def locked_out(request: HttpRequest, original_response=None, credentials: dict | None = None) -> HttpResponse:
    """429 after too many failures, with the moment of the next try; django-axes calls it."""
    until = lockout.locked_until(request, credentials)
    form = LogInForm(request)
    response = _show(request, form, unsent=form_carried_by(request), locked_until=until, status=429)
    if until is not None:
        response["Retry-After"] = str(max(1, int((until - clock.now()).total_seconds())))
    return response


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session; the next page is the log-in page with a word that it worked."""
    sign_in.close_session(request)
    messages.success(request, _("You have logged out."))
    return redirect("accounts:log-in")


@login_not_required
@require_http_methods(["GET", "POST"])
def reference_data_log_in(request: HttpRequest) -> HttpResponse:
    """Django's admin sends here whoever may not open it: one door for all, and no circle for those inside."""
    if request.user.is_authenticated:
        raise AccessDenied(_("The reference data is for administrators to whom it has been opened."))
    return redirect(f"{resolve_url('accounts:log-in')}?{urlencode({'next': resolve_url('admin:index')})}")


def _welcome(request: HttpRequest, user: User, unsent: UnsentForm | None) -> HttpResponse:
    """Open the session; go on to the page asked for, or show what was left unsent."""
    sign_in.open_session(request, user)
    speaks = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if not speaks:
        translation.activate(user.language)
    response = show_unsent_form(request, unsent) if unsent else redirect(_next_page(request))
    if not speaks:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


def _next_page(request: HttpRequest) -> str:
    """The page that was asked for before the log-in, when it is one of ours; else one's own first page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if is_own_path(asked):
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _show(
    request: HttpRequest,
    form: LogInForm,
    *,
    unsent: UnsentForm | None = None,
    has_expired: bool = False,
    locked_until=None,
    status: int = 200,
) -> HttpResponse:
    """The page in one of its states. Never from a cache: it may carry somebody's text."""
    next_page = request.POST.get("next") or request.GET.get("next") or ""
    if has_expired and unsent is None:
        next_page = page_it_stood_on(request)
    context = {
        "form": form,
        "unsent": unsent,
        "has_expired": has_expired,
        "locked_until": timezone.localtime(locked_until) if locked_until else None,
        "next_page": next_page,
        "demo_accounts": User.objects.demo_accounts() if settings.IS_DEMO else (),
    }
    response = render(request, "accounts/log_in.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    patch_vary_headers(response, ["Cookie"])
    return response
