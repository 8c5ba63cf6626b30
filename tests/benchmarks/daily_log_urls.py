"""The daily log's rivals: the same inputs as a crispy formset, and a view that does nothing."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from accounts.audit import record
from coaching.enums import JobSearchKind, SharedKind, StepBy
from coaching.marks import PERSON_MARKS, mark_info
from coaching.models import Session
from coaching.pages.daily_log import build_daily_log_page
from core import clock

RIVAL = """{% extends "coaching/daily_log.html" %}{% load crispy_forms_tags %}
{% block content %}<form method="post">{% csrf_token %}{% crispy formset helper %}{% crispy day helper %}
<button type="submit">Save</button></form>
{% include "coaching/_mark_legend.html" with marks=page.marks only %}{% endblock %}"""
INPUTS_ALONE = "{% load crispy_forms_tags %}{% crispy formset helper %}{% crispy day helper %}"


def _mark_choices():
    return [("", "–"), *((code, mark_info(code).label) for code in PERSON_MARKS)]


class PersonForm(forms.Form):
    """The eleven inputs of one person: the identity, and as many as our line has, its empty act included."""

    enrolment = forms.IntegerField(widget=forms.HiddenInput)
    mark = forms.ChoiceField(choices=_mark_choices, required=False)
    late = forms.IntegerField(min_value=0, max_value=480, required=False)
    early = forms.IntegerField(min_value=0, max_value=480, required=False)
    step = forms.CharField(max_length=300, required=False)
    by = forms.ChoiceField(choices=StepBy.choices, required=False)
    time = forms.IntegerField(min_value=0, max_value=480, required=False)
    calls = forms.IntegerField(min_value=0, max_value=50, required=False)
    act_kind = forms.ChoiceField(choices=[("", "–"), *JobSearchKind.choices], required=False)
    act_text = forms.CharField(max_length=200, required=False)
    act_by = forms.ChoiceField(choices=StepBy.choices, required=False)


PersonFormSet = forms.formset_factory(PersonForm, extra=0)


class DayForm(forms.Form):
    """The inputs of the whole group."""

    group_note = forms.CharField(widget=forms.Textarea, required=False, max_length=10_000)
    trial_note = forms.CharField(widget=forms.Textarea, required=False, max_length=10_000)
    trial_advice = forms.CharField(widget=forms.Textarea, required=False, max_length=10_000)
    tip_text = forms.CharField(max_length=300, required=False)
    tip_kind = forms.ChoiceField(choices=SharedKind.choices, required=False)
    tip_by = forms.ChoiceField(required=False)
    tip_to = forms.ChoiceField(required=False)
    not_arranged = forms.BooleanField(required=False)
    not_arranged_reason = forms.CharField(required=False, max_length=200)

    def __init__(self, *args, people=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tip_by"].choices = [("", "coach"), *people]
        self.fields["tip_to"].choices = [("", "everybody"), *people]


def page_for(user, pk: int):
    session = (
        Session.objects.visible_to(user, today=clock.today())
        .select_related("month", "logged_by")
        .with_tips()
        .with_prompts()
        .get(pk=pk)
    )
    return build_daily_log_page(session=session, user=user, today=clock.today())


def crispy_context(page) -> dict:
    names = ("mark", "late", "early", "step", "by", "time", "calls")
    formset = PersonFormSet(
        initial=[{"enrolment": row.id, **{name: getattr(row, name) for name in names}} for row in page.rows]
    )
    helper = FormHelper()
    helper.form_tag = False
    initial = {
        name: getattr(page, name)
        for name in ("group_note", "trial_note", "trial_advice", "not_arranged_reason")
    }
    day = DayForm(initial=initial, people=[(row.id, row.name) for row in page.rows])
    return {"formset": formset, "day": day, "helper": helper, "page": page}


def crispy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same queries, audit row, frame and legend; only the inputs are rendered by crispy-forms."""
    page = page_for(request.user, pk)
    record(actor=request.user, action="session.log_viewed", obj=page.session, details={"enrolments": []})
    template = engines["django"].from_string(RIVAL)
    return HttpResponse(template.render(crispy_context(page), request))


def bare(request: HttpRequest) -> HttpResponse:
    """Nothing but the middleware."""
    return HttpResponse(f"hello {request.user.pk}")


urlpatterns = [
    path("rival/crispy/<int:pk>/", crispy),
    path("rival/bare/", bare),
    path("", include("config.urls")),
]
