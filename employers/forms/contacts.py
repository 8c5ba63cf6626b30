"""Forms of the contact log and of the tasks of the desk."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from employers.enums import Channel, ContactResult, TaskKind
from employers.forms.base import date_field
from employers.forms.employer import StaffChoiceField, WorkplacePersonField, our_contacts
from employers.models import ContactEvent, ContactPerson, DeskTask, Employer
from employers.next_days import NextWhen, day_of

OPEN_KINDS = (TaskKind.OUR_PROMISE, TaskKind.THEIR_PROMISE, TaskKind.OTHER)


def with_capital(choices) -> list[tuple[str, str]]:
    """The choices as they stand alone on a button."""
    return [(value, f"{str(label)[:1].upper()}{str(label)[1:]}") for value, label in choices]


class ContactForm(forms.Form):
    """One line of the contact log. What is most common is chosen already: the result alone will do. A day for
    the next action without words means: ring again."""

    result = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("How"), initial=Channel.PHONE, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What was learned"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_when = forms.ChoiceField(label=_("Next contact"), required=False, widget=forms.RadioSelect)
    contact_person = WorkplacePersonField(
        label=_("With whom"), queryset=ContactPerson.objects.none(), required=False
    )
    happened_on = date_field(_("Day of the contact"), required=True)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=480,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    next_action = forms.CharField(
        label=_("Next action"),
        required=False,
        max_length=200,
        help_text=_("When nothing is written: ring again."),
    )
    next_action_on = date_field(_("Next action by"))
    our_promise = forms.CharField(label=_("We promised"), required=False, max_length=200)
    our_promise_by = date_field(_("We promised it by"))
    their_promise = forms.CharField(label=_("They promised"), required=False, max_length=200)
    their_promise_by = date_field(_("They promised it by"))

    MORE = ("contact_person", "happened_on", "minutes", "next_action", "next_action_on")
    PROMISES = ("our_promise", "our_promise_by", "their_promise", "their_promise_by")

    def __init__(
        self, *args, employer: Employer, today: dt.date, last_person_id: int | None = None, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["result"].choices = with_capital(ContactResult.choices)
        self.fields["channel"].choices = with_capital(Channel.choices)
        self.fields["next_when"].choices = [("", _("Nothing agreed")), *with_capital(NextWhen.choices)]
        self.fields["contact_person"].queryset = ContactPerson.objects.for_choice(
            employer_id=employer.pk, chosen=(last_person_id,)
        )
        self.fields["contact_person"].empty_label = _("not written down")
        self.fields["contact_person"].initial = last_person_id
        self.fields["happened_on"].initial = today
        self.fields["next_when"].initial = ""

    @property
    def more_is_open(self) -> bool:
        """Whether something in the folded part wants to be seen."""
        return any(name in self.errors for name in self.MORE)

    @property
    def promises_are_open(self) -> bool:
        """Whether something in the promises wants to be seen."""
        return any(name in self.errors for name in self.PROMISES)

    def clean(self):
        values = super().clean()
        for side in ("our", "their"):
            if values.get(f"{side}_promise_by") and not values.get(f"{side}_promise"):
                self.add_error(f"{side}_promise", _("Write what was promised."))
        if "next_action_on" in values and values["next_action_on"] is None:
            values["next_action_on"] = day_of(values.get("next_when", ""), today=self.today)
        if values.get("next_action_on") and not values.get("next_action") and "next_action" in values:
            values["next_action"] = str(_("Ring again"))
        return values

    def line_values(self) -> dict:
        """What `log_contact` and `change_contact` take, by name."""
        values = dict(self.cleaned_data)
        person = values.pop("contact_person")
        values.pop("next_when")
        return {**values, "contact_person_id": person.pk if person else None}


class ContactChangeForm(ContactForm):
    """An own line, put right. Promises are tasks of their own by then."""

    def __init__(self, *args, event: ContactEvent, **kwargs):
        initial = {name: getattr(event, name) for name in ("result", "channel", "note", "minutes")}
        initial |= {"next_action": event.next_action, "next_action_on": event.next_action_on}
        super().__init__(
            *args, employer=event.employer, last_person_id=event.contact_person_id, initial=initial, **kwargs
        )
        for name in (*self.PROMISES, "next_when"):
            del self.fields[name]
        self.fields["happened_on"].initial = event.happened_on

    def line_values(self) -> dict:
        values = dict(self.cleaned_data)
        person = values.pop("contact_person")
        return {**values, "contact_person_id": person.pk if person else None}


class TaskForm(forms.Form):
    """One thing to do for an employer."""

    kind = forms.ChoiceField(label=_("Whose promise"))
    text = forms.CharField(label=_("What"), max_length=200)
    due_on = date_field(_("By when"))
    responsible = StaffChoiceField(label=_("Responsible"), queryset=User.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="task_%s", **kwargs)
        self.fields["kind"].choices = with_capital((kind.value, kind.label) for kind in OPEN_KINDS)
        self.fields["responsible"].queryset = our_contacts()
        self.fields["responsible"].empty_label = _("our named contact")


class TaskMoveForm(forms.Form):
    """Another day for a task."""

    due_on = date_field(_("New day"), required=True)

    def __init__(self, *args, task: DeskTask, **kwargs):
        super().__init__(*args, initial={"due_on": task.due_on}, **kwargs)


class TaskDropForm(forms.Form):
    """Why a task is not needed any more."""

    reason = forms.CharField(
        label=_("Why is it dropped"), max_length=200, help_text=_("For example: they closed the shop.")
    )
