"""Both versions side by side when somebody else saved first."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.formats import date_format, number_format


def conflict_rows(form, theirs: models.Model) -> list[tuple[str, str, str]]:
    """(label, what stands now, what was typed) of the fields in which the two differ."""
    rows = []
    for name in form._meta.fields:
        mine, now = form.cleaned_data.get(name), getattr(theirs, name)
        if name in form.cleaned_data and mine != now:
            rows.append((form.fields[name].label, _text(theirs, name, now), _text(theirs, name, mine)))
    return rows


def _text(instance: models.Model, name: str, value) -> str:
    choices = dict(instance._meta.get_field(name).flatchoices)
    if value in (None, ""):
        return ""
    if value in choices:
        return str(choices[value])
    if isinstance(value, dt.date):
        return date_format(value)
    if isinstance(value, models.Model):
        return getattr(value, "full_name", None) or getattr(value, "name", "")
    return number_format(value) if not isinstance(value, str) else value
