"""Two records of one employer become one; nobody of ours takes an employer along."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditEvent
from core.errors import DomainError, StaleVersion
from employers.errors import CannotMerge, TextChanged
from employers.models import CandidateBrief, DeskTask, Employer, JobLead, Placement
from employers.pages.register import alike_while_typing
from employers.services import contact as contact_services
from employers.services import employer as employer_services
from employers.services import employer_merge as services
from employers.services.signing import sign
from participants.models import Consent
from tests.support.factories import (
    ConsentFactory,
    ContactEventFactory,
    ContactPersonFactory,
    EmployerFactory,
)
from tests.support.queries import assert_queries_do_not_grow
from tests.support.signing_cast import NOW

pytestmark = pytest.mark.django_db


def merge(actor, kept, merged, **more):
    versions = {"kept_version": kept.version, "merged_version": merged.version, **more}
    return services.merge_employers(actor=actor, kept_id=kept.pk, merged_id=merged.pk, **versions)


def test_every_row_that_points_to_an_employer_moves_in_a_merge():
    pointing = {
        relation.related_model
        for relation in Employer._meta.related_objects
        if relation.related_model is not Employer
    }
    assert pointing == set(services.MOVED)


def test_everything_moves_and_the_merged_one_points_to_the_standing_one(
    coordinator, workplace, other_workplace, placement, lead, today
):
    kept, merged = other_workplace, placement.employer
    ContactPersonFactory(employer=merged, name="Eero")
    ContactEventFactory(employer=merged, user=coordinator)
    JobLead.objects.filter(pk=lead.pk).update(employer=merged)
    DeskTask.objects.create(employer=merged, text="Soita")
    CandidateBrief.objects.create(participant=placement.participant, employer=merged)
    merge(coordinator, kept, merged)
    merged.refresh_from_db()
    assert merged.merged_into_id == kept.pk
    for model in services.MOVED:
        assert not model.objects.filter(employer=merged).exists(), model
        assert model.objects.filter(employer=kept).exists(), model
    assert not Employer.objects.standing().filter(pk=merged.pk).exists()
    event = AuditEvent.objects.get(action="employer.merged")
    assert (event.object_id, event.details["merged"]) == (kept.pk, merged.pk)


def test_what_the_standing_one_does_not_know_is_filled_in_and_texts_are_joined(coordinator, coach):
    kept = EmployerFactory(name="A", phone="03 1", needs="kesäapua", own_contact=coordinator)
    merged = EmployerFactory(
        name="B", business_id="2077474-0", phone="03 2", city="Hattula", needs="siivousta", deputy=coordinator
    )
    merge(coordinator, kept, merged)
    kept.refresh_from_db()
    assert (kept.business_id, kept.phone, kept.city) == ("2077474-0", "03 1", "Hattula")
    assert kept.needs == "kesäapua\n\nsiivousta"
    assert kept.deputy is None


def test_two_business_ids_are_two_employers_and_are_not_merged(coordinator):
    kept = EmployerFactory(business_id="2077474-0")
    merged = EmployerFactory(business_id="0112038-9")
    with pytest.raises(CannotMerge):
        merge(coordinator, kept, merged)
    assert Employer.objects.standing().count() == 2


def test_what_cannot_be_merged_is_refused(coordinator):
    one, two, three = EmployerFactory(), EmployerFactory(), EmployerFactory()
    merge(coordinator, one, two)
    two.refresh_from_db()
    for kept, gone in ((two, three), (three, two)):
        with pytest.raises(CannotMerge):
            merge(coordinator, kept, gone)
    with pytest.raises(StaleVersion):
        merge(coordinator, one, three, kept_version=1)
    one.refresh_from_db()
    Employer.objects.filter(pk=one.pk).update(needs="a" * 1500)
    Employer.objects.filter(pk=three.pk).update(needs="b" * 1500)
    with pytest.raises(DomainError):
        merge(coordinator, one, three)


def test_a_brief_for_both_stops_the_merge(coordinator, placement, other_workplace):
    for employer in (placement.employer, other_workplace):
        CandidateBrief.objects.create(participant=placement.participant, employer=employer)
    with pytest.raises(CannotMerge):
        merge(coordinator, placement.employer, other_workplace)


def test_consents_for_the_merged_one_hold_for_the_standing_one(coordinator, enrolment):
    kept, merged = EmployerFactory(), EmployerFactory()
    given = {"participant": enrolment.participant, "recipient": "employer"}
    ConsentFactory(**given, item="contact", recipient_id=merged.pk)
    merge(coordinator, kept, merged)
    assert Consent.objects.get().recipient_id == kept.pk


def test_a_page_opened_before_the_merge_still_saves_to_the_standing_one(coordinator, coach, client_of, today):
    one, two, three = EmployerFactory(name="Viimeinen"), EmployerFactory(), EmployerFactory()
    merge(coordinator, two, three)
    two.refresh_from_db()
    merge(coordinator, one, two)
    three.refresh_from_db()
    assert three.merged_into_id == one.pk
    event = contact_services.log_contact(
        actor=coach, employer_id=three.pk, result="no_need", happened_on=today, today=today,
        now=event_moment(today),
    )  # fmt: skip
    assert event.employer == one
    page = client_of(coach).get(reverse("employers:employer", args=[three.pk])).content.decode()
    assert "Viimeinen" in page
    assert reverse("employers:employer", args=[one.pk]) in page


def event_moment(today):
    from core import clock

    return clock.now()


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_the_two_ways_round_leave_one_standing(coordinator):
    one, two = EmployerFactory(), EmployerFactory()
    answers, barrier = [], threading.Barrier(2)

    def work(kept, merged):
        try:
            barrier.wait(timeout=10)
            merge(coordinator, kept, merged)
            answers.append("merged")
        except DomainError:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(answers) == ["merged", "refused"]
    assert Employer.objects.standing().count() == 1


def test_the_preview_says_what_moves_and_a_yes_merges(client_of, coordinator, workplace, other_workplace):
    ContactEventFactory(employer=other_workplace, user=coordinator)
    client = client_of(coordinator)
    found = client.get(reverse("employers:employer-merge", args=[workplace.pk])).content.decode()
    assert other_workplace.name in found
    address = reverse("employers:employer-merge-preview", args=[workplace.pk, other_workplace.pk])
    assert "1 yhteydenotto" in client.get(address).content.decode()
    assert client.post(address, {"kept_version": "1", "merged_version": "1"}).status_code == 302
    assert client.post(address, {"kept_version": "2", "merged_version": "2"}).status_code == 422
    assert other_workplace.name not in client.get(reverse("employers:register")).content.decode()


def test_a_merge_cancels_the_agreement_that_names_the_merged_one_and_the_preview_says_so(
    client_of, coordinator, signing_trial, sent_out, places, workplace, today
):
    sign_first(places["participant"], today)
    merged = signing_trial.employer
    address = reverse("employers:employer-merge-preview", args=[workplace.pk, merged.pk])
    client = client_of(coordinator)
    assert "1 sopimuksessa" in client.get(address).content.decode()
    answer = client.post(address, {"kept_version": "1", "merged_version": "1"}, follow=True)
    assert "1 sopimus peruttiin" in answer.content.decode()
    sent_out.refresh_from_db()
    assert sent_out.cancelled_by == coordinator
    assert "yhdistettiin" in sent_out.cancelled_reason
    assert merged.name in sent_out.text  # what was signed is kept as it was
    assert AuditEvent.objects.get(action="agreement.cancelled").details["had_signed"] == ["participant"]
    assert AuditEvent.objects.get(action="employer.merged").details["agreements_cancelled"] == 1
    with pytest.raises(TextChanged):
        sign_first(places["employer"], today)


def test_a_merge_leaves_the_agreements_of_the_standing_one_and_of_ended_trials(
    coordinator, signing_trial, sent_out, workplace
):
    kept = signing_trial.employer
    merge(coordinator, kept, workplace)
    sent_out.refresh_from_db()
    assert sent_out.cancelled_at is None
    Placement.objects.filter(pk=signing_trial.pk).update(state="completed")
    kept.refresh_from_db()
    merge(coordinator, EmployerFactory(), kept)
    sent_out.refresh_from_db()
    assert sent_out.cancelled_at is None


def test_the_previews_queries_do_not_grow_with_what_moves(client_of, coordinator, workplace, other_workplace):
    def grow():
        for number in range(5):
            ContactPersonFactory(employer=other_workplace, name=f"Henkilö {number}")
            ContactEventFactory(employer=other_workplace, user=coordinator)
            DeskTask.objects.create(employer=other_workplace, text=f"Soita {number}")

    address = reverse("employers:employer-merge-preview", args=[workplace.pk, other_workplace.pk])
    assert_queries_do_not_grow(client_of(coordinator), address, grow, at_most=16)


def sign_first(place, today):
    return sign(
        signature_id=place.pk,
        text_hash=place.agreement.text_hash,
        method="link",
        signer_name="Aino Esimerkki",
        actor_label="workplace link",
        now=NOW,
        today=today,
    )


# --- nobody of ours takes an employer along -----------------------------------------------------------
def test_deactivating_a_coach_leaves_all_employers_and_the_log_visible(
    client_of, coach, coordinator, workplace, other_coach, today
):
    Employer.objects.filter(pk=workplace.pk).update(own_contact=coach)
    ContactEventFactory(employer=workplace, user=coach, note="Sovittiin kesästä", happened_on=today)
    coach.is_active = False
    coach.save()
    for user in (coordinator, other_coach):
        assert Employer.objects.visible_to(user).count() == 1
        assert workplace.contact_events.visible_to(user).count() == 1
        page = client_of(user).get(reverse("employers:employer", args=[workplace.pk])).content.decode()
        assert "Sovittiin kesästä" in page
        assert "ei ole enää töissä" in page
    listed = client_of(coordinator).get(reverse("employers:register") + f"?own_contact={coach.pk}")
    assert workplace.name in listed.content.decode()
    client_of(coordinator).post(reverse("employers:take-over", args=[workplace.pk]))
    workplace.refresh_from_db()
    assert workplace.own_contact == coordinator


def test_all_employers_of_one_of_us_are_handed_over_at_once(client_of, coach, coordinator, other_coordinator):
    mine = EmployerFactory(own_contact=coach, deputy=coordinator)
    standing_in = EmployerFactory(own_contact=other_coordinator, deputy=coach)
    theirs = EmployerFactory(own_contact=coordinator, deputy=coach)
    coach.is_active = False
    coach.save()
    answer = client_of(coordinator).post(
        reverse("employers:hand-over"), {"from_user": coach.pk, "to_user": coordinator.pk}
    )
    assert answer.status_code == 302
    for employer in (mine, standing_in, theirs):
        employer.refresh_from_db()
    assert (mine.own_contact, mine.deputy) == (coordinator, None)
    assert (standing_in.own_contact, standing_in.deputy) == (other_coordinator, coordinator)
    assert (theirs.own_contact, theirs.deputy) == (coordinator, None)
    assert AuditEvent.objects.filter(action="employer.handed_over").count() == 3


def test_one_who_left_stays_chosen_but_is_not_chosen_anew(coordinator, coach):
    coach.is_active = False
    coach.save()
    employer = EmployerFactory(own_contact=coach)
    employer_services.change_employer(
        actor=coordinator, employer_id=employer.pk, version=1, fields={"city": "Pori", "own_contact": coach}
    )
    with pytest.raises(DomainError) as refusal:
        employer_services.change_employer(
            actor=coordinator, employer_id=employer.pk, version=2, fields={"deputy": coach}
        )
    assert refusal.value.field == "deputy"


# --- found while typing, on paper ---------------------------------------------------------------------
def test_likely_employers_are_shown_by_id_phone_and_name_while_typing(client_of, coordinator, workplace):
    workplace.phone = "+358 40 555 1234"
    workplace.business_id = "2077474-0"
    workplace.save()
    for typed in ({"name": "Rautakauppa Saha"}, {"business_id": "FI20774740"}, {"phone": "(040) 5551234"}):
        words = {"name": "", "business_id": "", "phone": "", **typed}
        assert alike_while_typing(**words, own_id=None) == [workplace]
        assert alike_while_typing(**words, own_id=workplace.pk) == []
        page = client_of(coordinator).post(reverse("employers:employer-alike"), words)
        assert workplace.name in page.content.decode()
    nothing = client_of(coordinator).post(reverse("employers:employer-alike"), {"name": "\x00!", "own": "x"})
    assert (nothing.status_code, nothing.content.strip()) == (200, b"")


def test_the_paper_holds_the_history_and_never_a_protected_name(client_of, coordinator, manager, placement):
    person = placement.participant
    ContactEventFactory(employer=placement.employer, user=coordinator, note="Puhuttiin keväästä")
    address = reverse("employers:employer-print", args=[placement.employer_id])
    page = client_of(coordinator).get(address).content.decode()
    assert person.full_name in page
    assert "Puhuttiin keväästä" in page
    assert person.full_name not in client_of(manager).get(address).content.decode()
    person.is_restricted = True
    person.save()
    assert person.full_name not in client_of(coordinator).get(address).content.decode()
    assert AuditEvent.objects.filter(action="employer.printed").count() == 3
