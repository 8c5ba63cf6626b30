"""The participant leaves optional blocks out, by the link or on paper, and no trace of them leaves."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.urls import reverse

from core import clock
from core.errors import DomainError
from reports.enums import MANDATORY_BLOCKS, OPTIONAL_BLOCKS
from reports.models import SummaryVersion
from reports.services.own_summary import approve_own_summary
from reports.services.versions import (
    chosen_blocks,
    edit_texts,
    give_to_participant,
    make_draft,
    record_approval,
    save_content,
)
from reports.summary.document import document_json, summary_html
from reports.summary.present import present
from tests.reports.test_own_summary import answer
from tests.support.own_pages import go_in
from tests.support.summaries import give_consents, make_summary

TODAY = dt.date(2026, 3, 2)
SECRET = "Kahvikupin ääressä sovittu tuki"


@pytest.fixture
def given(draft, coach, own_files, today):
    """Aino's summary with words about aftercare, given to her to be read."""
    edited = edit_texts(
        actor=coach,
        summary_id=draft.pk,
        texts={"aftercare": SECRET},
        comment="",
        version=draft.version,
        now=clock.now(),
    )
    return give_to_participant(actor=coach, summary_id=edited.pk, version=edited.version)


@pytest.fixture
def inside(given):
    return go_in(given.enrolment.participant)


def all_words(summary) -> str:
    html, attached = summary_html(SummaryVersion.objects.with_person().get(pk=summary.pk))
    return html + attached


def test_what_is_left_out_by_the_link_leaves_no_trace(inside, given):
    assert SECRET in all_words(given)
    before = given.content_hash
    inside.post("/o/summary/", answer(given, left_out=["aftercare", "employers"], approve="1"))
    given.refresh_from_db()
    assert given.left_out == ["aftercare", "employers"]
    assert given.is_signed
    assert given.content_hash != before
    document = document_json(given)
    assert not {"aftercare", "employers"} & set(document)
    assert SECRET not in all_words(given)
    assert "left_out" not in json.dumps(document)
    assert not {"aftercare", "employers"} & set(present(given)["blocks"])


def test_the_page_offers_only_what_may_be_left_out(inside, given):
    page = inside.get("/o/summary/").content.decode()
    offered = re.findall(r'name="left_out" value="(\w+)"', page)
    assert offered == [block.value for block in OPTIONAL_BLOCKS if block.value in given.data]
    assert "aftercare" in offered
    for block in MANDATORY_BLOCKS:
        assert f'name="left_out" value="{block.value}"' not in page


def test_a_saved_choice_shows_the_text_without_the_block_and_keeps_the_tick(inside, given):
    inside.post("/o/summary/", answer(given, left_out=["aftercare"]))
    page = inside.get("/o/summary/").content.decode()
    assert SECRET not in page
    given.refresh_from_db()
    assert not given.is_signed
    assert given.left_out == ["aftercare"]
    inside.post("/o/summary/", answer(given))  # changed the mind
    assert SECRET in inside.get("/o/summary/").content.decode()


@pytest.mark.parametrize("block", ["basics", "happened", "nonsense", "\x00", "9" * 50])
def test_nothing_else_can_be_left_out(inside, given, block):
    response = inside.post("/o/summary/", answer(given, left_out=[block], comment="Oma sana", approve="1"))
    assert response.status_code == 422
    assert "Oma sana" in response.content.decode()
    given.refresh_from_db()
    assert (given.left_out, given.is_signed) == ([], False)
    with pytest.raises(DomainError):
        approve_own_summary(
            participant_id=given.enrolment.participant_id,
            summary_id=given.pk,
            comment="",
            left_out=[block],
            version=given.version,
            now=clock.now(),
            today=TODAY,
        )


def test_a_block_without_consent_is_not_offered(inside, given):
    data = dict(given.data)
    data.pop("aftercare")
    SummaryVersion.objects.filter(pk=given.pk).update(data=data)
    assert 'name="left_out" value="aftercare"' not in inside.get("/o/summary/").content.decode()
    refused = inside.post("/o/summary/", answer(given, left_out=["aftercare"], approve="1"))
    assert refused.status_code == 422


def test_a_text_of_a_withheld_block_does_not_travel_in_the_data(given):
    data = dict(given.data)
    data.pop("aftercare")
    SummaryVersion.objects.filter(pk=given.pk).update(data=data)
    assert SECRET not in all_words(given)


def test_on_paper_the_coach_ticks_what_was_struck_out(given, client_of, coach):
    client = client_of(coach)
    refused = client.post(
        reverse("reports:summary-approval", args=[given.pk]),
        {"version": given.version, "signed_on": "40.1.2026", "method": "paper", "left_out": ["opinions"]},
    )
    assert refused.status_code == 422
    assert re.search(r'value="opinions"[^>]*\bchecked', refused.content.decode())
    client.post(
        reverse("reports:summary-approval", args=[given.pk]),
        {
            "version": given.version,
            "signed_on": clock.today().strftime("%-d.%-m.%Y"),
            "method": "paper",
            "left_out": ["opinions"],
        },
    )
    given.refresh_from_db()
    assert (given.left_out, given.signed_method) == (["opinions"], "paper")
    assert "opinions" not in document_json(given)


def test_a_later_edit_clears_the_approval_and_keeps_the_block_out(given, coach):
    record_approval(
        actor=coach,
        summary_id=given.pk,
        signed_on=clock.today(),
        method="paper",
        left_out=["aftercare"],
        version=given.version,
        now=clock.now(),
        today=clock.today(),
    )
    given.refresh_from_db()
    edited = edit_texts(
        actor=coach,
        summary_id=given.pk,
        texts={"aftercare": SECRET, "overall": "Uusi"},
        comment="",
        version=given.version,
        now=clock.now(),
    )
    assert edited.number == given.number + 1
    assert (edited.is_signed, edited.left_out) == (False, ["aftercare"])
    again = make_draft(
        actor=coach, enrolment_id=given.enrolment_id, now=clock.now(), today=clock.today(), even_if_same=True
    )
    assert again.left_out == ["aftercare"]


def test_two_versions_that_differ_in_what_is_left_out_have_two_hashes(given):
    from reports.summary.canonical import content_hash

    said = {"number": 1, "data": given.data, "texts": {}, "comment": ""}
    assert content_hash(**said) != content_hash(**said, left_out=["health"])
    assert content_hash(**said, left_out=["health", "aftercare"]) == content_hash(
        **said, left_out=["aftercare", "health"]
    )


def test_what_was_left_out_stays_so_when_its_block_goes_and_comes_back(whole, coach):
    summary = make_summary(whole)
    assert "employers" in summary.data
    summary.left_out = ["employers"]
    save_content(summary)
    whole.participant.consents.filter(item="work_trial").update(revoked_at=clock.now())
    assert "employers" not in make_summary(whole).data
    give_consents(whole.participant, items=("work_trial",))
    again = make_summary(whole)
    assert "employers" in again.data
    assert again.left_out == ["employers"]


def test_another_choice_meanwhile_does_not_forget_it(whole, coach):
    summary = make_summary(whole)
    summary.left_out = ["employers"]
    assert chosen_blocks(summary, ["opinions"]) == ["opinions"]
    del summary.data["employers"]
    assert chosen_blocks(summary, ["opinions"]) == ["opinions", "employers"]
