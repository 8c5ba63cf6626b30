"""What has become of a person after a summary was made: protected, at another office, another proposal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse

from core import clock
from participants.enums import ConsentItem
from reports.errors import ReleaseRefused
from reports.models import Aftercare
from reports.services.versions import edit_texts, make_draft
from reports.summary.document import document_json
from reports.summary.holes import find_holes
from reports.summary.protection import place_told
from tests.support.aftercare import agreed_aftercare
from tests.support.client import PolicedClient
from tests.support.deliveries import send
from tests.support.summaries import give_consents, make_approved, make_released, make_summary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
TODAY = dt.date(2026, 3, 2)
PLACE = "Rautakauppa Saha"


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()


def protect(person) -> None:
    person.is_restricted = True
    person.save()


def codes(summary) -> set[str]:
    return {hole.code for hole in find_holes(summary, today=TODAY) if hole.blocks}


def at_the_office(sent):
    """A visitor behind the link, with the code."""
    client = PolicedClient()
    client.post(sent.path, {"code": sent.code})
    return client


# --- protected after the version was made --------------------------------------------------------------
def test_a_version_from_before_the_protection_is_not_released(approved):
    protect(approved.enrolment.participant)
    approved.refresh_from_db()
    assert PLACE in str(approved.data)
    assert place_told(approved).startswith("Rautakauppa")
    with pytest.raises(ReleaseRefused, match="turvakielto|suojattu|Rautakauppa"):
        send(approved)


def test_nor_is_one_whose_place_stands_in_the_coachs_own_words(whole, coach):
    protect(whole.participant)
    summary = make_draft(actor=coach, enrolment_id=whole.pk, now=clock.now(), today=TODAY)
    assert "place" not in codes(summary)
    summary = edit_texts(
        actor=coach,
        summary_id=summary.pk,
        texts={"overall": f"Viihtyi {PLACE.replace('Saha', 'Sahassa')}"},
        comment="",
        version=summary.version,
        now=clock.now(),
    )
    assert "place" in codes(summary)


def test_one_that_was_released_is_shown_no_more(sent, approved, officer, client_of):
    item = sent.delivery.items.get(summary=approved).pk
    office, inbox = at_the_office(sent), client_of(officer)
    pages = [
        (office, sent.to("read", item)),
        (office, sent.to("pdf", item)),
        (office, sent.to("json", item)),
        (inbox, reverse("reports:inbox-read", args=[approved.pk])),
        (inbox, reverse("reports:inbox-json", args=[approved.pk])),
    ]
    assert [client.get(address).status_code for client, address in pages[-2:]] == [200, 200]
    protect(approved.enrolment.participant)
    for client, address in pages:
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert PLACE not in answer.content.decode()


def test_a_new_version_after_the_protection_is_read_but_not_beside_the_old_one(whole, officer, client_of):
    old = make_released(whole)
    protect(whole.participant)
    type(old).objects.filter(pk=old.pk).update(state="superseded")
    new = make_released(whole)
    client = client_of(officer)
    assert client.get(reverse("reports:inbox-read", args=[new.pk])).status_code == 200
    assert client.get(reverse("reports:inbox-changes", args=[new.pk])).status_code == 403


def test_who_is_not_protected_costs_no_query(approved, count_queries):
    summary = type(approved).objects.with_person().get(pk=approved.pk)
    with count_queries() as queries:
        assert place_told(summary) == ""
    assert len(queries) == 0


# --- at another office -----------------------------------------------------------------------------------
def test_a_version_that_names_another_office_is_not_released(approved, other_office):
    person = approved.enrolment.participant
    person.authority = other_office
    person.save()
    approved.refresh_from_db()
    assert "office" in codes(approved)
    with pytest.raises(ReleaseRefused, match=other_office.name):
        send(approved)


def test_the_former_office_reads_what_it_got_and_nothing_live(whole, officer, other_office, client_of):
    released = make_released(whole)
    agreed_aftercare(whole, needs="Uuden toimiston tuki", officer_name="", officer_approved_on=None)
    whole.participant.authority = other_office
    whole.participant.save()
    client = client_of(officer)
    assert client.get(reverse("reports:inbox-read", args=[released.pk])).status_code == 200
    address = reverse("reports:officer-aftercare", args=[released.pk])
    assert "Uuden toimiston tuki" not in client.get(address).content.decode()
    assert client.post(address, {"version": 1}).status_code == 404
    assert Aftercare.objects.get().officer_approved_on is None
    decision = client.post(
        reverse("reports:officer-decision", args=[released.pk]),
        {"kind": "none", "decided_on": "2.3.2026", "base_version": 0},
    )
    assert decision.status_code in (403, 404)


# --- nothing but what was approved -------------------------------------------------------------------------
def test_the_officers_form_begins_with_the_proposal_that_was_released(whole, officer, client_of):
    released = make_released(whole)
    then = whole.proposal.where
    whole.proposal.where, whole.proposal.kind = "Vielä sopimatta Oy", "work_trial"
    whole.proposal.save()
    page = client_of(officer).get(reverse("reports:officer-decision", args=[released.pk])).content.decode()
    assert "Vielä sopimatta" not in page
    assert not then or then in page


@pytest.mark.parametrize("left_out", [[], ["aftercare"]])
def test_a_declined_aftercare_that_was_left_out_is_not_told_as_declined(whole, officer, client_of, left_out):
    Aftercare.objects.create(
        enrolment=whole, offered_on=TODAY, needs="x", answer="declined", answered_on=TODAY
    )
    approved = make_approved(whole)
    approved.left_out = left_out
    approved.state, approved.recipient = "released", whole.participant.authority
    approved.released_by, approved.released_at = whole.month.coach, clock.now()
    approved.save()
    page = client_of(officer).get(reverse("reports:officer-aftercare", args=[approved.pk]))
    assert ("ei halua" in page.content.decode()) == (not left_out)


@pytest.mark.parametrize("given", [True, False])
def test_the_items_of_the_data_tell_of_no_block_that_is_left_out(whole, given):
    if given:
        give_consents(whole.participant, items=("health",))
    summary = make_summary(whole)
    summary.left_out = ["health", "employers"]
    items = document_json(summary)["items"]
    assert ConsentItem.HEALTH not in items
    assert ConsentItem.GOALS in items
