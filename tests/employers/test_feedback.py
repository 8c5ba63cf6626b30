"""The workplace's feedback: asked, drafted, given, corrected, answered by the participant."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import AuditEvent
from core import clock
from core.errors import DomainError, LinkGone, StaleVersion
from core.models import OutgoingMail
from employers.enums import FeedbackItem
from employers.models import EmployerFeedback
from employers.pages.feedback import feedback_desk_lines, feedback_timeline
from employers.registrations_guide import anonymise_feedback, feedback_section_of
from employers.services.feedback import (
    GivenAnswers,
    answer_feedback,
    ask_feedback,
    ask_feedback_at_end,
    give_feedback_by_link,
    record_feedback,
    remind_of_feedback,
    revoke_feedback_link,
)
from tests.support.factories import ContactPersonFactory
from tests.support.own_pages import go_in
from tests.support.workplace_links import hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ALL = dict.fromkeys(FeedbackItem.values, "4") | {"take_again": "yes", "assessor_name": "Ossi Ohjaaja"}


@pytest.fixture(autouse=True)
def _fresh_door():
    cache.clear()


def answers(value: int | None = 4, **more) -> GivenAnswers:
    return GivenAnswers(values=dict.fromkeys(FeedbackItem.values, value), take_again="yes", **more)


# --- by link ----------------------------------------------------------------------------------------
def test_the_assessor_answers_and_is_thanked(client, feedback_link, asked_feedback):
    data = {**ALL, "customers": "0", "succeeded": "Yhteydenpito 👍", "differently": "<b>Enemmän tietoa</b>"}
    response = client.post(feedback_link.path, data, follow=True)
    assert "Kiitos palautteesta" in response.content.decode()
    asked_feedback.refresh_from_db()
    assert (asked_feedback.channel, asked_feedback.recorded_by, asked_feedback.draft) == ("link", None, {})
    values = dict(asked_feedback.answers.values_list("item", "value"))
    assert values == {**dict.fromkeys(FeedbackItem.values, 4), "customers": None}
    event = AuditEvent.objects.get(action="feedback.given")
    assert (event.actor, event.actor_label) == (None, "workplace link")


@pytest.mark.parametrize(
    "wrong",
    [
        {"care": ""},
        {"care": "6"},
        {"care": "-1"},
        {"take_again": "x"},
        {"succeeded": "x" * 10_000},
        {"assessor_name": "\x00"},
    ],
)
def test_what_is_missing_or_wrong_is_told_and_everything_stays(client, feedback_link, asked_feedback, wrong):
    response = client.post(feedback_link.path, {**ALL, "differently": "Säilyy tässä", **wrong})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Säilyy tässä" in html
    assert html.count("checked") >= 9
    asked_feedback.refresh_from_db()
    assert asked_feedback.given_at is None


def test_an_unsent_form_is_kept_and_nobody_else_sees_it(
    client, client_of, coordinator, feedback_link, asked_feedback
):
    draft = {"care": "5", "succeeded": "Kesken vielä", "version": "9", "csrfmiddlewaretoken": "x"}
    response = client.post(f"{feedback_link.path}draft/", draft, headers={"X-Requested-With": "fetch"})
    assert response.json() == {"saved_at": "9.30"}
    assert "Kesken vielä" in client.get(feedback_link.path).content.decode()
    asked_feedback.refresh_from_db()
    assert asked_feedback.draft == {"care": "5", "succeeded": "Kesken vielä"}
    page = reverse("employers:placement", args=[asked_feedback.placement_id])
    assert "Kesken vielä" not in client_of(coordinator).get(page).content.decode()


def test_a_draft_that_is_too_long_is_refused_with_a_sentence(client, feedback_link, asked_feedback):
    response = client.post(f"{feedback_link.path}draft/", {"succeeded": "x" * 1001})
    assert response.status_code == 422
    assert "1000" in response.json()["message"]


def test_a_minute_of_autosave_does_not_lock_the_shop_out(client, feedback_link):
    draft = f"{feedback_link.path}draft/"
    headers = {"X-Requested-With": "fetch"}
    statuses = {client.post(draft, {"care": "5"}, headers=headers).status_code for _ in range(90)}
    assert statuses == {200}
    assert client.get(feedback_link.path).status_code == 200


def test_answers_are_corrected_until_the_participant_has_answered(
    client, feedback_link, asked_feedback, participant
):
    client.post(feedback_link.path, ALL)
    assert 'value="4"' in client.get(f"{feedback_link.path}?correct=1").content.decode()
    client.post(feedback_link.path, {**ALL, "care": "5"})
    assert asked_feedback.answers.get(item="care").value == 5
    asked_feedback.refresh_from_db()
    assert AuditEvent.objects.filter(action="feedback.corrected").count() == 1
    answer_feedback(
        participant_id=participant.pk,
        feedback_id=asked_feedback.pk,
        version=asked_feedback.version,
        agrees=True,
        comment="",
        now=clock.now(),
        actor_label="personal link",
    )
    assert client.post(feedback_link.path, {**ALL, "care": "1"}).status_code == 422
    assert asked_feedback.answers.get(item="care").value == 5
    assert "?correct" not in client.get(feedback_link.path).content.decode()


def test_a_link_taken_back_while_writing_keeps_the_words(client, feedback_link, asked_feedback, coordinator):
    revoke_feedback_link(actor=coordinator, feedback_id=asked_feedback.pk, now=clock.now())
    response = client.post(feedback_link.path, {**ALL, "succeeded": "Hyvin alkanut yhteistyö"})
    assert response.status_code == 410
    assert "Hyvin alkanut yhteistyö" in response.content.decode()
    with pytest.raises(LinkGone):
        give_feedback_by_link(link=feedback_link.link, answers=answers(), now=clock.now(), actor_label="x")


def test_each_assessor_has_an_own_link(client, begun_trial, coordinator, feedback_link, asked_feedback):
    other = ContactPersonFactory(employer=begun_trial.employer, name="Maija", email="maija@saha.example")
    given = ask_feedback(
        actor=coordinator, placement_id=begun_trial.pk, assessor_id=other.pk, by_mail=True, now=clock.now()
    )
    client.post(given.address.split("testserver")[-1].replace("http://127.0.0.1:8000", ""), ALL)
    assert EmployerFeedback.objects.given().get().assessor == other
    assert client.get(feedback_link.path).status_code == 200
    mail = OutgoingMail.objects.get(kind="feedback_asked")
    for word in ("Aino", "Koivuniemi", "Saha"):
        assert word not in mail.subject + mail.body


def test_a_hours_link_does_not_open_the_feedback(client, hours_link, feedback_link):
    assert client.get(f"/w/feedback/{hours_link.secret}/").status_code == 410
    assert client.get(f"/w/hours/{feedback_link.secret}/").status_code == 410


# --- asking -----------------------------------------------------------------------------------------
def test_the_ending_asks_the_guide_once(coordinator, begun_trial):
    first = ask_feedback_at_end(actor=coordinator, placement_id=begun_trial.pk, now=clock.now())
    assert first.assessor == begun_trial.guide
    assert ask_feedback_at_end(actor=coordinator, placement_id=begun_trial.pk, now=clock.now()) is None
    assert OutgoingMail.objects.filter(kind="feedback_asked").count() == 1


def test_a_protected_persons_workplace_is_not_mailed(coordinator, begun_trial, participant):
    participant.is_restricted = True
    participant.save(update_fields=["is_restricted"])
    waiting = ask_feedback_at_end(actor=coordinator, placement_id=begun_trial.pk, now=clock.now())
    assert waiting.asked_at is None
    assert not OutgoingMail.objects.exists()
    with pytest.raises(DomainError):
        remind_of_feedback(actor=coordinator, feedback_id=waiting.pk, now=clock.now())


def test_a_reminder_waits_24_hours_and_for_working_hours(coordinator, asked_feedback):
    common = {"actor": coordinator, "feedback_id": asked_feedback.pk}
    remind_of_feedback(now=clock.now(), **common)
    with pytest.raises(DomainError):
        remind_of_feedback(now=clock.now() + dt.timedelta(hours=2), **common)
    with pytest.raises(DomainError):
        remind_of_feedback(now=dt.datetime(2026, 2, 14, 10, tzinfo=dt.UTC), **common)  # a Saturday
    assert OutgoingMail.objects.count() == 1


def test_somebody_of_another_employer_is_not_asked(client_of, coordinator, begun_trial):
    stranger = ContactPersonFactory()
    address = reverse("employers:feedback-ask", args=[begun_trial.pk])
    for assessor in (stranger.pk, "9" * 30, "abc", ""):
        response = client_of(coordinator).post(address, {"assessor": assessor, "do": "mail"})
        assert response.status_code == 422
    assert not EmployerFeedback.objects.exists()


def test_before_the_start_nobody_is_asked(coordinator, placement, workplace_guide):
    with pytest.raises(DomainError):
        ask_feedback(
            actor=coordinator,
            placement_id=placement.pk,
            assessor_id=workplace_guide.pk,
            by_mail=False,
            now=clock.now(),
        )


# --- phone and paper --------------------------------------------------------------------------------
def test_the_coordinator_types_in_what_was_said(client_of, coordinator, asked_feedback):
    address = reverse("employers:feedback-record", args=[asked_feedback.placement_id, asked_feedback.pk])
    data = {**ALL, "channel": "phone", "version": "1"}
    assert client_of(coordinator).post(address, data).status_code == 302
    asked_feedback.refresh_from_db()
    assert (asked_feedback.channel, asked_feedback.recorded_by) == ("phone", coordinator)


def test_answers_that_came_meanwhile_are_not_overwritten(
    client, client_of, coordinator, feedback_link, asked_feedback
):
    address = reverse("employers:feedback-record", args=[asked_feedback.placement_id, asked_feedback.pk])
    client.post(feedback_link.path, {**ALL, "care": "5"})
    data = {**ALL, "care": "2", "channel": "phone", "version": "1"}
    response = client_of(coordinator).post(address, data)
    assert response.status_code == 422
    assert asked_feedback.answers.get(item="care").value == 5
    assert 'value="2" class' in response.content.decode() or "checked" in response.content.decode()
    with pytest.raises(StaleVersion):
        record_feedback(
            actor=coordinator,
            placement_id=asked_feedback.placement_id,
            feedback_id=asked_feedback.pk,
            version=1,
            answers=answers(2),
            channel="phone",
            now=clock.now(),
        )


def test_a_second_press_of_a_new_paper_saves_once(client_of, coordinator, begun_trial):
    address = reverse("employers:feedback-new", args=[begun_trial.pk])
    data = {**ALL, "channel": "paper", "version": "0"}
    for _ in range(2):
        assert client_of(coordinator).post(address, data).status_code == 302
    assert EmployerFeedback.objects.count() == 1


def test_another_trials_feedback_is_not_there(client_of, coordinator, begun_trial, asked_feedback):
    address = reverse("employers:feedback-record", args=[begun_trial.pk, asked_feedback.pk + 1])
    assert client_of(coordinator).get(address).status_code == 404


# --- the participant --------------------------------------------------------------------------------
def test_the_participant_reads_and_answers_and_both_stand_on_the_page(
    client_of, coordinator, given_feedback, participant
):
    inside = go_in(participant)
    html = inside.get(reverse("own_trial:trial")).content.decode()
    assert "Yhteydenpito toimi." in html
    assert "Työkokeiluni" in inside.get(reverse("own:front")).content.decode()
    prefix = f"feedback-{given_feedback.pk}"
    data = {
        f"{prefix}-agrees": "no",
        f"{prefix}-comment": "Opin nopeammin kuin tässä sanotaan.",
        f"{prefix}-version": "1",
    }
    address = reverse("own_trial:feedback-answer", args=[given_feedback.placement_id, given_feedback.pk])
    assert inside.post(address, data).status_code == 302
    given_feedback.refresh_from_db()
    assert given_feedback.agrees is False
    page = reverse("employers:placement", args=[given_feedback.placement_id])
    html = client_of(coordinator).get(page).content.decode()
    assert "Opin nopeammin kuin tässä sanotaan." in html
    assert "Yhteydenpito toimi." in html
    assert AuditEvent.objects.get(action="feedback.answered").actor is None


def test_feedback_that_was_corrected_since_it_was_read_is_shown_again_first(given_feedback, participant):
    EmployerFeedback.objects.filter(pk=given_feedback.pk).update(version=2)
    inside = go_in(participant)
    prefix = f"feedback-{given_feedback.pk}"
    data = {f"{prefix}-agrees": "yes", f"{prefix}-comment": "Hyvä näin", f"{prefix}-version": "1"}
    address = reverse("own_trial:feedback-answer", args=[given_feedback.placement_id, given_feedback.pk])
    response = inside.post(address, data)
    assert response.status_code == 422
    assert "Hyvä näin" in response.content.decode()
    assert inside.post(address, {**data, f"{prefix}-version": "2"}).status_code == 302


def test_the_participant_tells_of_a_concern(begun_trial, participant, coach):
    inside = go_in(participant)
    prefix = f"concern-{begun_trial.pk}"
    address = reverse("own_trial:concern", args=[begun_trial.pk])
    assert inside.post(address, {f"{prefix}-text": ""}).status_code == 422
    assert inside.post(address, {f"{prefix}-text": "En tiedä, keneltä kysyä."}).status_code == 302
    concern = begun_trial.concerns.get()
    assert (concern.source, concern.raised_by) == ("participant", None)
    assert OutgoingMail.objects.filter(recipient=coach.email).count() == 1
    assert "En tiedä, keneltä kysyä." in inside.get(reverse("own_trial:trial")).content.decode()


def test_another_persons_trial_is_not_there(begun_trial, given_feedback, office):
    from tests.support.factories import ParticipantFactory

    inside = go_in(ParticipantFactory(authority=office))
    assert inside.post(reverse("own_trial:concern", args=[begun_trial.pk]), {}).status_code == 404
    args = [begun_trial.pk, given_feedback.pk]
    assert inside.post(reverse("own_trial:feedback-answer", args=args), {}).status_code == 404


def test_a_protected_persons_workplace_stays_out_of_the_own_page(given_feedback, participant):
    given_feedback.succeeded = "Rautakauppa Sahan väki viihtyi."
    given_feedback.save(update_fields=["succeeded"])
    participant.is_restricted = True
    participant.save(update_fields=["is_restricted"])
    html = go_in(participant).get(reverse("own_trial:trial")).content.decode()
    assert "Saha" not in html
    assert "viihtyi" in html


# --- elsewhere --------------------------------------------------------------------------------------
def test_feedback_that_waits_comes_onto_the_desk_after_the_ending(asked_feedback, coordinator, coach, today):
    assert feedback_desk_lines(coordinator, today) == []
    trial = asked_feedback.placement
    trial.state, trial.ends_on = "completed", dt.date(2026, 2, 6)
    trial.save()
    assert [line.title for line in feedback_desk_lines(coordinator, today)] == ["Aino Koivuniemi"]


def test_it_stands_in_the_timeline_and_in_the_own_export_and_is_forgotten(
    given_feedback, enrolment, coach, participant
):
    assert len(list(feedback_timeline(enrolment, coach))) == 1
    assert "Yhteydenpito toimi." in str(feedback_section_of(participant))
    held = hold(given_feedback.placement, purpose="employer.feedback", subject_id=given_feedback.pk)
    assert anonymise_feedback(participant) == 1
    given_feedback.refresh_from_db()
    assert (given_feedback.succeeded, given_feedback.differently) == ("", "")
    assert given_feedback.answers.count() == 10
    held.link.token.refresh_from_db()
    assert held.link.token.revoked_at is not None


def test_the_response_rate_counts_who_was_asked_and_who_answered(given_feedback, begun_trial):
    other = ContactPersonFactory(employer=begun_trial.employer)
    EmployerFeedback.objects.create(placement=begun_trial, assessor=other, asked_at=clock.now())
    span = {"first": dt.date(2026, 2, 1), "last": dt.date(2026, 2, 28)}
    assert EmployerFeedback.objects.response_counts(**span) == {"asked": 2, "given": 1}
