"""Forms of a release to an office and of the office's door."""

from __future__ import annotations

from unicodedata import decimal

from django import forms
from django.utils.translation import gettext_lazy as _

CODE_DIGITS = 6
DASHES = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}."


class CodeForm(forms.Form):
    """The code that came by another way; spaces and dashes in it do not matter."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits, from whoever sent the link."),
        max_length=40,
        error_messages={"required": _("Write the six digits of the code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "office-code"}
        ),
    )

    def clean_code(self) -> str:
        """What cannot be a code is refused here: it is a slip of the keys, and costs none of the tries."""
        digits = "".join(
            char for char in self.cleaned_data["code"] if not char.isspace() and char not in DASHES
        )
        if len(digits) != CODE_DIGITS or not digits.isdecimal():
            raise forms.ValidationError(
                _("The code has six digits. Look at it once more; this was not a try.")
            )
        return "".join(str(decimal(digit)) for digit in digits)


class TakeBackForm(forms.Form):
    """Why a release is taken back, at the version that the coach was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why the release is taken back"),
        help_text=_("For example: sent to the wrong office. The office does not see this."),
        max_length=200,
        error_messages={"required": _("Say in a few words why it is taken back.")},
    )


class SendAgainForm(forms.Form):
    """The version that the coach was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
