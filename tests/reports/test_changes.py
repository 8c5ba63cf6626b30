"""The readable difference between two versions of a summary."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import clock
from reports.models import SummaryVersion
from reports.services.versions import edit_texts, make_draft
from reports.summary.changes import changes_between
from tests.support.summaries import make_summary

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(whole, own_files):
    """Two versions of Aino's summary: the second tells of a new proposal and a new sentence."""
    first = make_summary(whole)
    SummaryVersion.objects.filter(pk=first.pk).update(
        state="superseded", signed_on=clock.today(), signed_method="paper"
    )
    whole.proposal.reason = "Tarvitsee vielä tukea kirjallisiin töihin."
    whole.proposal.save()
    second = make_draft(
        actor=whole.month.coach,
        enrolment_id=whole.pk,
        now=clock.now(),
        today=clock.today(),
        even_if_same=True,
    )
    second = edit_texts(
        actor=whole.month.coach,
        summary_id=second.pk,
        texts={"overall": "Rohkeus kasvoi."},
        comment="",
        version=second.version,
        now=clock.now(),
    )
    rows = SummaryVersion.objects.with_person()
    return rows.get(pk=first.pk), rows.get(pk=second.pk)


def test_only_the_blocks_that_differ_are_told_with_their_words(pair):
    found = changes_between(*pair)
    words = {change.title: (change.gone, change.new) for change in found}
    assert any("Rohkeus kasvoi." in line for _gone, new in words.values() for line in new)
    assert any("kirjallisiin töihin" in line for _gone, new in words.values() for line in new)
    assert "Perustiedot" not in words
    assert len(found) <= 3  # change, proposal and the text for the plan that is made of them


def test_a_row_of_a_table_is_one_line_with_its_head(pair):
    old, new = pair
    SummaryVersion.objects.filter(pk=new.pk).update(
        data={**new.data, "plan": {**new.data["plan"], "steps": []}}
    )
    new.refresh_from_db()
    gone = [line for change in changes_between(old, new) for line in change.gone]
    assert any("Toinen kurssi syksyllä" in line for line in gone)


def test_no_line_begins_with_the_sign_between_head_and_cell(pair):
    old, new = pair
    SummaryVersion.objects.filter(pk=new.pk).update(
        data={**new.data, "final": {**new.data["final"], "agreed": "X"}}
    )
    new.refresh_from_db()
    lines = [line for change in changes_between(old, new) for line in (*change.gone, *change.new)]
    assert any(": X" in line for line in lines)
    assert not any(line.startswith((":", "·")) for line in lines)


def test_what_was_left_out_shows_as_gone_to_the_coach_only(pair):
    old, new = pair
    new.left_out = ["opinions"]
    gone = [line for change in changes_between(old, new) for line in change.gone]
    assert any("Sain rohkeutta soittaa." in line for line in gone)
    told = changes_between(old, new, for_office=True)
    assert not any("Sain rohkeutta soittaa." in line for change in told for line in change.gone)


def test_two_that_say_the_same_have_no_difference(pair):
    old, _new = pair
    assert changes_between(old, old) == []


def test_the_coach_opens_it_from_the_list_of_versions(pair, client_of, coach, other_coach):
    _old, new = pair
    address = reverse("reports:summary-changes", args=[new.pk])
    assert address in client_of(coach).get(reverse("reports:summary", args=[new.pk])).content.decode()
    page = client_of(coach).get(address).content.decode()
    assert "Rohkeus kasvoi." in page
    assert client_of(other_coach).get(address).status_code == 404


def test_the_office_compares_only_what_it_got(pair, client_of, officer, office):
    old, new = pair
    address = reverse("reports:inbox-changes", args=[new.pk])
    client = client_of(officer)
    assert client.get(address).status_code == 404
    released = {"recipient": office, "released_at": clock.now(), "released_by": old.enrolment.month.coach}
    signed = {"signed_on": clock.today(), "signed_method": "paper", "approved_at": clock.now()}
    SummaryVersion.objects.filter(pk=new.pk).update(
        state="released", pdf_content_hash="a" * 64, pdf="x.pdf", **released, **signed
    )
    assert client.get(address).status_code == 404  # the first never left the house
    SummaryVersion.objects.filter(pk=old.pk).update(**released, approved_at=clock.now())
    page = client.get(address).content.decode()
    assert "Rohkeus kasvoi." in page
    assert address in client.get(reverse("reports:inbox-read", args=[new.pk])).content.decode()
