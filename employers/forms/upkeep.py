"""Whose employers and promises a list shows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from employers.forms.employer import our_contacts

ALL = "all"


class WhoseForm(forms.Form):
    """Mine, a colleague's who is away, or everybody's; anything odd shows one's own. A manager, who has none,
    begins with everybody's."""

    whose = forms.ChoiceField(label=_("Whose"), required=False)

    def __init__(self, data, *, user):
        start = ALL if user.role == Role.MANAGER else ""
        self.user = user
        self.chosen = data.get("whose", start)
        super().__init__({"whose": self.chosen})
        people = [(str(one.pk), one.full_name) for one in our_contacts() if one.pk != user.pk]
        self.fields["whose"].choices = [("", _("mine")), *people, (ALL, _("everybody's"))]
        if self.chosen not in {value for value, _label in self.fields["whose"].choices}:
            self.chosen = ""
            self.data = {"whose": ""}

    def user_id(self) -> int | None:
        """The chosen colleague; None: everybody's."""
        if self.chosen == ALL:
            return None
        return int(self.chosen) if self.chosen else self.user.pk
