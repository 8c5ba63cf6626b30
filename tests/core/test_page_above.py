"""An address that only takes forms leads a browser to the page above it, never to a bare error."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
BROWSER = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize("name", ["delivery-take-back", "delivery-send-again"])
def test_a_reload_after_a_refused_form_shows_its_page(client_of, coach, sent, name):
    answer = client_of(coach).get(reverse(f"reports:{name}", args=[sent.pk]), **BROWSER)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("reports:delivery", args=[sent.pk])


def test_a_change_of_language_after_a_refused_form_comes_back_to_the_page(client_of, coach, sent):
    client = client_of(coach)
    refused = client.post(reverse("reports:delivery-take-back", args=[sent.pk]), {"reason": ""})
    assert refused.status_code == 422
    asked = {"language": "sv", "next": reverse("reports:delivery-take-back", args=[sent.pk])}
    answer = client.post(reverse("set-language"), asked, follow=True, **BROWSER)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("reports:delivery", args=[sent.pk])


def test_behind_a_link_it_stays_behind_the_link(client, sent):
    client.post(sent.path, {"code": sent.code})
    answer = client.get(sent.to("all"), **BROWSER)
    assert answer["Location"] == sent.path
    assert "no-store" in answer["Cache-Control"]


def test_a_stranger_learns_no_more_than_on_the_page_above(client_of, other_coach, sent):
    answer = client_of(other_coach).get(
        reverse("reports:delivery-take-back", args=[sent.pk]), follow=True, **BROWSER
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("more", [{}, BROWSER | {"HTTP_X_REQUESTED_WITH": "fetch"}, {"HTTP_ACCEPT": "*/*"}])
def test_programs_and_scripts_are_told_as_before(client_of, coach, sent, more):
    address = reverse("reports:delivery-take-back", args=[sent.pk])
    assert client_of(coach).get(address, **more).status_code == 405
    assert client_of(coach).put(address, **BROWSER).status_code == 405


def test_without_a_page_above_it_leads_home(client, db):
    answer = client.get(reverse("set-language"), **BROWSER)
    assert answer.status_code == 302
