"""The coordinator: adds an employer, logs a call, plans a work trial, marks a week, gets the agreement."""

from __future__ import annotations

import pytest

from employers import tasks
from employers.models import AgreementFile, ContactEvent, Employer, Placement
from tests.support.factories import ConsentFactory, GoalFactory
from tests.support.signing import signed_by_all


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    """The job is run by the journey itself."""
    monkeypatch.setattr(tasks.make_agreement, "delay", lambda **kwargs: None)


def _press(desk, selector):
    desk.page.click(selector)
    desk.page.wait_for_load_state()


def test_the_coordinator_finds_a_place_and_prints_the_agreement(walk, width, coordinator, enrolment, today):
    ConsentFactory(participant=enrolment.participant, recipient="employer", item="contact")
    GoalFactory(enrolment=enrolment, text="Haluan varastotyöhön, jossa selkä kestää.")
    desk = walk(width)
    desk.log_in(coordinator)
    assert desk.page.url.endswith("/employers/desk/")
    assert "Aino Koivuniemi" in desk.page.inner_text("main")
    desk.check()

    _add_an_employer(desk)
    _log_a_call(desk)
    placement = _plan_a_work_trial(desk, enrolment)
    _start_and_mark(desk, placement)
    _make_the_agreement(desk, placement)


def _add_an_employer(desk) -> None:
    desk.go("/employers/")
    desk.check()
    desk.go("/employers/new/")
    desk.check()
    desk.page.fill("[name=name]", "Rautakauppa Saha Oy")
    desk.page.fill("[name=business_id]", "FI20774740")
    desk.page.fill("[name=city]", "Hämeenlinna")
    _press(desk, "main form.form button[type=submit]")
    employer = Employer.objects.get()
    assert desk.page.url.endswith(f"/employers/{employer.pk}/")
    desk.check()
    desk.page.click("#people summary")
    desk.page.fill("#new_person_name", "Oili Ohjaaja")
    desk.page.select_option("#new_person_role", "guide")
    desk.check()
    _press(desk, "#people details button[type=submit]")


def _log_a_call(desk) -> None:
    # the common case: choose the result, press
    desk.page.check("[name=result][value=need_found]")
    _press(desk, "#contacts form.form button[type=submit]")
    assert ContactEvent.objects.get().channel == "phone"
    desk.check()


def _plan_a_work_trial(desk, enrolment) -> Placement:
    desk.go("/employers/desk/")
    _press(desk, f"a[href='/employers/placements/for/{enrolment.pk}/']")
    desk.check()
    _press(desk, ".table-plain a.btn")
    desk.check()
    desk.page.select_option("[name=purpose]", "return_to_work")
    desk.page.fill("[name=tasks]", "Tavaran vastaanotto ja hyllytys")
    desk.page.fill("[name=length_reason]", "Kaikki varaston työt ehditään kokeilla")
    desk.page.fill("[name=support_agreed]", "Ohjaaja näyttää työt")
    desk.page.fill("[name=instructions_by]", "Työpaikkaohjaaja")
    desk.page.fill("[name=changes_by]", "Esimies")
    desk.page.select_option("[name=supervisor]", label="Oili Ohjaaja (työpaikkaohjaaja)")
    desk.page.select_option("[name=guide]", label="Oili Ohjaaja (työpaikkaohjaaja)")
    _press(desk, "main form.form button[type=submit]")
    placement = Placement.objects.get()
    assert desk.page.url.endswith(f"/employers/placements/{placement.pk}/")
    desk.check()
    desk.go(f"/employers/placements/{placement.pk}/agreement/preview/")
    assert "Haluan varastotyöhön" in desk.page.inner_text("main")
    desk.check()
    return placement


def _start_and_mark(desk, placement) -> None:
    signed_by_all(placement)
    desk.go(f"/employers/placements/{placement.pk}/")
    _press(desk, "button[name=target][value=ongoing]")
    week = "#marks-week-2026-02-09"
    desk.page.click(f"{week} button[name=all_done]")
    desk.page.wait_for_selector(f"{week} option[value=present]:checked", state="attached")
    desk.page.select_option("#mark-2026-02-10", "own_illness")
    desk.page.click(f"{week} button.btn-primary")
    desk.page.wait_for_selector("#hours-2026-02-10[value='']")  # an absence has no hours: the week came back
    desk.check()
    marks = list(placement.participant.enrolments.get().marks.order_by("day").values_list("mark", flat=True))
    assert marks == ["present", "own_illness"]


def _make_the_agreement(desk, placement) -> None:
    desk.page.click("#agreement form button")
    desk.page.wait_for_selector("#agreement[hx-get]")
    tasks.make_agreement(agreement_file_id=AgreementFile.objects.get().pk)
    link = desk.page.wait_for_selector("#agreement a[href$='/pdf/']")  # the page asks again by itself
    desk.check()
    with desk.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == f"tyokokeilusopimus-{placement.pk}.pdf"


def test_the_agreement_is_made_without_javascript(walk, coordinator, placement, today):
    desk = walk(javascript=False)
    desk.log_in(coordinator)
    desk.go(f"/employers/placements/{placement.pk}/")
    _press(desk, "#agreement form button")
    tasks.make_agreement(agreement_file_id=AgreementFile.objects.get().pk)
    _press(desk, "#agreement a[href$='#agreement']")
    desk.page.reload()
    assert desk.page.is_visible("#agreement a[href$='/pdf/']")
