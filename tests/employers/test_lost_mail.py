"""A link to a workplace whose mail did not arrive comes onto the desk and stands where the link is given."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import clock
from core.models import OutgoingMail
from employers.pages.lost_mail import lost_mail_lines
from employers.services.guide_hours import give_hours_link
from employers.services.workplace_links import note_use

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost_link(coordinator, begun_trial):
    """The guide's link, whose mail came back."""
    given = give_hours_link(actor=coordinator, placement_id=begun_trial.pk, by_mail=True, now=clock.now())
    OutgoingMail.objects.update(state="bounced", sent_at=clock.now(), error="5.1.1")
    return given.link


def test_it_stands_on_the_desk_with_the_reason_until_a_new_link(coordinator, begun_trial, lost_link, today):
    (line,) = lost_mail_lines(coordinator, today)
    assert line.is_late
    assert "tällaista osoitetta ei ole" in line.detail
    assert line.url.startswith(reverse("employers:placement", args=[begun_trial.pk]))
    give_hours_link(actor=coordinator, placement_id=begun_trial.pk, by_mail=False, now=clock.now())
    assert not lost_mail_lines(coordinator, today)


def test_a_link_that_was_used_all_the_same_is_no_trouble(coordinator, lost_link, today):
    note_use(link=lost_link, now=clock.now())
    assert not lost_mail_lines(coordinator, today)


def test_others_do_not_read_it(other_coordinator, lost_link, today):
    assert not lost_mail_lines(other_coordinator, today)


def test_a_protected_persons_line_names_nobody_at_the_workplace(coordinator, begun_trial, lost_link, today):
    begun_trial.participant.is_restricted = True
    begun_trial.participant.save(update_fields=["is_restricted"])
    (line,) = lost_mail_lines(coordinator, today)
    assert lost_link.contact_person.name not in line.detail


def test_the_page_says_it_beside_the_link(client_of, coordinator, begun_trial, lost_link):
    html = client_of(coordinator).get(reverse("employers:placement", args=[begun_trial.pk])).content.decode()
    assert html.count("tällaista osoitetta ei ole") == 1


def test_the_queries_do_not_grow(coordinator, begun_trial, lost_link, today, count_queries):
    with count_queries() as queries:
        lost_mail_lines(coordinator, today)
    assert len(queries) == 1
