"""Forms of needs and leads."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, User
from coaching.models import Enrolment
from employers.enums import LeadKind, LeadStage, MatchState
from employers.forms.base import ServiceForm, date_field, with_sentence_case
from employers.forms.employer import StaffChoiceField, WorkplacePersonField, our_contacts
from employers.models import ContactPerson, Employer, JobLead
from employers.querysets.register import telling_words
from participants.contact_details import clean_note, clean_text

ALIKE_OFFERED = 5
CITIES_OFFERED = 200


def likely_employers(name: str, *, chosen: int | None = None):
    """Employers of the register that may be meant by `name`, and the one chosen already: a short list."""
    found = Employer.objects.none()
    if telling_words(name):
        found = Employer.objects.standing().named_like(name)[:ALIKE_OFFERED]
    ids = [employer.pk for employer in found] + [chosen or 0]
    return Employer.objects.filter(pk__in=ids).by_name()


class QuickLeadForm(forms.Form):
    """What is known when one has just heard of it: the work and the workplace."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LeadKind, initial=LeadKind.HIDDEN_JOB)
    title = forms.CharField(label=_("What work"), max_length=160)
    workplace_name = forms.CharField(label=_("Workplace"), max_length=160)

    def clean_title(self) -> str:
        return _something(clean_text(self.cleaned_data["title"]), _("Write what work it is."))

    def clean_workplace_name(self) -> str:
        return _something(clean_text(self.cleaned_data["workplace_name"]), _("Write the workplace."))


class LeadForm(ServiceForm):
    """Everything about a lead. Questions that help to find undone tasks stand as hints."""

    employer = forms.ModelChoiceField(
        label=_("Workplace in the register"),
        queryset=Employer.objects.none(),
        required=False,
    )
    workplace_name = forms.CharField(
        label=_("Workplace, when it is not in the register"), required=False, max_length=160
    )
    contact_person = WorkplacePersonField(
        label=_("Who at the workplace"), queryset=ContactPerson.objects.none(), required=False
    )
    owner = StaffChoiceField(label=_("Who takes care of it"), queryset=User.objects.none(), required=False)
    heard_on = date_field(_("Heard on"), required=True)
    apply_by = date_field(_("Until when"), hint=_("If there is a last day. For example 12.3.2026."))
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    class Meta:
        model = JobLead
        fields = [
            "kind",
            "title",
            "employer",
            "workplace_name",
            "city",
            "contact_person",
            "tasks",
            "requirements",
            "hours",
            "known_by",
            "heard_on",
            "apply_by",
            "owner",
        ]
        widgets = {
            "tasks": forms.Textarea(attrs={"rows": 5}),
            "requirements": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "tasks": _("One on each line. They become the task list when a work trial is planned from this."),
            "requirements": _("Only what the work really needs: a card, a language, lifting."),
            "hours": _("For example: mornings, 4 hours a day, from the beginning of March."),
            "known_by": _("Who told of it, or who knows somebody there. No participant's name."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = our_contacts()
        self.fields["owner"].empty_label = _("nobody yet")
        self.fields["employer"].queryset = Employer.objects.standing()
        employer_id = self._employer_id()
        self._offer_employers(employer_id)
        if employer_id:
            people = ContactPerson.objects.for_choice(
                employer_id=employer_id, chosen=(self.instance.contact_person_id,)
            )
            self.fields["contact_person"].queryset = people
            self.fields["contact_person"].empty_label = _("not known yet")
        else:
            del self.fields["contact_person"]
        with_sentence_case(self)

    def _employer_id(self) -> int | None:
        """The employer that is chosen in what was typed, else the one of the lead."""
        typed = self.data.get("employer", "") if self.is_bound else self.instance.employer_id
        try:
            return int(typed) if typed else None
        except ValueError:
            return None

    def _offer_employers(self, chosen: int | None) -> None:
        """The register holds too many for a list: the chosen one and those of a like name stand in it."""
        name = self.data.get("workplace_name", "") if self.is_bound else self.instance.workplace_name
        offered = [
            (employer.pk, f"{employer.name}, {employer.city}" if employer.city else employer.name)
            for employer in likely_employers(name[:160], chosen=chosen or self.instance.employer_id)
        ]
        self.offers_employers = bool(offered)
        self.fields["employer"].widget.choices = [("", _("not in the register")), *offered]

    def clean_title(self) -> str:
        return _something(clean_text(self.cleaned_data["title"]), _("Write what work it is."))

    def clean_workplace_name(self) -> str:
        return clean_text(self.cleaned_data["workplace_name"])

    def clean_tasks(self) -> str:
        return clean_note(self.cleaned_data["tasks"])

    def clean_requirements(self) -> str:
        return clean_note(self.cleaned_data["requirements"])

    def clean(self):
        cleaned = super().clean()
        nameless = "workplace_name" in cleaned and not cleaned["workplace_name"]
        if nameless and "employer" in cleaned and not cleaned["employer"]:
            self.add_error("workplace_name", _("Write the workplace."))
        return cleaned

    def model_values(self) -> dict:
        """A workplace that is not in the register has nobody to choose from."""
        values = {"contact_person": None, **self.cleaned_data}
        return {name: values[name] for name in self._meta.fields}


class LeadFilter(forms.Form):
    """What the list is filtered by beside the search; anything odd filters nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    city = forms.ChoiceField(label=_("Municipality"), required=False)
    whose = forms.ChoiceField(label=_("Whose"), required=False)

    def __init__(self, *args, cities: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all kinds")), *LeadKind.choices]
        self.fields["stage"].choices = [
            ("", _("all open ones")),
            ("still", _("standing still")),
            *LeadStage.choices,
            ("all", _("all, also the ended ones")),
        ]
        self.fields["city"].choices = [("", _("everywhere")), *((city, city) for city in cities)]
        self.fields["whose"].choices = [
            ("", _("everybody's")),
            ("mine", _("my own")),
            ("nobody", _("nobody takes care of it")),
            ("unlinked", _("nobody is linked to it")),
        ]

    def filtered(self, leads, *, user, words: str, today, stuck_days: int):
        """The leads that match `words` and what is chosen; a value that does not exist filters nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        found = leads.matching(words)
        for name in ("kind", "city"):
            if chosen.get(name):
                found = found.filter(**{name: chosen[name]})
        stage = chosen.get("stage", "")
        if stage == "still":
            found = found.standing_still(today=today, days=stuck_days)
        elif stage in LeadStage.values:
            found = found.filter(stage=stage)
        elif stage != "all":
            found = found.open()
        whose = chosen.get("whose", "")
        if whose == "mine":
            found = found.taken_by(user)
        elif whose == "nobody":
            found = found.without_owner()
        elif whose == "unlinked":
            found = found.without_people()
        return found


class LeadMoveForm(forms.Form):
    """Another stage, and the version that was on the screen."""

    target = forms.ChoiceField(label=_("Move to"), choices=LeadStage)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput())


class ClosingForm(forms.Form):
    """Why the lead came to nothing."""

    closed_reason = forms.CharField(
        label=_("Why it came to nothing"),
        max_length=200,
        help_text=_("For example: they took somebody else, or the need went away."),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput())

    def clean_closed_reason(self) -> str:
        return _something(clean_text(self.cleaned_data["closed_reason"]), _("Say why it came to nothing."))


class ShareTextForm(forms.Form):
    """The text that leaves the house."""

    share_text = forms.CharField(
        label=_("Text to share"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Work, tasks, hours, what it asks for. Names, numbers and addresses are refused."),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput())

    def clean_share_text(self) -> str:
        return clean_note(self.cleaned_data["share_text"])


class PassingForm(ShareTextForm):
    """To which authority, when, and with which text."""

    authority = forms.ModelChoiceField(label=_("Authority"), queryset=Authority.objects.none())
    passed_on = date_field(_("Passed on"), required=True)
    field_order = ["authority", "passed_on", "share_text", "version"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = Authority.objects.filter(is_active=True).order_by("name", "id")
        self.fields["authority"].empty_label = _("choose")
        self.fields["share_text"].required = True


class PersonChoiceField(forms.ModelChoiceField):
    """Somebody of own months, with the month."""

    def label_from_instance(self, obj: Enrolment) -> str:
        return f"{obj.participant.full_name} ({obj.month.name})"


class LinkPersonForm(forms.Form):
    """Whom the lead may suit: only people of own months stand in the list."""

    enrolment = PersonChoiceField(label=_("Who"), queryset=Enrolment.objects.none())
    note = forms.CharField(
        label=_("Why it may suit"),
        required=False,
        max_length=200,
        help_text=_("The participant may read this."),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enrolment"].queryset = people
        self.fields["enrolment"].empty_label = _("choose")

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])


class MatchForm(forms.Form):
    """How one person stands to the lead."""

    state = forms.ChoiceField(label=_("How it stands"), choices=MatchState)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])


def _something(text: str, sentence) -> str:
    if not text:
        raise forms.ValidationError(sentence)
    return text
