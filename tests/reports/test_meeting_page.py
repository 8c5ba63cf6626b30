"""The page of the three, the officer's own page and the pages of aftercare, as people meet them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import Discussion
from participants.models import Consent
from reports.models import Aftercare, AftercareUse, Decision, HealthNeed, SummaryVersion
from reports.pages.meeting_lines import meeting_lines, meeting_panel
from reports.services.decisions import record_decision, record_health_need
from tests.support import factories
from tests.support.aftercare import agreed_aftercare, given
from tests.support.summaries import make_summary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "own_files")]
TODAY = dt.date(2026, 2, 10)
NOW = dt.datetime(2026, 2, 10, 6, tzinfo=dt.UTC)
TYPED = {
    "base_version": "0",
    "talk_version": "0",
    "kind": "study",
    "school": "Hämeen ammattiopisto",
    "programme": "Logistiikka",
    "starts_on": "2.3.2026",
    "decided_on": "10.2.2026",
    "decided_by_name": "Veera Virkailija",
    "participant_comment": "Tätä toivoin.",
    "held_on": "10.2.2026",
    "present": "Aino, Sanna, Veera",
    "participant_view": "Lähden opiskelemaan.",
    "coach_view": "Aino on valmis.",
}


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    from reports.tasks import make_summary_pdf

    monkeypatch.setattr(make_summary_pdf, "apply_async", lambda *args, **options: None)


def of(name, enrolment):
    return reverse(f"reports:{name}", args=[enrolment.pk])


def text(answer) -> str:
    return answer.content.decode()


# --- the page of the three --------------------------------------------------------------------------
def test_goal_page_one_and_proposal_stand_on_one_screen(client_of, coach, whole):
    make_summary(whole)
    page = text(client_of(coach).get(of("meeting", whole)))
    assert "Haluan löytää työn, jossa jaksan." in page
    assert "Rautakauppa Saha" in page
    assert "Mitä jaksolla tapahtui" in page
    assert "Teksti työllistymissuunnitelmaan" in page
    viewed = AuditEvent.objects.filter(action="participant.viewed", participant_id=whole.participant_id)
    assert viewed.count() == 1


def test_without_a_summary_the_page_offers_to_make_one(client_of, coach, whole):
    client = client_of(coach)
    assert of("meeting-next-version", whole) in text(client.get(of("meeting", whole)))
    client.post(of("meeting-next-version", whole))
    assert SummaryVersion.objects.filter(enrolment=whole).count() == 1


def test_the_form_begins_with_the_proposal_and_the_own_officer(client_of, coach, whole, officer):
    whole.participant.officer = officer
    whole.participant.save()
    form = client_of(coach).get(of("meeting", whole)).context["form"]
    assert (form["kind"].value(), form["workplace"].value()) == ("work_trial", "Rautakauppa Saha")
    assert form.initial["decided_by"] == officer
    assert "Olli Virkailija" in form["present"].value()
    assert form["coach_view"].value() == "Aino otti ison askeleen."


def test_one_button_records_decision_and_discussion(client_of, coach, whole):
    answer = client_of(coach).post(of("meeting", whole), TYPED)
    assert answer.url == of("meeting", whole)
    decision = Decision.objects.get(enrolment=whole)
    assert (decision.where, decision.programme) == ("Hämeen ammattiopisto", "Logistiikka")
    assert Discussion.objects.get(enrolment=whole, kind="three_party").agreed == ""


def test_a_second_click_on_the_button_records_once(client_of, coach, whole):
    client = client_of(coach)
    for _click in range(2):
        assert client.post(of("meeting", whole), TYPED).status_code == 302
    assert AuditEvent.objects.filter(action="decision.recorded").count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("service", {"service": "Kuntoutus"}),
        ("school", {"school": ""}),
        ("decided_on", {"decided_on": "31.2.2026"}),
        ("decided_on", {"decided_on": "11.2.2026"}),
        ("ends_on", {"ends_on": "1.3.2026"}),
        ("decided_by", {"decided_by_name": ""}),
        ("decided_by", {"decided_by": "999999"}),
        ("coach_view", {"coach_view": ""}),
        ("held_on", {"held_on": "11.2.2026"}),
        ("conditions", {"conditions": "x" * 1001}),
        ("participant_view", {"participant_view": "x" * 10_000}),
        ("present", {"present": "a\x00b"}),
        ("base_version", {"base_version": "-1"}),
        ("kind", {"kind": ""}),
    ],
)
def test_bad_input_is_answered_at_its_field_with_everything_kept(client_of, coach, whole, field, typed):
    answer = client_of(coach).post(of("meeting", whole), {**TYPED, **typed})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Tätä toivoin." in text(answer)
    assert not Decision.objects.exists()


def test_script_emoji_and_right_to_left_words_stand_as_they_were_typed(client_of, coach, whole):
    words = "<script>alert(1)</script> 🙂 مرحبا"
    client = client_of(coach)
    client.post(of("meeting", whole), {**TYPED, "participant_comment": words})
    assert Decision.objects.get().participant_comment == words
    assert "<script>alert(1)" not in text(client.get(of("meeting", whole)))


def test_two_tabs_see_both_versions_and_saving_again_is_a_decision(client_of, coach, whole):
    client = client_of(coach)
    client.post(of("meeting", whole), TYPED)
    answer = client.post(of("meeting", whole), {**TYPED, "programme": "Lähihoitaja"})
    assert answer.status_code == 422
    assert ("Logistiikka", "Lähihoitaja") in [row[1:] for row in answer.context["conflict"]]
    again = {**TYPED, "programme": "Lähihoitaja", "base_version": "1", "talk_version": "1"}
    assert client.post(of("meeting", whole), again).status_code == 302
    assert Decision.objects.get().programme == "Lähihoitaja"


def test_a_decision_after_the_summary_asks_for_the_next_version(client_of, coach, released):
    client, enrolment = client_of(coach), released.enrolment
    client.post(of("meeting", enrolment), TYPED)
    page = text(client.get(of("meeting", enrolment)))
    assert of("meeting-next-version", enrolment) in page
    assert meeting_lines(coach, {}, TODAY)
    client.post(of("meeting-next-version", enrolment))
    client.post(of("meeting-next-version", enrolment))  # a double click makes one
    assert sorted(SummaryVersion.objects.values_list("number", "state")) == [(1, "released"), (2, "draft")]


def test_the_page_says_what_the_participant_has_not_allowed(client_of, coach, whole):
    client = client_of(coach)
    assert not client.get(of("meeting", whole)).context["page"].not_allowed
    Consent.objects.filter(item="goals").update(revoked_at=NOW)
    assert len(client.get(of("meeting", whole)).context["page"].not_allowed) == 1


def test_a_protected_person_opens_with_a_reason(client_of, coach, whole):
    whole.participant.is_restricted = True
    whole.participant.save()
    answer = client_of(coach).get(of("meeting", whole))
    assert answer.url == reverse("participants:participant-detail", args=[whole.participant_id])


# --- health -----------------------------------------------------------------------------------------
def test_the_need_shows_in_the_meeting_only_with_its_consent(client_of, coach, whole):
    record_health_need(
        actor=coach,
        enrolment_id=whole.pk,
        base_version=0,
        today=TODAY,
        is_needed=True,
        referred_to="Työttömän terveystarkastus",
        referred_on=None,
    )
    client = client_of(coach)
    assert "Työttömän terveystarkastus" not in text(client.get(of("meeting", whole)))
    factories.ConsentFactory(participant=whole.participant, item="health")
    assert "Työttömän terveystarkastus" in text(client.get(of("meeting", whole)))


def test_health_is_recorded_on_its_own_page(client_of, coach, enrolment):
    client = client_of(coach)
    typed = {"base_version": "0", "is_needed": "no", "referred_to": "Lääkäri"}
    refused = client.post(of("health-need", enrolment), typed)
    assert refused.status_code == 422
    assert "Lääkäri" in text(refused)
    client.post(of("health-need", enrolment), {**typed, "is_needed": "yes"})
    assert HealthNeed.objects.get().is_needed
    stale = client.post(of("health-need", enrolment), {**typed, "is_needed": "yes", "referred_to": "Toinen"})
    assert [row[1:] for row in stale.context["conflict"]] == [("Lääkäri", "Toinen")]


# --- the officer ------------------------------------------------------------------------------------
def test_the_officer_records_the_own_decision(client_of, officer, released):
    page = reverse("reports:officer-decision", args=[released.pk])
    typed = {"base_version": "0", "kind": "none", "decided_on": "10.2.2026"}
    assert client_of(officer).post(page, typed).status_code == 302
    assert Decision.objects.get().decided_by == officer


def test_a_protected_persons_decision_is_the_coachs_to_record(client_of, officer, released):
    person = released.enrolment.participant
    person.is_restricted = True
    person.save()
    page = reverse("reports:officer-decision", args=[released.pk])
    assert client_of(officer).get(page).status_code == 403


def test_without_consent_the_officers_pages_close(client_of, officer, released):
    Consent.objects.filter(participant=released.enrolment.participant, item="goals").update(revoked_at=NOW)
    for name in ("officer-decision", "officer-aftercare"):
        assert client_of(officer).get(reverse(f"reports:{name}", args=[released.pk])).status_code == 403


def test_the_officer_approves_aftercare_once(client_of, officer, released):
    row = agreed_aftercare(released.enrolment, officer_name="", officer_approved_on=None)
    page = reverse("reports:officer-aftercare", args=[released.pk])
    client = client_of(officer)
    assert client.post(page, {"version": "7"}).status_code == 422
    for _click in range(2):
        assert client.post(page, {"version": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.officer_name == "Olli Virkailija"


# --- aftercare --------------------------------------------------------------------------------------
def test_the_day_of_the_answer_begins_as_today_and_is_marked(client_of, coach, enrolment):
    page = text(client_of(coach).get(of("aftercare-edit", enrolment)))
    assert 'data-begins-with="10.2.2026"' in page
    label = page.split('for="id_answered_on"')[1].split("</label>")[0]
    assert "required-mark" in label


def test_offer_approvals_and_a_use_from_page_to_page(client_of, coach, enrolment):
    client = client_of(coach)
    offer = {
        "base_version": "0",
        "offered_on": "10.2.2026",
        "answer": "accepted",
        "answered_on": "10.2.2026",
        "carer": coach.pk,
        "starts_on": "10.2.2026",
        "window_months": "4",
        "most_hours": "10",
    }
    refused = client.post(of("aftercare-edit", enrolment), {**offer, "most_hours": "11", "needs": "Soittoja"})
    assert refused.status_code == 422
    assert "most_hours" in refused.context["form"].errors
    assert "Soittoja" in text(refused)
    client.post(of("aftercare-edit", enrolment), offer)
    client.post(of("aftercare-approve", enrolment), {"version": "1"})
    approval = {"version": "2", "officer_name": "Veera", "approved_on": "10.2.2026"}
    assert client.post(of("aftercare-office", enrolment), {**approval, "approved_on": "x"}).status_code == 422
    client.post(of("aftercare-office", enrolment), approval)
    entry = {"seen_uses": "0", "held_on": "10.2.2026", "minutes": "45", "channel": "phone"}
    refused = client.post(of("aftercare-use", enrolment), {**entry, "minutes": "900", "note": "Pitkä puhelu"})
    assert refused.status_code == 422
    assert "Pitkä puhelu" in text(refused)
    for _click in range(2):
        client.post(of("aftercare-use", enrolment), entry)
    assert AftercareUse.objects.count() == 1
    assert "9 h 15 min" in text(client.get(of("aftercare", enrolment)))


def test_a_mistaken_entry_is_taken_back_with_its_reason(client_of, coach, enrolment):
    row = agreed_aftercare(enrolment)
    entry = given(row)
    page = reverse("reports:aftercare-take-back", args=[enrolment.pk, entry.pk])
    client = client_of(coach)
    client.post(page, {"reason": "Väärä päivä"})
    assert "Väärä päivä" in text(client.get(of("aftercare", enrolment)))


def test_an_entry_of_another_person_is_not_found(client_of, coach, month, enrolment):
    agreed_aftercare(enrolment)
    other = agreed_aftercare(factories.EnrolmentFactory(month=month))
    page = reverse("reports:aftercare-take-back", args=[enrolment.pk, given(other).pk])
    assert client_of(coach).post(page, {"reason": "x"}).status_code == 404


def test_who_takes_care_opens_the_person_of_a_month_that_is_not_the_own(client_of, other_coach, enrolment):
    page = of("aftercare", enrolment)
    assert client_of(other_coach).get(page).status_code == 404
    agreed_aftercare(enrolment, carer=other_coach)
    assert client_of(other_coach).get(page).status_code == 200
    assert client_of(other_coach).get(of("aftercare-edit", enrolment)).status_code == 403


def test_both_versions_of_an_offer_are_shown(client_of, coach, enrolment):
    agreed_aftercare(enrolment)
    Aftercare.objects.update(version=3)
    typed = {"base_version": "1", "offered_on": "1.2.2026", "answer": "declined", "answered_on": "1.2.2026"}
    answer = client_of(coach).post(of("aftercare-edit", enrolment), typed)
    assert answer.status_code == 422
    assert answer.context["conflict"]
    assert 'name="base_version" value="3"' in text(answer)


def test_my_aftercare_costs_the_same_with_many(client_of, coach, month, count_queries):
    def cost():
        client = client_of(coach)
        client.get(reverse("reports:aftercare-list"))
        with count_queries() as queries:
            client.get(reverse("reports:aftercare-list"))
        return len(queries)

    agreed_aftercare(factories.EnrolmentFactory(month=month))
    one = cost()
    for _person in range(8):
        agreed_aftercare(factories.EnrolmentFactory(month=month))
    assert cost() == one
    assert one <= 8


# --- elsewhere --------------------------------------------------------------------------------------
def test_today_leads_to_the_page_of_the_three_in_its_week(coach, other_coach, enrolment):
    def plan(day):
        Discussion.objects.all().delete()
        enrolment.discussions.create(kind="three_party", planned_on=day)
        return meeting_lines(coach, {}, TODAY)

    assert plan(TODAY)[0].url == of("meeting", enrolment)
    assert plan(dt.date(2026, 2, 15))
    assert not meeting_lines(other_coach, {}, TODAY)
    assert not plan(dt.date(2026, 2, 16))


def test_the_card_says_what_was_decided(coach, manager, enrolment, english):
    assert meeting_panel(enrolment.participant, manager) is None
    record_decision(
        actor=coach,
        enrolment_id=enrolment.pk,
        base_version=0,
        today=TODAY,
        kind="none",
        decided_on=TODAY,
        decided_by_name="Veera",
        where="",
        programme="",
        starts_on=None,
        ends_on=None,
        conditions="",
        decided_by=None,
        participant_comment="",
    )
    assert "nothing to decide" in meeting_panel(enrolment.participant, coach).summary
