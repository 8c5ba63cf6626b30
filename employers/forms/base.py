"""A form that takes labels and limits from a model and leaves writing to a service."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

DATE_HINT = _("For example 12.3.2026.")


class ServiceForm(forms.ModelForm):
    """A ModelForm that checks its fields and asks no question across rows: a service does that, in the same
    transaction in which it writes, and its refusal comes back to the field (core.forms.add_domain_error)."""

    def _post_clean(self) -> None:
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        try:
            self.instance.clean_fields(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)

    def model_values(self) -> dict[str, Any]:
        """The cleaned values of the model's own fields."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class DayInput(forms.DateInput):
    """Shows a day as 2.3.2026, as everywhere else, and takes what `config/formats` takes."""

    def format_value(self, value):
        if isinstance(value, dt.date):
            return date_format(value, "j.n.Y")
        return super().format_value(value)


def date_field(label, *, required: bool = False, hint=DATE_HINT) -> forms.DateField:
    """A day as people write it; a text field in our dress (docs/design-system.md)."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=DayInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )


def with_sentence_case(form: forms.BaseForm) -> None:
    """Model names are lower case; a field's label begins with a capital (Django does so for its own)."""
    for field in form.fields.values():
        if field.label:
            label = str(field.label)
            field.label = label[:1].upper() + label[1:]
