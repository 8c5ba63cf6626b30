"""Several consents recorded at once."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.consent_texts import named_key
from participants.enums import CONSENT_CHOICES, ConsentMethod, consent_choices
from participants.forms.record import date_field


class ConsentForm(forms.Form):
    """Ticks of the table (`recipient.item`), with the date and the way in which they were given."""

    items = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("what the participant allows")
    )
    granted_on = date_field(_("Given on"))
    method = forms.ChoiceField(label=_("How"), choices=ConsentMethod.choices, widget=forms.RadioSelect)
    expires_on = date_field(_("Valid until"), required=False)

    def __init__(self, *args, recipients: tuple[str, ...], today: dt.date, named=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["items"].choices = [
            (f"{recipient}.{item}", item) for recipient in recipients for item in CONSENT_CHOICES[recipient]
        ]
        self.named = {
            named_key(one.recipient, one.pk): one
            for one in named
            if one.is_open and one.recipient in recipients
        }
        self.fields["items"].choices += [
            (f"{key}.{item}", item)
            for key, one in self.named.items()
            for item in consent_choices(one.recipient, one.pk)
        ]
        # the personal link records its own; staff note what was on paper or said
        self.fields["method"].choices = [
            choice for choice in ConsentMethod.choices if choice[0] != ConsentMethod.LINK
        ]
        self.fields["expires_on"].help_text = _("Leave empty: valid until taken back.")

    def ticks(self) -> dict[int | None, list[tuple[str, str]]]:
        """`(recipient, item)` pairs by the id of the named recipient, None for the kinds of recipients."""
        found: dict[int | None, list[tuple[str, str]]] = {}
        for choice in self.cleaned_data["items"]:
            key, item = choice.split(".", 1)
            one = self.named.get(key)
            found.setdefault(one.pk if one else None, []).append((one.recipient if one else key, item))
        return found
