"""The pages of leads: what they answer, what they keep, whom they name."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from employers.models import JobLead, LeadMatch
from tests.support.factories import (
    ContactPersonFactory,
    EmployerFactory,
    EnrolmentFactory,
    MonthFactory,
)
from tests.support.leads import LeadFactory, LeadMatchFactory
from tests.support.queries import assert_queries_do_not_grow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}


def page(client, name, *args, **query):
    return client.get(reverse(f"employers:{name}", args=args), query)


def send(client, name, *args, data=None, **extra):
    return client.post(reverse(f"employers:{name}", args=args), data or {}, **extra)


def text_of(response) -> str:
    return response.content.decode()


def form_of(lead, **changes):
    """What the edit form sends for this lead."""
    data = {
        "kind": lead.kind,
        "title": lead.title,
        "workplace_name": lead.workplace_name,
        "city": lead.city,
        "tasks": lead.tasks,
        "heard_on": "3.2.2026",
        "version": lead.version,
    }
    return {**data, **changes}


# --- adding ---------------------------------------------------------------------------------------
def test_a_hidden_job_is_shared_with_two_words(client_of, coach, other_coach):
    sent = {"title": "Tiskaaja", "workplace_name": "Kahvila Kaneli", "kind": "hidden_job"}
    response = send(client_of(coach), "lead-quick", data=sent, follow=True)
    assert "Tiskaaja" in text_of(response)
    assert "Tiskaaja" in text_of(page(client_of(other_coach), "lead-board"))


@pytest.mark.parametrize(
    "typed",
    [{"title": "  "}, {"title": "a" * 161}, {"title": "a\x00b"}, {"workplace_name": ""}, {"kind": "x"}],
)
def test_a_quick_lead_that_cannot_be_keeps_what_was_typed(client_of, coach, typed):
    sent = {"title": "Tiskaaja", "workplace_name": "Kahvila Kaneli", "kind": "hidden_job", **typed}
    response = send(client_of(coach), "lead-quick", data=sent)
    assert response.status_code == 422
    kept = "Kahvila Kaneli" if "workplace_name" not in typed else "Tiskaaja"
    assert kept in text_of(response)
    assert not JobLead.objects.exists()


def test_what_looks_like_code_or_runs_right_to_left_stays_text(client_of, coach):
    title = "<script>alert(1)</script> عامل 🙂"
    sent = {"title": title, "workplace_name": "Kahvila", "kind": "gig"}
    response = send(client_of(coach), "lead-quick", data=sent, follow=True)
    assert "&lt;script&gt;" in text_of(response)
    assert "عامل 🙂" in text_of(response)


def test_from_the_employers_page_the_workplace_is_chosen_already(client_of, coordinator, workplace):
    ContactPersonFactory(employer=workplace, name="Eero Esimies")
    response = client_of(coordinator).get(reverse("employers:lead-new"), {"employer": workplace.pk})
    html = text_of(response)
    assert re.search(rf'<option value="{workplace.pk}" selected', html)
    assert "Eero Esimies" in html


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 30, "٣"])
def test_an_odd_employer_in_the_address_is_none(client_of, coach, asked):
    response = client_of(coach).get(reverse("employers:lead-new"), {"employer": asked})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"heard_on": "31.2.2026"}, "heard_on"),
        ({"heard_on": "11.2.2026"}, "heard_on"),
        ({"apply_by": "1.1.2026"}, "apply_by"),
        ({"tasks": "x" * 10_000}, "tasks"),
        ({"requirements": "x" * 1001}, "requirements"),
        ({"workplace_name": ""}, "workplace_name"),
        ({"employer": "999999999"}, "employer"),
        ({"employer": "x"}, "employer"),
        ({"owner": "999999999"}, "owner"),
        ({"title": "a\x00"}, "title"),
    ],
)
def test_a_lead_that_cannot_be_is_answered_at_its_field(client_of, coach, lead, typed, field):
    response = send(client_of(coach), "lead-edit", lead.pk, data=form_of(lead, **typed))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert lead.title in text_of(response)
    lead.refresh_from_db()
    assert lead.version == 1


def test_somebody_of_another_workplace_cannot_be_chosen(client_of, coordinator, workplace):
    lead = LeadFactory(employer=workplace, workplace_name="")
    stranger = ContactPersonFactory()
    sent = form_of(lead, employer=workplace.pk, contact_person=stranger.pk)
    response = send(client_of(coordinator), "lead-edit", lead.pk, data=sent)
    assert response.status_code == 422
    assert "contact_person" in response.context["form"].errors


def test_two_who_edit_one_lead_see_both_versions(client_of, coach, coordinator, lead):
    send(client_of(coordinator), "lead-edit", lead.pk, data=form_of(lead, title="Astiahuoltaja"))
    response = send(client_of(coach), "lead-edit", lead.pk, data=form_of(lead, title="Keittiöapu"))
    html = text_of(response)
    assert response.status_code == 422
    assert "Astiahuoltaja" in html
    assert 'value="Keittiöapu"' in html
    assert 'name="version" value="2"' in html
    again = send(client_of(coach), "lead-edit", lead.pk, data=form_of(lead, title="Keittiöapu", version=2))
    assert again.status_code == 302


def test_the_register_is_offered_when_a_like_name_stands_in_it(client_of, coach, lead):
    kaneli = EmployerFactory(name="Lounaskahvila Kaneli Oy")
    html = text_of(page(client_of(coach), "lead", lead.pk))
    assert "Lounaskahvila Kaneli Oy" in html
    send(client_of(coach), "lead-workplace", lead.pk, data={"employer": kaneli.pk})
    lead.refresh_from_db()
    assert lead.employer == kaneli


@pytest.mark.parametrize("chosen", ["", "x", "999999999", "9" * 30])
def test_a_workplace_that_is_not_there_is_not_joined(client_of, coach, lead, workplace, chosen):
    response = send(client_of(coach), "lead-workplace", lead.pk, data={"employer": chosen})
    assert response.status_code == 422
    lead.refresh_from_db()
    assert lead.employer is None


def test_the_register_is_searched_for_the_workplace(client_of, coach, lead, workplace):
    EmployerFactory(name="Muu Paja")
    response = send(client_of(coach), "lead-workplace", lead.pk, data={"q": "saha"}, follow=True)
    assert "Rautakauppa Saha Oy" in text_of(response)
    assert "Muu Paja" not in text_of(response)


# --- the list -------------------------------------------------------------------------------------
def titles(response) -> list[str]:
    return [card.lead.title for card in response.context["cards"]]


def test_the_list_is_filtered_and_searched(client_of, coach, other_coach, enrolment):
    mine = LeadFactory(title="Oma", created_by=coach, kind="gig", city="Forssa")
    owned = LeadFactory(title="Hoidettu", owner=other_coach)
    LeadMatchFactory(lead=owned, enrolment=enrolment)
    LeadFactory(title="Vanha", stage="closed", closed_reason="Täytetty")
    still = LeadFactory(title="Pysähtynyt", stage_since=dt.date(2026, 1, 1))
    client = client_of(coach)
    assert set(titles(page(client, "leads"))) == {mine.title, owned.title, still.title}
    for query, found in (
        ({"kind": "gig"}, {"Oma"}),
        ({"city": "Forssa"}, {"Oma"}),
        ({"city": "Olematon"}, {"Oma", "Hoidettu", "Pysähtynyt"}),
        ({"whose": "mine"}, {"Oma"}),
        ({"whose": "nobody"}, {"Oma", "Pysähtynyt"}),
        ({"whose": "unlinked"}, {"Oma", "Pysähtynyt"}),
        ({"stage": "closed"}, {"Vanha"}),
        ({"stage": "still"}, {"Pysähtynyt"}),
        ({"stage": "all"}, {"Oma", "Hoidettu", "Vanha", "Pysähtynyt"}),
        ({"stage": "x", "kind": "\x00"}, {"Oma", "Hoidettu", "Pysähtynyt"}),
    ):
        assert set(titles(page(client, "leads", **query))) == found, query
    searched = send(client, "leads", data={"q": "hoid", "city": ""}, follow=True)
    assert titles(searched) == ["Hoidettu"]


def test_a_search_leaves_no_words_in_the_address(client_of, coach, lead):
    response = send(client_of(coach), "leads", data={"q": "tiskaaja", "kind": "hidden_job"})
    assert "tiskaaja" not in response.url
    assert "kind=hidden_job" in response.url


@pytest.mark.parametrize("name", ["leads", "lead-board"])
def test_lists_of_leads_make_the_same_queries_at_any_size(client_of, coach, name, month):
    client = client_of(coach)

    def grow():
        for number in range(25):
            lead = LeadFactory(owner=coach, employer=EmployerFactory(), stage="need")
            LeadMatchFactory(lead=lead)
            LeadFactory(stage="closed", closed_reason=f"Syy {number}", stage_since=dt.date(2026, 2, 9))

    LeadMatchFactory(lead=LeadFactory(owner=coach, employer=EmployerFactory()))
    LeadFactory(stage="closed", closed_reason="Syy", stage_since=dt.date(2026, 2, 9))
    assert_queries_do_not_grow(client, reverse(f"employers:{name}"), grow, at_most=9)


def test_a_lead_makes_the_same_queries_whoever_many_are_linked(client_of, coach, lead, month):
    def grow():
        for _ in range(8):
            LeadMatchFactory(lead=lead, enrolment=EnrolmentFactory(month=month))

    LeadMatchFactory(lead=lead, enrolment=EnrolmentFactory(month=month))
    client = client_of(coach)
    assert_queries_do_not_grow(client, reverse("employers:lead", args=[lead.pk]), grow, at_most=14)


# --- the board ------------------------------------------------------------------------------------
def test_every_open_lead_stands_in_its_stage_and_the_newest_of_the_ended(client_of, coach):
    LeadFactory(title="Alussa")
    for number in range(7):
        LeadFactory(
            title=f"Päättynyt {number}",
            stage="closed",
            closed_reason="Syy",
            stage_since=dt.date(2026, 2, 1 + number),
        )
    LeadFactory(title="Kauan sitten", stage="filled", stage_since=dt.date(2025, 6, 1))
    columns = {c.stage: c for c in page(client_of(coach), "lead-board").context["columns"]}
    assert [card.lead.title for card in columns["hint"].cards] == ["Alussa"]
    assert columns["closed"].count == 7
    assert [card.lead.title for card in columns["closed"].cards] == [
        f"Päättynyt {n}" for n in (6, 5, 4, 3, 2)
    ]
    assert columns["filled"].count == 0


def test_two_hundred_cards_stand_on_one_board(client_of, coach):
    for number in range(200):
        LeadFactory(title=f"Vihje {number}", created_by=coach)
    response = page(client_of(coach), "lead-board")
    assert text_of(response).count('class="lead-card"') == 200
    assert not response.context["has_more"]


def test_only_cards_that_one_may_move_can_be_taken(client_of, coach, other_coach, lead):
    assert "data-move-url" in text_of(page(client_of(coach), "lead-board"))
    assert "data-move-url" not in text_of(page(client_of(other_coach), "lead-board"))


def test_a_card_is_moved_by_a_plain_form(client_of, coach, lead):
    sent = {"target": "contacted", "version": 1, "from": "board"}
    response = send(client_of(coach), "lead-move", lead.pk, data=sent)
    assert response.url == reverse("employers:lead-board")
    lead.refresh_from_db()
    assert (lead.stage, lead.stage_since) == ("contacted", dt.date(2026, 2, 10))


def test_the_script_gets_the_card_as_it_stands(client_of, coach, lead):
    response = send(client_of(coach), "lead-move", lead.pk, data={"target": "need", "version": 1}, **FETCH)
    answer = response.json()
    assert (answer["stage"], answer["message"]) == ("need", "")
    assert 'data-version="2"' in answer["card"]
    assert f'id="lead-{lead.pk}"' in answer["card"]


def test_a_stale_card_comes_back_refreshed_with_a_sentence(client_of, coach, lead):
    client = client_of(coach)
    send(client, "lead-move", lead.pk, data={"target": "interview", "version": 1})
    stale = {"target": "need", "version": 1}
    by_script = send(client, "lead-move", lead.pk, data=stale, **FETCH)
    assert by_script.status_code == 422
    assert by_script.json()["stage"] == "interview"
    assert "Joku muu" in by_script.json()["message"]
    plain = send(client, "lead-move", lead.pk, data={**stale, "from": "board"})
    assert plain.status_code == 422
    assert "Joku muu" in text_of(plain)
    assert send(client, "lead-move", lead.pk, data=stale).status_code == 422


@pytest.mark.parametrize(("target", "name"), [("passed_on", "lead-pass"), ("closed", "lead-close")])
def test_passing_on_and_closing_ask_first(client_of, coach, lead, target, name):
    address = reverse(f"employers:{name}", args=[lead.pk])
    sent = {"target": target, "version": 1}
    client = client_of(coach)
    assert send(client, "lead-move", lead.pk, data=sent).url == address
    assert send(client, "lead-move", lead.pk, data=sent, **FETCH).json() == {"go": address}
    lead.refresh_from_db()
    assert lead.stage == "hint"


@pytest.mark.parametrize(
    "sent", [{}, {"target": "x", "version": 1}, {"target": "need"}, {"target": "need", "version": "-1"}]
)
def test_a_move_that_makes_no_sense_is_refused_in_words(client_of, coach, lead, sent):
    assert send(client_of(coach), "lead-move", lead.pk, data=sent).status_code == 422
    assert send(client_of(coach), "lead-move", lead.pk, data=sent, **FETCH).json()["stage"] == "hint"


def test_a_closed_lead_opens_where_it_stood(client_of, coach, lead):
    client = client_of(coach)
    send(client, "lead-move", lead.pk, data={"target": "interview", "version": 1})
    send(client, "lead-close", lead.pk, data={"closed_reason": "Ottivat muun", "version": 2})
    lead.refresh_from_db()
    assert (lead.stage, lead.closed_reason) == ("closed", "Ottivat muun")
    send(client, "lead-reopen", lead.pk)
    send(client, "lead-reopen", lead.pk)
    lead.refresh_from_db()
    assert lead.stage == "interview"
    html = text_of(page(client, "lead", lead.pk))
    assert "Avasi vihjeen uudelleen" in html
    assert "7 päivää edellisessä vaiheessa" in html


# --- the text, and passing on ---------------------------------------------------------------------
def test_the_text_is_proposed_kept_and_printed(client_of, coach, lead):
    client = client_of(coach)
    assert "Iltavuoron tiskaaja" in text_of(page(client, "lead-share", lead.pk))
    assert page(client, "lead-share-print", lead.pk).status_code == 302
    send(client, "lead-share", lead.pk, data={"share_text": "Tiskaaja iltaisin.", "version": 1})
    assert "Tiskaaja iltaisin." in text_of(page(client, "lead-share-print", lead.pk))


def test_a_name_in_the_text_is_refused_and_the_text_stays_in_the_form(client_of, coach, lead, lead_match):
    typed = {"share_text": "Aino Koivuniemi tiskaisi mielellään.", "version": 1}
    response = send(client_of(coach), "lead-share", lead.pk, data=typed)
    assert response.status_code == 422
    assert "share_text" in response.context["form"].errors
    assert "Aino Koivuniemi tiskaisi" in text_of(response)
    lead.refresh_from_db()
    assert lead.share_text == ""


def test_an_officer_reads_what_was_passed_and_no_people(client_of, coach, officer, lead, lead_match, office):
    JobLead.objects.filter(pk=lead.pk).update(known_by="Liisa naapurista")
    sent = {
        "authority": office.pk,
        "passed_on": "10.2.2026",
        "share_text": "Tiskaaja iltaisin.",
        "version": 1,
    }
    assert send(client_of(coach), "lead-pass", lead.pk, data=sent).status_code == 302
    client = client_of(officer)
    inbox, shared = text_of(page(client, "leads-passed")), text_of(page(client, "lead", lead.pk))
    assert "Iltavuoron tiskaaja" in inbox
    assert "Tiskaaja iltaisin." in shared
    for secret in ("Aino", "Koivuniemi", "Liisa", "Sanna", "liitetty"):
        assert secret not in inbox + shared


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"authority": ""}, "authority"),
        ({"passed_on": "30.2.2026"}, "passed_on"),
        ({"passed_on": "11.2.2026"}, "passed_on"),
        ({"share_text": "x" * 1001}, "share_text"),
        ({"share_text": "Soita 040 123 4567"}, "share_text"),
    ],
)
def test_passing_on_is_answered_at_the_field(client_of, coach, lead, office, typed, field):
    sent = {"authority": office.pk, "passed_on": "10.2.2026", "share_text": "Tiskaaja.", "version": 1}
    response = send(client_of(coach), "lead-pass", lead.pk, data={**sent, **typed})
    assert response.status_code == 422
    assert field in response.context["form"].errors


# --- people ---------------------------------------------------------------------------------------
def test_only_people_of_own_months_are_named_others_are_counted(client_of, coach, lead, lead_match):
    stranger = EnrolmentFactory(
        month=MonthFactory(), participant__first_name="Outi", participant__last_name="Outola"
    )
    LeadMatchFactory(lead=lead, enrolment=stranger)
    html = text_of(page(client_of(coach), "lead", lead.pk))
    assert "Aino Koivuniemi" in html
    assert "Outola" not in html
    assert "1 henkilö toisesta kuukaudesta" in html


def test_somebody_of_anothers_month_cannot_be_linked(client_of, coach, lead, enrolment):
    stranger = EnrolmentFactory(month=MonthFactory())
    client = client_of(coach)
    assert send(client, "lead-link", lead.pk, data={"enrolment": stranger.pk}).status_code == 422
    assert send(client, "lead-link", lead.pk, data={"enrolment": enrolment.pk}).status_code == 302
    assert LeadMatch.objects.get().enrolment == enrolment


def test_how_it_stands_is_changed_and_somebody_taken_off(client_of, coach, lead_match):
    client = client_of(coach)
    sent = {"state": "interested", "note": "Aamut sopivat"}
    assert send(client, "lead-match", lead_match.pk, data=sent).status_code == 302
    lead_match.refresh_from_db()
    assert (lead_match.state, lead_match.note) == ("interested", "Aamut sopivat")
    too_long = {"state": "interested", "note": "x" * 201}
    assert send(client, "lead-match", lead_match.pk, data=too_long).status_code == 422
    send(client, "lead-match", lead_match.pk, data={"remove": "1"})
    assert not LeadMatch.objects.exists()


def test_a_protected_person_is_not_named_before_the_file_was_opened(client_of, coach, lead, lead_match):
    person = lead_match.enrolment.participant
    person.is_restricted = True
    person.save(update_fields=["is_restricted"])
    client = client_of(coach)
    assert "Koivuniemi" not in text_of(page(client, "lead", lead.pk))
    response = send(client, "lead-match", lead_match.pk, data={"state": "chosen", "note": ""})
    assert response.status_code == 302
    lead_match.refresh_from_db()
    assert lead_match.state == "suggested"


def test_a_manager_reads_numbers_and_writes_nothing(client_of, manager, lead, lead_match):
    html = text_of(page(client_of(manager), "lead", lead.pk))
    assert "Koivuniemi" not in html
    assert "<form" not in html.split('id="main"')[1].split("site-footer")[0].replace("log-out", "")
