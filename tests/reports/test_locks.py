"""Two people at one summary or one release at the same moment: nothing is lost, nobody gets an error."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse

from core import clock
from core.errors import DomainError
from reports.models import Delivery, FileJob, SummaryVersion
from reports.services import deliveries, own_summary, versions
from tests.support import factories
from tests.support.client import PolicedClient
from tests.support.deliveries import send
from tests.support.races import at_once, overtaken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
TODAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()


def something_new(summary) -> None:
    """The record moves on, so that the next making has something to write."""
    factories.GoalFactory(enrolment=summary.enrolment, number=9, text="Uusi tavoite")


def make(summary, coach):
    """The coach or a period end makes the summary again."""
    return versions.make_draft(actor=coach, enrolment_id=summary.enrolment_id, now=clock.now(), today=TODAY)


@pytest.fixture
def given(draft, coach, today):
    """Aino is reading her summary, and the record has moved on."""
    given = versions.give_to_participant(actor=coach, summary_id=draft.pk, version=draft.version)
    something_new(given)
    return given


def comment(given):
    return own_summary.comment_on_summary(
        participant_id=given.enrolment.participant_id,
        summary_id=given.pk,
        version=given.version,
        comment="Minun sanani",
        left_out=[],
        now=clock.now(),
    )


def approve(given, words: str):
    return own_summary.approve_own_summary(
        participant_id=given.enrolment.participant_id,
        summary_id=given.pk,
        version=given.version,
        comment=words,
        left_out=[],
        now=clock.now(),
        today=TODAY,
    )


# --- what is being written is not overwritten ---------------------------------------------------------
def test_a_release_in_the_making_is_not_superseded_by_a_new_draft(
    approved, coach, month, officer, client_of, monkeypatch
):
    something_new(approved)
    making = overtaken(monkeypatch, deliveries, "_deliver", lambda: make(approved, coach))
    send(approved)
    assert making.end().state == "draft"
    assert making.waited
    states = SummaryVersion.objects.filter(enrolment=approved.enrolment_id).order_by("number")
    assert list(states.values_list("state", flat=True)) == ["released", "draft"]
    assert "Koivuniemi" in client_of(officer).get(reverse("reports:inbox")).content.decode()


def test_the_participants_words_stay_when_the_summary_is_made_again(given, coach, monkeypatch):
    making = overtaken(monkeypatch, own_summary, "request_pdf", lambda: make(given, coach))
    comment(given)
    assert not isinstance(making.end(), Exception)
    given.refresh_from_db()
    assert given.participant_comment == "Minun sanani"
    assert "Uusi tavoite" in str(given.data)


@pytest.mark.parametrize("words", ["", "Minun sanani"])
def test_an_approval_meets_a_making_without_an_error_and_never_covers_other_words(
    given, coach, monkeypatch, words
):
    approval = overtaken(monkeypatch, versions, "_replace_content", lambda: approve(given, words))
    make(given, coach)
    assert approval.waited
    assert isinstance(approval.end(), DomainError)  # the words have changed: read them first
    given.refresh_from_db()
    assert given.signed_on is None


def test_the_coachs_text_stays_when_the_summary_is_made_again(draft, coach, monkeypatch, today):
    something_new(draft)
    making = overtaken(monkeypatch, versions, "save_content", lambda: make(draft, coach))
    versions.edit_texts(
        actor=coach,
        summary_id=draft.pk,
        texts={"overall": "Valmentajan teksti"},
        comment="",
        version=draft.version,
        now=clock.now(),
    )
    assert not isinstance(making.end(), Exception)
    draft.refresh_from_db()
    assert draft.texts == {"overall": "Valmentajan teksti"}
    assert "Uusi tavoite" in str(draft.data)


# --- nobody waits for ever ---------------------------------------------------------------------------------
def test_editing_an_approved_version_and_making_it_again_do_not_block_each_other(
    draft, coach, monkeypatch, today
):
    SummaryVersion.objects.filter(pk=draft.pk).update(
        signed_on=TODAY, signed_method="paper", state="participant_review"
    )
    something_new(draft)
    making = overtaken(monkeypatch, versions, "_next_version", lambda: make(draft, coach))
    versions.edit_texts(
        actor=coach,
        summary_id=draft.pk,
        texts={"overall": "x"},
        comment="",
        version=draft.version,
        now=clock.now(),
    )
    assert not isinstance(making.end(), Exception)


def test_the_office_types_the_code_while_the_coach_sends_again(sent, coach, monkeypatch):
    client = PolicedClient()
    client.raise_request_exception = False
    at_the_door = overtaken(
        monkeypatch,
        deliveries,
        "revoke_link_tokens",
        lambda: client.post(sent.path, {"code": sent.code}).status_code,
    )
    deliveries.send_again(actor=coach, delivery_id=sent.pk, version=sent.delivery.version, now=clock.now())
    assert at_the_door.waited
    assert at_the_door.end() == 410


# --- once ---------------------------------------------------------------------------------------
def test_four_presses_of_one_link_button_make_one_link(month, office, approved, coach):
    SummaryVersion.objects.filter(pk=approved.pk).update(
        state="released", recipient=office, released_by=coach, released_at=clock.now()
    )

    def press():
        return deliveries.deliver_released(
            actor=coach, month_id=month.pk, authority_id=office.pk, now=clock.now(), today=TODAY
        )

    answers = at_once(*[press] * 4)
    assert Delivery.objects.count() == 1
    assert sum(isinstance(answer, DomainError) for answer in answers) == 3


def test_four_presses_for_all_files_make_one(sent):
    client = PolicedClient()
    client.post(sent.path, {"code": sent.code})
    answers = at_once(*[lambda: client.post(sent.to("all")).status_code] * 4)
    assert answers == [302] * 4
    assert FileJob.objects.count() == 1
