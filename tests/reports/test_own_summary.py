"""The participant reads, comments and approves the summary by the personal link."""

import pytest

from accounts.models import AuditEvent
from core import clock
from reports.services.versions import edit_texts, give_to_participant, take_back_summary
from tests.support.own_pages import go_in


@pytest.fixture
def given(draft, coach, own_files, today):
    """Aino's summary, given to her to be read."""
    return give_to_participant(actor=coach, summary_id=draft.pk, version=draft.version)


@pytest.fixture
def inside(given):
    return go_in(given.enrolment.participant)


def answer(summary, **more):
    return {"summary": summary.pk, "version": summary.version, "comment": ""} | more


def test_a_draft_is_not_shown(draft, today):
    assert go_in(draft.enrolment.participant).get("/o/summary/").status_code == 404


def test_the_exact_text_is_read(inside, given):
    response = inside.get("/o/summary/")
    assert response.status_code == 200
    assert response.context["page"]["page_one"]
    assert "/o/summary/" in inside.get("/o/").content.decode()


def test_the_approval_has_its_day_and_way(inside, given, today):
    response = inside.post("/o/summary/", answer(given, comment="Hyvä näin.", approve="1"))
    assert response["Location"] == "/o/summary/"
    given.refresh_from_db()
    assert (given.signed_on, given.signed_method) == (today, "link")
    assert given.participant_comment == "Hyvä näin."
    event = AuditEvent.objects.get(action="summary.signed_by_participant")
    assert (event.actor, event.actor_label) == (None, "participant link")


def test_a_comment_alone_approves_nothing(inside, given):
    before = given.content_hash
    inside.post("/o/summary/", answer(given, comment="Työpaikan nimi on väärin."))
    given.refresh_from_db()
    assert given.signed_on is None
    assert given.content_hash != before


def test_what_the_coach_changed_meanwhile_is_not_approved_unseen(inside, given, coach):
    take_back_summary(actor=coach, summary_id=given.pk, version=given.version)
    given.refresh_from_db()
    edited = edit_texts(
        actor=coach,
        summary_id=given.pk,
        texts={"overall": "Uusi"},
        comment="",
        version=given.version,
        now=clock.now(),
    )
    give_to_participant(actor=coach, summary_id=edited.pk, version=edited.version)
    response = inside.post("/o/summary/", answer(given, version=1, comment="Oma sana", approve="1"))
    assert response.status_code == 422
    assert "Oma sana" in response.content.decode()
    given.refresh_from_db()
    assert given.signed_on is None


def test_a_version_taken_back_cannot_be_approved(inside, given, coach):
    take_back_summary(actor=coach, summary_id=given.pk, version=given.version)
    assert inside.post("/o/summary/", answer(given, approve="1")).status_code == 404


def test_approving_twice_is_told_and_changes_nothing(inside, given):
    inside.post("/o/summary/", answer(given, approve="1"))
    assert inside.post("/o/summary/", answer(given, approve="1")).status_code == 422
    assert AuditEvent.objects.filter(action="summary.signed_by_participant").count() == 1


def test_another_persons_summary_is_out_of_reach(given, referred, today):
    stranger = go_in(referred)
    assert stranger.get("/o/summary/").status_code == 404
    assert stranger.post("/o/summary/", answer(given, approve="1")).status_code == 404
    given.refresh_from_db()
    assert given.signed_on is None


WRONG = [{"comment": "a" * 10_000}, {"comment": "\x00"}, {"version": "-1"}, {"summary": "x"}]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_saved_is_said(inside, given, wrong):
    assert inside.post("/o/summary/", answer(given, approve="1") | wrong).status_code == 422
    given.refresh_from_db()
    assert given.signed_on is None


def test_the_comment_is_kept_while_it_is_written(inside, given):
    inside.post("/o/summary/draft/", {"comment": "kesken"}, headers={"X-Requested-With": "fetch"})
    assert "kesken" in inside.get("/o/summary/").content.decode()
    given.refresh_from_db()
    assert given.participant_comment == ""


def test_a_protected_persons_summary_that_names_a_place_is_read_with_the_coach(given, today):
    given.enrolment.target_workplaces.create(name="Kukkakauppa Oy", colour="green")
    given.texts = {**given.texts, "plan_text": "Jatkaa, Kukkakauppa odottaa."}
    given.save(update_fields=["texts"])
    person = given.enrolment.participant
    person.is_restricted = True
    person.save(update_fields=["is_restricted"])
    client = go_in(person)
    for status, response in (
        (200, client.get("/o/summary/")),
        (422, client.post("/o/summary/", answer(given, approve="1"))),
    ):
        assert response.status_code == status
        assert "Kukkakauppa" not in response.content.decode()
    given.refresh_from_db()
    assert given.signed_on is None


def test_a_protected_persons_summary_without_places_is_read_by_the_link(given, today):
    given.data, given.texts = {"basics": given.data["basics"]}, {"plan_text": "Jatkaa opintoja."}
    given.save(update_fields=["data", "texts"])
    person = given.enrolment.participant
    person.is_restricted = True
    person.save(update_fields=["is_restricted"])
    assert "Jatkaa opintoja." in go_in(person).get("/o/summary/").content.decode()


def test_the_document_speaks_its_own_language_whatever_the_page_speaks(inside, given):
    def document(reading):
        inside.post("/o/reading/", {"reading": reading, "next": "/o/"})
        page = inside.get("/o/summary/").content.decode()
        return page[page.index("<article") : page.index("</article>")]

    assert document("en") == document("sv") == document("fi")
