"""The situation board: who needs a look first, in words, and for whom."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import IndividualTime, JobSearchAction
from coaching.pages.situation import SIGNS, situation_board
from core import clock
from tests.coaching.daily_log_support import make_group
from tests.coaching.grid_support import trial_of
from tests.support import factories
from tests.support.queries import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _english(settings, today):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def address(month):
    return reverse("coaching:month-situation", args=[month.pk])


def board(month, user, **more):
    return situation_board([month], user=user, today=clock.today(), month=month, **more)


def codes(line) -> list[str]:
    return [sign.code for sign in line.signs]


def in_order(enrolment) -> None:
    """A next step ahead, a work trial, and time yesterday."""
    factories.ActionStepFactory(enrolment=enrolment, due_on=clock.today() + DAY)
    trial_of(enrolment)
    IndividualTime.objects.create(
        enrolment=enrolment, day=clock.today() - DAY, minutes=20, recorded_at=clock.now()
    )


def test_who_has_everything_has_no_sign(month, enrolment, coach):
    in_order(enrolment)
    [line] = board(month, coach).lines
    assert (codes(line), line.contact_ago, line.contact_kind) == ([], "1 day ago", "individual time")
    assert line.notes[0].text.startswith("Rautakauppa")


def test_who_has_nothing_gets_every_sign_in_words(month, enrolment, coach):
    [line] = board(month, coach).lines
    assert [sign.text for sign in line.signs] == ["No individual time yet", "No next step", "No work trial"]
    assert line.contact_ago == "none yet"


def test_the_most_pressing_sign_comes_first_and_then_the_longest_silence(month, coach):
    fine, late, silent, away = make_group(month, 4)
    for person in (fine, late, silent, away):
        in_order(person)
    late.action_steps.update(due_on=clock.today() - DAY)
    silent.individual_times.all().delete()
    for number in (1, 2, 3):
        session = factories.SessionFactory(month=month, held_on=clock.today() - number * DAY - 2 * DAY)
        factories.MarkFactory(enrolment=away, session=session, mark="unauthorised")
    found = [(line.person, codes(line)) for line in board(month, coach).lines]
    assert found == [
        (away, ["absences"]),
        (late, ["step_late"]),
        (silent, ["individual_time"]),
        (fine, []),
    ]


def test_the_step_that_is_due_first_is_the_next_one_and_a_done_one_is_not(month, enrolment, coach):
    factories.ActionStepFactory(enrolment=enrolment, what="Joskus", due_on=None)
    factories.ActionStepFactory(
        enrolment=enrolment, what="Tehty", done_on=clock.today(), due_on=clock.today()
    )
    soon = factories.ActionStepFactory(enrolment=enrolment, what="Pian", due_on=clock.today() + DAY)
    assert board(month, coach).lines[0].step == soon


def test_a_job_search_action_is_contact_too(month, enrolment, coach):
    JobSearchAction.objects.create(
        enrolment=enrolment, day=clock.today(), kind="call", recorded_at=clock.now()
    )
    [line] = board(month, coach).lines
    assert (line.contact_ago, line.contact_kind) == ("today", "job search")


def test_those_who_left_are_not_on_it(month, enrolment, coach):
    enrolment.left_on = clock.today() - DAY
    enrolment.save()
    assert board(month, coach).everybody == 0


@pytest.mark.parametrize("shown", SIGNS)
def test_the_filter_shows_only_those_with_the_sign(month, coach, shown):
    fine, nothing = make_group(month, 2)
    in_order(fine)
    expected = [nothing] if shown in ("individual_time", "no_step", "no_place") else []
    assert [line.person for line in board(month, coach, shown=shown).lines] == expected


def test_nonsense_in_the_filter_shows_everybody(client_of, coach, enrolment, address):
    page = client_of(coach).get(address, {"show": "<script>\x00"})
    assert (page.status_code, len(page.context["board"].lines)) == (200, 1)


def test_what_was_written_of_a_protected_person_is_not_on_it(month, enrolment, coach, client_of, address):
    in_order(enrolment)
    enrolment.participant.is_restricted = True
    enrolment.participant.save()
    html = client_of(coach).get(address).content.decode()
    assert "Hakee varastokurssille" not in html
    assert "Rautakauppa" not in html


def test_the_substitute_sees_no_placements(month, enrolment, substitute):
    [line] = board(month, substitute).lines
    assert (line.notes, "no_place" in codes(line)) == ((), False)


def test_own_months_stand_together_and_others_do_not(client_of, coach, other_coach, month, enrolment):
    second = factories.MonthFactory(coach=coach, authority=month.authority)
    factories.EnrolmentFactory(month=second)
    page = client_of(coach).get(reverse("coaching:situation"))
    assert (page.context["board"].everybody, page.context["board"].has_many_months) == (2, True)
    assert client_of(other_coach).get(reverse("coaching:situation")).context["board"].everybody == 0


def test_opening_is_on_the_audit_trail(client_of, coach, enrolment, address):
    client_of(coach).get(address)
    assert AuditEvent.objects.get(action="month.situation_viewed").details == {"enrolments": [enrolment.pk]}


def test_sixty_people_take_as_many_queries_as_ten(client_of, coach, month):
    def more(count):
        for _ in range(count // 10):
            group = factories.MonthFactory(coach=coach, authority=month.authority)
            for person in make_group(group, 10):
                in_order(person)

    more(10)
    assert_queries_do_not_grow(client_of(coach), reverse("coaching:situation"), lambda: more(50), at_most=11)
