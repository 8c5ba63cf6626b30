"""A contact in one line: what it costs in touches, after a call and after a visit, on both widths."""

from __future__ import annotations

from employers.models import ContactEvent
from tests.support.factories import ContactEventFactory

AT_MOST = 4


class Counted:
    """Touches and filled fields, one each."""

    def __init__(self, page):
        self.page = page
        self.interactions = 0

    def touch(self, selector: str) -> None:
        self.interactions += 1
        self.page.click(selector)

    def fill(self, selector: str, text: str) -> None:
        self.interactions += 1
        self.page.fill(selector, text)


def test_a_call_with_its_lesson_and_next_day_takes_four_interactions(
    walk, width, coordinator, other_coordinator, workplace, workplace_person, today
):
    ContactEventFactory(
        employer=workplace, user=other_coordinator, contact_person=workplace_person, happened_on=today
    )
    desk = walk(width)
    desk.log_in(coordinator)
    desk.go(f"/employers/{workplace.pk}/")
    assert desk.page.is_visible(".contact-guard")
    desk.check()
    hand = Counted(desk.page)
    hand.touch("[name=result][value=no_need]")
    hand.fill("[name=note]", "Keväällä taas, silloin on kiire")
    hand.touch("[name=next_when][value=month]")
    hand.touch(".contact-line button[type=submit]")
    desk.page.wait_for_load_state()
    event = ContactEvent.objects.get(user=coordinator)
    assert (event.channel, event.happened_on, event.contact_person) == ("phone", today, workplace_person)
    assert event.next_action_on is not None
    assert hand.interactions <= AT_MOST
    desk.check()


def test_after_a_visit_the_line_takes_four_interactions(walk, width, coordinator, workplace, today):
    desk = walk(width)
    desk.log_in(coordinator)
    desk.go(f"/employers/{workplace.pk}/")
    hand = Counted(desk.page)
    hand.touch("[name=channel][value=visit]")
    hand.touch("[name=result][value=kept_up]")
    hand.fill("[name=note]", "Tapasin uuden esimiehen")
    hand.touch(".contact-line button[type=submit]")
    desk.page.wait_for_load_state()
    assert ContactEvent.objects.get().channel == "visit"
    assert hand.interactions <= AT_MOST
    desk.go("/employers/contacts/due/")
    desk.check()
    desk.go("/employers/contacts/quiet/")
    desk.check()
