"""What the register is filtered by, and handing employers over."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from core.months import months_before
from employers.enums import EmployerSize, Sector
from employers.forms.employer import StaffChoiceField, our_contacts
from employers.models import Employer

QUIET_MONTHS = (4, 6, 12)


class RegisterFilter(forms.Form):
    """What the register is filtered by beside the search; anything odd filters nothing."""

    sector = forms.ChoiceField(label=_("Sector"), required=False)
    size = forms.ChoiceField(label=_("Size"), required=False)
    city = forms.CharField(label=_("Municipality"), required=False, max_length=40)
    own_contact = StaffChoiceField(label=_("Our named contact"), queryset=User.objects.none(), required=False)
    peace = forms.ChoiceField(label=_("May be asked"), required=False)
    quiet = forms.TypedChoiceField(label=_("No contact for"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [("", _("all sectors")), *Sector.choices]
        self.fields["size"].choices = [("", _("all sizes")), *EmployerSize.choices]
        self.fields["own_contact"].queryset = contacts_past_and_present()
        self.fields["own_contact"].empty_label = _("anybody")
        self.fields["peace"].choices = [
            ("", _("all")),
            ("free", _("may be asked now")),
            ("peace", _("asked to be left in peace")),
        ]
        self.fields["quiet"].choices = [
            ("", _("does not matter")),
            *((months, _("%(months)d months") % {"months": months}) for months in QUIET_MONTHS),
        ]

    @property
    def is_set(self) -> bool:
        """Something is asked for beside the words of the search."""
        return any(self.data.get(name) for name in self.fields)

    def filtered(self, employers, *, words: str, today: dt.date):
        """The employers that match `words`; a value that does not exist is left out of the filter."""
        self.is_valid()
        chosen = self.cleaned_data
        contact, quiet = chosen.get("own_contact"), chosen.get("quiet")
        return (
            employers.matching(words)
            .of_sector(chosen.get("sector", ""))
            .of_size(chosen.get("size", ""))
            .of_city(chosen.get("city", ""))
            .in_care_of(contact.pk if contact else None)
            .peaceful(chosen.get("peace", ""), today=today)
            .quiet_since(months_before(today, quiet) if quiet else None)
        )


def contacts_past_and_present():
    """Coaches and coordinators at work, and those who left employers behind."""
    kept = Employer.objects.filter(own_contact=OuterRef("pk"), merged_into__isnull=True)
    # in the order of an index: without it PostgreSQL reads the whole register to learn that there is none
    one_kept = kept.order_by("last_contact_on").values("pk")[:1]
    at_work = Q(is_active=True, role__in=(Role.COORDINATOR, Role.COACH))
    found = User.objects.alias(one_kept=Subquery(one_kept)).filter(at_work | Q(one_kept__isnull=False))
    return found.order_by("last_name", "first_name", "id")


class HandOverForm(forms.Form):
    """Whose employers go to whom."""

    from_user = StaffChoiceField(
        label=_("Whose employers"), queryset=User.objects.none(), empty_label=_("choose")
    )
    to_user = StaffChoiceField(
        label=_("Who takes them"), queryset=User.objects.none(), empty_label=_("choose")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = Employer.objects.filter(
            Q(own_contact=OuterRef("pk")) | Q(deputy=OuterRef("pk")), merged_into__isnull=True
        )
        self.fields["from_user"].queryset = User.objects.filter(Exists(kept)).order_by(
            "is_active", "last_name", "first_name", "id"
        )
        self.fields["to_user"].queryset = our_contacts()
