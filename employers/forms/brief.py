"""Forms of candidate briefs: the wording, the approval on paper, handing over."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.enums import Language
from employers.brief_draft import ITEM_CHARACTERS, ITEM_LINES
from employers.brief_paper import BRIEF_HEADINGS
from employers.enums import BriefDelivery
from employers.forms.base import date_field
from employers.models import ContactPerson
from participants.enums import ConsentItem

NO_HEALTH = _("What helps, in everyday words. No illness, no diagnosis, no medicine.")


def one_item(label: str, *, hint="") -> forms.CharField:
    """One item of the page: as much text as fits."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=ITEM_CHARACTERS,
        strip=True,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class BriefForm(forms.Form):
    """The wording of the items that the participant allowed for this employer."""

    language = forms.ChoiceField(label=_("Language of the brief"), choices=Language.choices)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput())

    def __init__(self, *args, items: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            if item != ConsentItem.CONTACT:
                hint = NO_HEALTH if item == ConsentItem.SUPPORT else ""
                self.fields[item] = one_item(BRIEF_HEADINGS[item], hint=hint)
        if ConsentItem.CONTACT in items:
            self.fields["with_contact"] = forms.BooleanField(
                label=_("Tell the whole name and how to reach the person"), required=False
            )

    def clean(self) -> dict:
        cleaned = super().clean()
        for item in self.items:
            text = self.cleaned_data.get(item, "")
            lines = [line.strip() for line in text.splitlines() if line.strip()] if text else []
            if len(lines) > ITEM_LINES:
                sentence = ngettext(
                    "At most %(count)s line fits here.", "At most %(count)s lines fit here.", ITEM_LINES
                )
                self.add_error(item, sentence % {"count": ITEM_LINES})
            elif item in cleaned:
                cleaned[item] = "\n".join(lines)
        return cleaned

    def texts(self) -> dict[str, str]:
        """The wording by item; the contact's own text is made by the service."""
        texts = {item: self.cleaned_data.get(item, "") for item in self.items if item != ConsentItem.CONTACT}
        if self.cleaned_data.get("with_contact"):
            texts[ConsentItem.CONTACT.value] = "yes"
        return texts


class PaperApprovalForm(forms.Form):
    """The participant has signed the printed brief."""

    approved_on = date_field(_("Signed on"), required=True)
    seen_hash = forms.CharField(max_length=64, widget=forms.HiddenInput())


class DeclinedForm(forms.Form):
    """The participant wants no brief for this employer."""

    declined_on = date_field(_("Said on"), required=True)


class WithdrawForm(forms.Form):
    """Why a brief is withdrawn; the participant may read it."""

    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("The participant may read this. No health details.")
    )


class PersonWithMailField(forms.ModelChoiceField):
    """Somebody at the workplace with an e-mail address."""

    def label_from_instance(self, obj: ContactPerson) -> str:
        return f"{obj.name}, {obj.email}" if obj.email else obj.name


class DeliveryForm(forms.Form):
    """How the employer gets the brief."""

    how = forms.ChoiceField(label=_("How"), choices=BriefDelivery.choices, widget=forms.RadioSelect)
    contact_person = PersonWithMailField(
        label=_("To whom"), queryset=ContactPerson.objects.none(), required=False, empty_label="–"
    )
    delivered_on = date_field(
        _("Given on"), hint=_("Only when it was given on paper. For example 12.3.2026.")
    )

    def __init__(self, *args, employer_id: int, is_paper_only: bool, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        people = ContactPerson.objects.filter(employer=employer_id, is_active=True)
        self.fields["contact_person"].queryset = people.order_by("name", "id")
        if is_paper_only:
            self.fields["how"].choices = [(BriefDelivery.PAPER.value, BriefDelivery.PAPER.label)]
            self.fields["how"].initial = BriefDelivery.PAPER.value


class OwnAnswerForm(forms.Form):
    """The participant's answer to a brief: approve it, less what is left out, or ask for another wording."""

    seen_hash = forms.CharField(max_length=64, widget=forms.HiddenInput())
    strike = forms.MultipleChoiceField(required=False)
    comment = forms.CharField(
        label=_("Would you like something said otherwise?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your coach and coordinator read this. The workplace does not."),
    )

    def __init__(self, *args, items: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["strike"].choices = [(item, item) for item in items]
