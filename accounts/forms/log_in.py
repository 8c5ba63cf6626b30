"""Logging in and choosing a password."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class LogInForm(AuthenticationForm):
    """E-mail and password. One sentence for every failure: it does not tell who has an account."""

    error_messages = {
        "invalid_login": _("The e-mail address and the password do not go together. Try again."),
        "inactive": _("The e-mail address and the password do not go together. Try again."),
    }

    def __init__(self, request=None, *args, **kwargs) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True, "maxlength": 254}
        )
        self.fields["password"].label = _("Password")


class ChangePasswordForm(PasswordChangeForm):
    """One's own password; the present one is asked again."""

    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, user: User, *args, **kwargs) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["old_password"].label = _("Your present password")
        _name_new_passwords(self)


class ChoosePasswordForm(SetPasswordForm):
    """A new password behind a one-time link."""

    def __init__(self, user: User, *args, **kwargs) -> None:
        super().__init__(user, *args, **kwargs)
        _name_new_passwords(self)


def _name_new_passwords(form: forms.Form) -> None:
    form.fields["new_password1"].label = _("New password")
    form.fields["new_password1"].help_text = _(
        "At least 12 characters. A sentence of a few words is good; your own name is not."
    )
    form.fields["new_password2"].label = _("New password again")
    form.fields["new_password2"].help_text = ""
