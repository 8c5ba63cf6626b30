"""The coordinator keeps the register: adds, is shown a duplicate, merges it, brings in a list, prints."""

from __future__ import annotations

from pathlib import Path

from employers.models import Employer
from tests.journeys.conftest import PHONE
from tests.support.factories import ContactEventFactory

LIST = Path(__file__).resolve().parents[2] / "docs" / "examples" / "tyonantajalista.csv"


def _press(desk, selector):
    desk.page.click(selector)
    desk.page.wait_for_load_state()


def test_the_coordinator_adds_finds_merges_and_brings_in_employers(
    walk, width, coordinator, workplace, today
):
    ContactEventFactory(employer=workplace, user=coordinator, happened_on=today, note="Puhuttiin keväästä")
    desk = walk(width)
    desk.log_in(coordinator)
    twin = _add_a_duplicate(desk, workplace)
    _merge(desk, kept=twin, merged=workplace)
    _bring_in_a_list(desk)
    desk.go(f"/employers/{twin.pk}/print/")
    assert "Puhuttiin keväästä" in desk.page.inner_text("main")
    desk.check()
    desk.go("/employers/hand-over/")
    desk.check()


def test_the_filters_fold_away_on_a_phone_and_stand_in_a_row_on_a_wide_screen(
    walk, width, coordinator, workplace
):
    desk = walk(width)
    desk.log_in(coordinator)
    desk.go("/employers/")
    city, fold = desk.page.locator("[name=city]"), desk.page.locator(".filters-more > summary")
    is_phone = width == PHONE
    assert (city.is_visible(), fold.is_visible()) == (not is_phone, is_phone)
    desk.check()
    if is_phone:
        fold.click()
    desk.press_tab_to("[name=city]")
    desk.page.keyboard.type(workplace.city)
    _press(desk, "form.filters button[type=submit]")
    assert "city=" in desk.page.url
    assert city.is_visible()
    assert workplace.name in desk.page.inner_text("main")
    desk.check()


def _add_a_duplicate(desk, workplace) -> Employer:
    desk.go("/employers/new/")
    desk.page.locator("[name=name]").press_sequentially("Rautakauppa Saha")
    desk.page.wait_for_selector("[data-alike-url] a")
    assert workplace.name in desk.page.inner_text("[data-alike-url]")
    desk.check()
    desk.page.fill("[name=needs]", "Apua hyllytykseen")
    _press(desk, "main form.form button[type=submit]")
    desk.check()
    desk.page.check("[name=is_another]")
    _press(desk, "main form.form button[type=submit]")
    twin = Employer.objects.get(name="Rautakauppa Saha")
    assert desk.page.url.endswith(f"/employers/{twin.pk}/")
    desk.check()
    return twin


def _merge(desk, *, kept: Employer, merged: Employer) -> None:
    desk.go(f"/employers/{kept.pk}/merge/")
    desk.check()
    _press(desk, "main .list-lines a")
    desk.check()
    _press(desk, "main form.form button[type=submit]")
    assert "Puhuttiin keväästä" in desk.page.inner_text("main")
    desk.go(f"/employers/{merged.pk}/")
    assert kept.name in desk.page.inner_text("main")
    desk.check()
    desk.go("/employers/")
    desk.page.fill("[name=q]", "hyllytyk")
    _press(desk, "form.filters button[type=submit]")
    assert "hyllytyk" not in desk.page.url
    assert kept.name in desk.page.inner_text("main table")
    desk.check()


def _bring_in_a_list(desk) -> None:
    desk.go("/employers/lists/")
    desk.check()
    desk.page.set_input_files("[name=file]", LIST)
    _press(desk, "main form button[type=submit]")
    desk.check()
    _press(desk, "main .sticky-actions .btn-primary")
    desk.check()
    assert Employer.objects.filter(name="Lounaskahvila Tilli").exists()
