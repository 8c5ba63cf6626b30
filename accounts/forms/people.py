"""People and authorities, as the administrator fills them in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Authority, User
from accounts.services import authorities, people
from core.forms import shorten_empty_choices


def _sentence_of(model, constraint_name: str):
    """The sentence that a constraint of the model carries for people."""
    return next(
        rule.violation_error_message for rule in model._meta.constraints if rule.name == constraint_name
    )


class UserForm(forms.ModelForm):
    """A person with an account. The authority is a TE officer's, and nobody else's."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "role", "authority", "title", "phone", "language"]
        help_texts = {
            "email": _("The person logs in with this address, and the link to choose a password goes there."),
            "authority": _("Only for a TE officer."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        present = self.instance.authority_id
        choices = Authority.objects.active()
        if present:
            choices = Authority.objects.filter(pk=present) | Authority.objects.filter(is_active=True)
        self.fields["authority"].queryset = choices.order_by("name", "id")
        shorten_empty_choices(self)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean_email(self) -> str:
        """Kept in lower case; the constraint's sentence stands at the field, and once."""
        email = self.cleaned_data["email"].lower()
        if User.objects.exclude(pk=self.instance.pk).filter(email=email).exists():
            raise forms.ValidationError(_sentence_of(User, "user_email_is_unique_in_any_case"))
        return email

    def clean(self) -> dict:
        cleaned = super().clean()
        is_officer = cleaned.get("role") == Role.TE_OFFICER
        if "authority" in cleaned and "role" in cleaned and is_officer != bool(cleaned["authority"]):
            rule = "user_has_an_authority_exactly_when_te_officer"
            self.add_error("authority", _sentence_of(User, rule))
        return cleaned

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in people.EDITABLE}


class UserFilterForm(forms.Form):
    """Which people the list shows."""

    role = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("active")), ("inactive", _("deactivated")), ("all", _("all"))],
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("all")), *Role.choices]

    def limits(self) -> dict:
        """Arguments of UserQuerySet.for_list; a choice that does not exist limits nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        state = {"": True, "inactive": False, "all": None}[given.get("state", "")]
        return {"role": given.get("role", ""), "is_active": state}


class AuthorityForm(forms.ModelForm):
    """A TE-office or employment area."""

    class Meta:
        model = Authority
        fields = list(authorities.EDITABLE)
        help_texts = {
            "email": _("Word of a released summary goes here, without personal data."),
            "is_active": _("Out of use, the authority is no longer offered; what refers to it stays."),
        }

    def values(self) -> dict:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in authorities.EDITABLE}
