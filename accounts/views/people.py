"""The administrator's people: list, add, edit, deactivate, activate again, send a link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import access
from accounts.forms.people import UserFilterForm, UserForm
from accounts.models import User
from accounts.services import people
from core import clock
from core.errors import AccessDenied, DomainError
from core.pagination import page_of


def refuse_others(user: User) -> None:
    """Raises AccessDenied for everybody but the administrator."""
    if not access.can_manage_people(user):
        raise AccessDenied(_("Only an administrator manages users and authorities."))


@require_GET
def user_list(request: HttpRequest) -> HttpResponse:
    """People by name, 20 a page; active ones at first."""
    refuse_others(request.user)
    filters = UserFilterForm(request.GET)
    page = page_of(User.objects.visible_to(request.user).for_list(**filters.limits()), request)
    return render(request, "accounts/user_list.html", {"page": page, "filters": filters})


@require_http_methods(["GET", "POST"])
def user_add(request: HttpRequest) -> HttpResponse:
    """A new person, who gets a link by mail."""
    refuse_others(request.user)
    form = UserForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = people.add_user(actor=request.user, now=clock.now(), **form.values())
        except DomainError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(
                request, _("Added. A link to choose a password is on its way to %s.") % user.email
            )
            return redirect("accounts:user-list")
    return _form_page(request, form, user=None)


@require_http_methods(["GET", "POST"])
def user_edit(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person's data, role and state."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=user_id)
    shown = User.objects.select_related("authority").get(pk=user.pk)
    form = UserForm(request.POST if request.method == "POST" else None, instance=user)
    if request.method == "POST" and form.is_valid():
        try:
            people.edit_user(actor=request.user, user=user, now=clock.now(), **form.values())
        except DomainError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:user-list")
    return _form_page(request, form, user=shown)


@require_http_methods(["GET", "POST"])
def user_deactivate(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask once, then end the person's access."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=user_id)
    context = {"person": user, "refusal": ""}
    if request.method == "POST":
        try:
            people.deactivate_user(actor=request.user, user=user, now=clock.now())
        except DomainError as error:
            context["refusal"] = str(error)
            return render(request, "accounts/user_deactivate.html", context, status=422)
        messages.success(request, _("%s can no longer log in.") % user.full_name)
        return redirect("accounts:user-list")
    return render(request, "accounts/user_deactivate.html", context)


@require_POST
def user_reactivate(request: HttpRequest, user_id: int) -> HttpResponse:
    """The person may log in again."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=user_id)
    people.reactivate_user(actor=request.user, user=user)
    messages.success(request, _("%s can log in again.") % user.full_name)
    return redirect("accounts:user-edit", user_id=user.pk)


@require_POST
def user_send_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """Mail a link to choose a password."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=user_id)
    try:
        people.send_password_link(actor=request.user, user=user, now=clock.now())
    except DomainError as error:
        form = UserForm(instance=user)
        return _form_page(request, form, user=user, refusal=str(error))
    messages.success(request, _("A link to choose a password is on its way to %s.") % user.email)
    return redirect("accounts:user-edit", user_id=user.pk)


def _form_page(request: HttpRequest, form: UserForm, *, user: User | None, refusal: str = "") -> HttpResponse:
    """The form, empty, filled in or with what is wrong (422)."""
    status = 422 if refusal or form.errors else 200
    context = {"form": form, "person": user, "refusal": refusal}
    return render(request, "accounts/user_form.html", context, status=status)
