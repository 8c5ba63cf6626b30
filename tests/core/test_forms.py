"""What forms share: dates as people write them, and lists with nothing chosen."""

from __future__ import annotations

import datetime as dt

from django import forms

from core.forms import DayField, as_people_write, shorten_empty_choices
from participants.models import Participant


class RecordForm(forms.ModelForm):
    """A list of words and a list of rows, both of which may stay empty."""

    class Meta:
        model = Participant
        fields = ["education", "officer"]


def test_a_day_is_written_as_its_field_reads_it():
    day = dt.date(2026, 2, 2)
    assert as_people_write(day) == "2.2.2026" == DayField().widget.format_value(day)
    assert DayField().clean(as_people_write(day)) == day


def test_a_list_with_nothing_chosen_shows_a_dash_and_keeps_its_choices():
    form = RecordForm()
    before = [value for value, _label in form.fields["education"].choices]
    shorten_empty_choices(form)
    assert form.fields["education"].choices[0] == ("", "–")
    assert [value for value, _label in form.fields["education"].choices] == before
    assert form.fields["officer"].empty_label == "–"
