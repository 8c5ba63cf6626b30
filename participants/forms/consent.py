"""Several consents recorded at once."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enums import CONSENT_CHOICES, ConsentMethod
from participants.forms.record import date_field


class ConsentForm(forms.Form):
    """Ticks of the table (`recipient.item`), with the date and the way in which they were given."""

    items = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("what the participant allows")
    )
    granted_on = date_field(_("Given on"))
    method = forms.ChoiceField(label=_("How"), choices=ConsentMethod.choices, widget=forms.RadioSelect)
    expires_on = date_field(_("Valid until"), required=False)

    def __init__(self, *args, recipients: tuple[str, ...], today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["items"].choices = [
            (f"{recipient}.{item}", item) for recipient in recipients for item in CONSENT_CHOICES[recipient]
        ]
        # the personal link records its own; staff note what was on paper or said
        self.fields["method"].choices = [
            choice for choice in ConsentMethod.choices if choice[0] != ConsentMethod.LINK
        ]
        self.fields["expires_on"].help_text = _("Leave empty: valid until taken back.")

    def pairs(self) -> list[tuple[str, str]]:
        return [tuple(choice.split(".", 1)) for choice in self.cleaned_data["items"]]
