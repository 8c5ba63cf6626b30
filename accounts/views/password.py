"""Changing one's password, and choosing one behind a one-time link."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts import sign_in
from accounts.forms.log_in import ChangePasswordForm, ChoosePasswordForm
from accounts.services import people
from core import clock


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """One's own password; this session stays, the person's other sessions end."""
    form = ChangePasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = people.change_password(actor=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password has been changed."))
        return redirect("home")
    return render(
        request, "accounts/password_change.html", {"form": form}, status=422 if form.errors else 200
    )


@login_not_required
@sensitive_post_parameters()
@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
def password_choose(request: HttpRequest, secret: str) -> HttpResponse:
    """Behind the link of the mail. Opening it changes nothing; a dead link is answered 410."""
    user = people.person_behind_link(secret=secret, now=clock.now())
    form = ChoosePasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["new_password1"]
        people.choose_password(secret=secret, password=password, now=clock.now())
        sign_in.close_session(request)
        messages.success(request, _("Your password is ready. Log in with it."))
        return redirect("accounts:log-in")
    status = 422 if form.errors else 200
    return render(request, "accounts/password_choose.html", {"form": form}, status=status)
