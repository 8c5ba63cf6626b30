"""What the reader of the audit trail looks for."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DayField, as_people_write
from core.registry import audit_sentences

DAYS_SHOWN_AT_FIRST = 7


class AuditFilterForm(forms.Form):
    """Everything is optional; ids and codes only, so that nothing personal stands in the address."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    actor = forms.ModelChoiceField(
        label=_("User"), required=False, queryset=User.objects.none(), empty_label=_("all")
    )
    participant_id = forms.IntegerField(
        label=_("Number of the participant"), required=False, min_value=1, max_value=2**62
    )

    def __init__(self, *args, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["actor"].queryset = User.objects.order_by("last_name", "first_name", "id")
        sentences = sorted(
            ((code, str(text)) for code, text in audit_sentences.items()), key=lambda row: row[1]
        )
        self.fields["action"].choices = [("", _("all")), *sentences]

    def clean(self) -> dict:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end is before the beginning."))
        return cleaned

    def limits(self) -> dict:
        """Arguments of AuditEventQuerySet.matching."""
        return {name: self.cleaned_data.get(name) for name in self.fields}

    @classmethod
    def asked(cls, data, *, today: dt.date) -> AuditFilterForm:
        """The form as asked; the first time the last week."""
        if not set(data) & set(cls.base_fields):
            since = today - dt.timedelta(days=DAYS_SHOWN_AT_FIRST - 1)
            data = {"since": as_people_write(since), "until": as_people_write(today)}
        return cls(data, today=today)
