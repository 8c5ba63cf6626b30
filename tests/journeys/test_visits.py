"""Visits on a phone at the workplace and at the desk: noted in six interactions, the day arranged."""

from __future__ import annotations

import datetime as dt

from employers.models import DeskTask, Visit
from tests.support.factories import ContactPersonFactory


class Counted:
    """Counts what the hand does."""

    def __init__(self, page) -> None:
        self.page, self.number = page, 0

    def tap(self, selector: str) -> None:
        self.page.click(selector)
        self.number += 1


def test_a_visit_in_order_is_noted_in_six_interactions(walk, width, coach, visit, today):
    placement = visit.placement
    placement.guide = ContactPersonFactory(
        employer=placement.employer, name="Oili Ohjaaja", role="guide", phone="040 123 4567"
    )
    placement.save()
    phone = walk(width)
    phone.log_in(coach)
    phone.go(f"/employers/placements/{placement.pk}/")
    phone.check()
    hand = Counted(phone.page)
    hand.tap(f"a[href='/employers/visits/{visit.pk}/record/']")
    phone.page.wait_for_load_state()
    phone.check()
    for check in ("work", "learning", "cooperation", "terms"):
        hand.tap(f"#id_check_{check}_0")
    hand.tap(".sticky-actions button[type=submit]")
    phone.page.wait_for_load_state()
    assert hand.number <= 6
    visit.refresh_from_db()
    assert (visit.state, visit.met, visit.channel) == ("done", "Oili Ohjaaja", "on_site")
    assert visit.contact_event is not None
    phone.check()
    phone.go(f"/employers/visits/{visit.pk}/")
    phone.check()


def test_what_is_not_in_order_asks_for_a_note_and_leaves_a_task(walk, width, coordinator, visit, today):
    phone = walk(width)
    phone.log_in(coordinator)
    phone.go(f"/employers/visits/{visit.pk}/record/")
    assert not phone.page.is_visible("#id_note_terms")
    for check in ("work", "learning", "cooperation"):
        phone.page.click(f"#id_check_{check}_0")
    phone.page.click("#id_check_terms_2")
    phone.page.click(".sticky-actions button[type=submit]")
    phone.page.wait_for_load_state()
    assert phone.page.is_visible("#id_note_terms")
    phone.check()
    phone.page.fill("#id_note_terms", "Tunnit ylittyvät")
    phone.page.fill("#id_action_1_text", "Soitan esimiehelle")
    phone.page.click(".sticky-actions button[type=submit]")
    phone.page.wait_for_load_state()
    assert DeskTask.objects.get().text == "Soitan esimiehelle"
    assert "Tunnit ylittyvät" in phone.page.inner_text("#visits")
    phone.check()
    phone.go("/employers/desk/")
    phone.check()


def test_a_visit_day_is_arranged_and_the_officer_sees_it(walk, width, coordinator, officer, visit, today):
    Visit.objects.update(planned_on=dt.date(2026, 2, 12), with_authority=True)
    desk = walk(width)
    desk.log_in(coordinator)
    desk.go("/employers/visits/day/?day=2026-02-12")
    desk.check()
    desk.page.fill(f"#time-{visit.pk}", "9.30")
    desk.page.click(".form-actions button.btn-primary")
    desk.page.wait_for_load_state()
    visit.refresh_from_db()
    assert visit.planned_at == dt.time(9, 30)
    desk.go(f"/employers/visits/{visit.pk}/day/")
    desk.check()
    desk.go("/employers/visits/day/print/?day=2026-02-12")
    desk.check()
    guest = walk(width)
    guest.log_in(officer)
    guest.go("/employers/visits/together/")
    assert "9.30" in guest.page.inner_text("main")
    guest.check()
