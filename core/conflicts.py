"""Both versions side by side when somebody else saved first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _


def conflict_rows(
    form, theirs: models.Model, names: Iterable[str] | None = None
) -> list[tuple[str, str, str]]:
    """(label, what stands now, what was typed) of the fields in which the two differ.

    `form` is valid; `names` are fields of the model that stand in its cleaned_data under the same name, all
    fields of a ModelForm unless told. A field with `in_words` says its values itself. Shown by
    components/_conflict.html.
    """
    rows = []
    for name in names or form._meta.fields:
        mine, now = form.cleaned_data.get(name), getattr(theirs, name)
        if name in form.cleaned_data and mine != now:
            in_words = getattr(form.fields.get(name), "in_words", None) or partial(_text, theirs, name)
            rows.append((_label(form, theirs, name), in_words(now), in_words(mine)))
    return rows


def _label(form, theirs: models.Model, name: str) -> str:
    return form.fields[name].label if name in form.fields else theirs._meta.get_field(name).verbose_name


def _text(instance: models.Model, name: str, value) -> str:
    choices = dict(instance._meta.get_field(name).flatchoices)
    if value in (None, ""):
        return ""
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, dt.date):
        return date_format(value)
    if isinstance(value, dt.time):
        return time_format(value)
    if isinstance(value, models.Model):
        return getattr(value, "full_name", None) or getattr(value, "name", "")
    return number_format(value) if not isinstance(value, str) else value
