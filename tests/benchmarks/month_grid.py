"""The month's grid of ten and of thirty people beside its editable half days as a crispy formset, the saving
of ten changed cells, and Today with one and with twelve running months."""

from __future__ import annotations

import datetime as dt
import time

from crispy_forms.helper import FormHelper
from django import forms
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from accounts.audit import record
from coaching.marks import PERSON_MARKS, mark_info
from coaching.models import AttendanceMark, CoachingMonth
from coaching.pages.grid import month_grid
from coaching.services.schedule import holiday_name, is_weekday, monday_of
from core import clock
from tests.benchmarks.figures import figure, interleaved
from tests.coaching.daily_log_support import make_group
from tests.support import factories

GROUP, ROUNDS = 10, 15
MOST_OF_CRISPY, MOST_SAVE_QUERIES, MOST_PAGE_QUERIES, MOST_TODAY_QUERIES = 0.25, 12, 12, 25
DAY = dt.timedelta(days=1)

RIVAL = """{% extends "coaching/month_grid.html" %}{% load crispy_forms_tags %}
{% block content %}<form method="post">{% csrf_token %}{% crispy formset helper %}</form>{% endblock %}"""


def _mark_choices():
    return [("", "–"), *((code, mark_info(code).label) for code in PERSON_MARKS)]


class CellForm(forms.Form):
    """One half day of one person: who and when, how it stood, and the choice."""

    name = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    mark = forms.ChoiceField(choices=_mark_choices, required=False)


CellFormSet = forms.formset_factory(CellForm, extra=0)


def crispy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same queries, audit row and frame; crispy-forms renders the half days that can be marked."""
    month = CoachingMonth.objects.visible_to(request.user, today=clock.today()).get(pk=pk)
    grid = month_grid(month, user=request.user, today=clock.today())
    record(actor=request.user, action="month.grid_viewed", obj=month, details={"enrolments": []})
    cells = [
        {"name": cell.name, "seen": cell.stamp, "mark": cell.stamp.split(":")[0]}
        for row in grid.rows
        for line in row.halves
        for cell in line.cells
        if cell is not None and cell.is_editable
    ]
    helper = FormHelper()
    helper.form_tag = False
    context = {"formset": CellFormSet(initial=cells), "helper": helper, "grid": grid, "month": month}
    return HttpResponse(engines["django"].from_string(RIVAL).render(context, request))


urlpatterns = [path("rival/grid/<int:pk>/", crispy), path("", include("config.urls"))]


def run(sizes: tuple[int, ...] = (GROUP, 30), rounds: int = ROUNDS) -> list[dict]:
    """One dict per measure. Needs a migrated database; leaves nothing in it."""
    figures: list[dict] = []
    with transaction.atomic(), override_settings(ROOT_URLCONF="tests.benchmarks.month_grid"):
        for size in sizes:
            figures += _measure_grid(size, rounds)
        figures += _measure_today(rounds)
        figures.append(_measure_checklist(rounds))
        transaction.set_rollback(True)
    return figures


def _full_month(size: int, **more) -> tuple[CoachingMonth, list, list]:
    """A month in its fourth week with its sessions, people, work trials and all marks but today's."""
    today = clock.today()
    starts_on = monday_of(today) - 21 * DAY
    month = factories.MonthFactory(starts_on=starts_on, **more)
    days = [starts_on + number * DAY for number in range(26)]
    working = [day for day in days if is_weekday(day) and not holiday_name(day)]
    sessions = [factories.SessionFactory(month=month, held_on=day, week=1) for day in working]
    people = make_group(month, size)
    for person in people:
        factories.PlacementFactory(month=month, participant=person.participant, state="ongoing")
    common = {"mark": "present", "recorded_by": month.coach, "recorded_at": clock.now()}
    AttendanceMark.objects.bulk_create(
        AttendanceMark(
            enrolment=person,
            session=session if half == month.coaching_half else None,
            day=session.held_on,
            half=half,
            hours=None if half == month.coaching_half else 4,
            **common,
        )
        for person in people
        for session in sessions
        if session.held_on < today
        for half in (month.coaching_half, month.work_trial_half)
    )
    month.sessions.filter(held_on__lt=today).update(state="logged", logged_at=clock.now())
    return month, sessions, people


def _signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="accounts.backends.EmailBackend")
    return client


def _measure_grid(size: int, rounds: int) -> list[dict]:
    month, sessions, people = _full_month(size)
    client = _signed_in(month.coach)
    address = f"/coaching/months/{month.pk}/grid/"
    times = interleaved(
        {
            "page": lambda: client.get(address),
            "crispy": lambda: client.get(f"/rival/grid/{month.pk}/"),
        },
        rounds=rounds,
    )
    with CaptureQueriesContext(connection) as page_queries:
        body = client.get(address).content
    queries, saving = _save(client, address, sessions, people)
    return [
        figure(
            f"month grid page, {size} people",
            times["page"],
            against="its half days up to today as a crispy formset",
            against_ms=times["crispy"],
            most=MOST_OF_CRISPY,
            queries=(len(page_queries), MOST_PAGE_QUERIES),
            bytes=len(body),
        ),
        figure(
            f"month grid, save of 10 changed cells, {size} people",
            saving,
            queries=(queries, MOST_SAVE_QUERIES),
        ),
    ]


def _save(client: Client, address: str, sessions: list, people: list) -> tuple[int, float]:
    """Ten cells at once: both halves, several days, a clearing among them. The last half day of the group
    before today is cleared; the others become absences."""
    past = [session for session in sessions if session.held_on < clock.today()]
    name = f"{people[0].pk}-%s-%s"
    cells = [f"{name % (session.held_on, session.half)}|own_illness|present:::" for session in past[:6]]
    cells += [f"{name % (session.held_on, 'afternoon')}|own_illness|present:::4.00" for session in past[:3]]
    cells += [f"{name % (past[-1].held_on, past[-1].half)}||present:::"]
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        answer = client.post(f"{address}cells/", {"cell": cells})
        spent = (time.perf_counter() - began) * 1000
    if answer.status_code != 200 or len(answer.json()["cells"]) != 10:
        raise AssertionError(f"the cells were not saved: {answer.status_code} {answer.content[:300]!r}")
    return len(queries), spent


def _measure_today(rounds: int) -> list[dict]:
    month, _sessions, _people = _full_month(GROUP)
    client = _signed_in(month.coach)
    rows = []
    for months in (1, 12):
        for _ in range(months - 1):
            _full_month(GROUP, coach=month.coach, authority=month.authority)
        times = interleaved({"today": lambda: client.get("/coaching/today/")}, rounds=rounds)
        with CaptureQueriesContext(connection) as queries:
            body = client.get("/coaching/today/").content
        rows.append((months, times["today"], len(queries), len(body)))
    # with twelve months not one query more than with one
    return [
        figure(
            f"today, {months} running month{'s' if months > 1 else ''}",
            spent,
            queries=(queries, rows[0][2] if months > 1 else MOST_TODAY_QUERIES),
            bytes=size,
        )
        for months, spent, queries, size in rows
    ]


def _measure_checklist(rounds: int) -> dict:
    """What is missing before the summaries of a month of ten."""
    month, _sessions, _people = _full_month(GROUP)
    client, address = _signed_in(month.coach), f"/reports/months/{month.pk}/checklist/"
    times = interleaved({"page": lambda: client.get(address)}, rounds=rounds)
    with CaptureQueriesContext(connection) as queries:
        body = client.get(address).content
    return figure(
        f"checklist of a month of {GROUP}",
        times["page"],
        queries=(len(queries), MOST_PAGE_QUERIES),
        bytes=len(body),
    )
