"""What forms share."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.db import models

from core.errors import DomainError

NOTHING_CHOSEN = "–"


def as_people_write(day: dt.date) -> str:
    """2.2.2026, as a DayField shows it."""
    return f"{day.day}.{day.month}.{day.year}"


def day_from_query(text: str) -> dt.date | None:
    """The day of an address, 2026-02-12; None for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


class DayField(forms.DateField):
    """A date as people write it, 2.2.2026; reads what DateField reads."""

    widget = forms.DateInput(format="%-d.%-m.%Y", attrs={"autocomplete": "off"})


class TimeOfDayField(forms.TimeField):
    """A time as people write it, 9.00; reads what TimeField reads."""

    widget = forms.TimeInput(format="%-H.%M", attrs={"autocomplete": "off"})


def shorten_empty_choices(form: forms.BaseForm) -> None:
    """A list with nothing chosen shows "–" instead of Django's nine hyphens, which readers spell out."""
    hyphens = models.fields.BLANK_CHOICE_DASH[0][1]
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            if field.empty_label == hyphens:
                field.empty_label = NOTHING_CHOSEN
        elif isinstance(field, forms.ChoiceField):
            field.choices = [
                (value, NOTHING_CHOSEN if label == hyphens else label) for value, label in field.choices
            ]


def add_domain_error(form: forms.BaseForm, error: DomainError) -> None:
    """Show a service's refusal at the field it names, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
