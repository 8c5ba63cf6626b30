"""Forms of the office digest: which office and period, and the anonymous stories."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from core.forms import NOTHING_CHOSEN
from reports.pages.digest import periods_to_choose
from reports.services.digests import LONGEST_STORY, MOST_STORIES


class NewDigestForm(forms.Form):
    """An office and one of the last months or half-years."""

    authority = forms.ModelChoiceField(
        label=_("Office"), queryset=Authority.objects.none(), empty_label=NOTHING_CHOSEN
    )
    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = Authority.objects.filter(is_active=True).order_by("name")
        self.fields["authority"].label_from_instance = lambda office: office.name
        self.fields["period"].choices = periods_to_choose(today)

    def values(self) -> dict:
        """What the service takes."""
        period, starts_on = self.cleaned_data["period"].split(":")
        return {
            "authority": self.cleaned_data["authority"],
            "period": period,
            "starts_on": dt.date.fromisoformat(starts_on),
        }


class StoriesForm(forms.Form):
    """Two or three lines that tell nobody's name."""

    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_STORIES + 1):
            self.fields[f"story_{number}"] = forms.CharField(
                label=_("Story %(number)s") % {"number": number},
                required=False,
                max_length=LONGEST_STORY,
                widget=forms.Textarea(attrs={"rows": 2, "data-count-to": str(LONGEST_STORY)}),
            )

    def stories(self) -> list[str]:
        """The lines as they were typed, the empty ones too."""
        return [self.cleaned_data[f"story_{number}"] for number in range(1, MOST_STORIES + 1)]
