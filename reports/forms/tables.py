"""Which file of a report, and of which days, office and coach."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority

FORMATS = (("pdf", "PDF"), ("xlsx", "Excel (XLSX)"), ("csv", "CSV"))


class FileForm(forms.Form):
    """The format of a file."""

    format = forms.ChoiceField(label=_("format"), choices=FORMATS)


class AttendanceFileForm(FileForm):
    """A month's attendance: for the house, or for one of the offices that people of the group come from."""

    office = forms.ModelChoiceField(label=_("authority"), queryset=Authority.objects.none(), required=False)

    def __init__(self, data, *, offices: list[Authority]) -> None:
        super().__init__(data)
        self.fields["office"].queryset = Authority.objects.filter(pk__in=[office.pk for office in offices])
