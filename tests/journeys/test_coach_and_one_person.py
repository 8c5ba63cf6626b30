"""The coach and one person: goal, areas, a step, a discussion, and off to work."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from coaching.models import CoachingMonth, Discussion
from tests.support import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def running(month):
    """The month runs today, whatever the day is."""
    today = timezone.localdate()
    monday = today - dt.timedelta(days=today.weekday() + 7)
    CoachingMonth.objects.filter(pk=month.pk).update(starts_on=monday, ends_on=monday + dt.timedelta(days=25))
    month.refresh_from_db()
    return month


def test_from_the_goal_to_the_congratulations(walk, width, coach, running):
    person = factories.EnrolmentFactory(
        month=running, participant__first_name="Aino", participant__last_name="Koivuniemi-Hämeenkoski"
    )
    factories.StepForwardFactory(enrolment=person, text="Soitti itse varastoon")
    desk = walk(width)
    desk.log_in(coach)
    home = f"/coaching/people/{person.pk}/"
    desk.go(home)
    desk.check()

    desk.go(f"{home}goal/")
    desk.page.fill("#id_text", "Haluan töitä")
    desk.page.wait_for_selector("#goal-questions li strong")  # asked while one types, nothing is saved
    desk.check()
    desk.press_tab_to(".form-actions button[type=submit]:not([name])")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("#goal .own-words")
    desk.check()

    desk.page.click("#sub-goals .section-head a")
    desk.check()
    desk.page.check("input[name=area][value=skills]")
    desk.page.fill("#id_text", "Hygieniapassi " + "pitkäsanayhdistelmä" * 8)
    desk.page.click("main button[type=submit]")
    desk.page.wait_for_selector("#sub-goals .area-name")
    desk.page.click("#sub-goals form[action$='/move/'] button >> nth=0")
    desk.page.wait_for_selector("#sub-goals details")
    desk.check()

    desk.page.click("#next-steps .section-head a")
    desk.check()
    desk.page.fill("#id_what", "Soittaa varastoon")
    desk.page.fill("#id_who", "Aino")
    desk.page.click("main button[type=submit]")
    desk.page.wait_for_selector("#next-steps .person-lines")
    desk.page.click("#next-steps a[href$='/done/']")
    desk.check()
    desk.page.fill("#id_result", "Pyysivät käymään")
    desk.page.click("main button[type=submit]")
    desk.page.wait_for_selector("#next-steps details")

    desk.go(f"{home}discussions/mid/")
    desk.check()
    desk.page.fill("#id_held_on", timezone.localdate().strftime("%d.%m.%Y"))
    desk.page.fill("#id_participant_view", "Sujuu paremmin kuin luulin.")
    desk.page.click("button[name=start]")
    desk.page.wait_for_selector("#id_coach_view:not(:placeholder-shown)")
    assert "Pyysivät käymään" in desk.page.input_value("#id_coach_view")
    assert desk.page.input_value("#id_participant_view") == "Sujuu paremmin kuin luulin."
    assert not Discussion.objects.exists()
    desk.check()
    desk.page.click(".form-actions button[type=submit]")
    desk.page.wait_for_selector("#discussions .facts")

    desk.page.click("#leaving a[href$='/to-work-or-study/']")
    desk.check()
    desk.page.click("main button[type=submit]")
    desk.page.wait_for_selector(".error-summary")
    desk.check()
    desk.page.check("input[name=onward_path][value=paid_work]")
    desk.page.fill("#id_onward_detail", "Rautakauppa Saha, myyjä")
    desk.page.fill("#id_onward_starts_on", running.ends_on.strftime("%d.%m.%Y"))
    desk.page.click("main button[type=submit]")
    desk.page.wait_for_selector(".celebration")
    desk.check()
    desk.go(home)
    desk.page.wait_for_selector(".note-success")
    desk.check()

    desk.go(f"{home}dropped-out/")
    desk.check()
    desk.go(f"{home}came-back/")
    desk.check()
    desk.page.fill("#id_reason", "Työ peruuntui")
    desk.page.click("main button[type=submit]")
    desk.page.wait_for_selector("#leaving")


def test_it_all_works_without_javascript(walk, coach, running):
    person = factories.EnrolmentFactory(month=running)
    desk = walk(javascript=False)
    desk.log_in(coach)
    desk.go(f"/coaching/people/{person.pk}/goal/")
    desk.page.fill("#id_text", "Haluan töitä")
    desk.page.click("button[name=ask]")
    desk.page.wait_for_load_state()
    assert desk.page.input_value("#id_text") == "Haluan töitä"
    assert desk.page.locator("#goal-questions li").count() >= 1
    desk.page.click(".form-actions button[type=submit]:not([name])")
    desk.page.wait_for_selector("#goal .own-words")
