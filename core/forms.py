"""What forms share."""

from __future__ import annotations

from django import forms

from core.errors import DomainError


class DayField(forms.DateField):
    """A date as people write it, 2.2.2026; reads what DateField reads."""

    widget = forms.DateInput(format="%-d.%-m.%Y", attrs={"autocomplete": "off"})


class TimeOfDayField(forms.TimeField):
    """A time as people write it, 9.00; reads what TimeField reads."""

    widget = forms.TimeInput(format="%-H.%M", attrs={"autocomplete": "off"})


def add_domain_error(form: forms.BaseForm, error: DomainError) -> None:
    """Show a service's refusal at the field it names, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
