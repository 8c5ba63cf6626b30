"""What a person can and wants: own words, barriers, target workplaces, interviews, certificates, the CV."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import Barrier, CompetenceProfile, Interview, TargetWorkplace
from coaching.pages.profile import certificate_state
from coaching.services import profile as services
from core.errors import DomainError, StaleVersion
from participants.models import Certificate, CvCheck
from participants.services.certificates import record_cv_check, save_certificate
from tests.support import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = dt.date(2026, 2, 10)
BARRIER = {
    "text": "Bussi ei kulje aamuvuoroon.",
    "help_kind": "not_yet",
    "help_detail": "",
    "helped_on": None,
    "solved_on": None,
}
SHOP = {"name": "Rautakauppa Saha", "colour": "yellow", "why": "", "next_step": "", "contacted_on": None}
TALK = {"kind": "real", "held_on": TODAY, "where": "Saha", "went_well": "", "learned": "", "result": ""}
CARD = {"name": "Tulityökortti", "issued_on": None, "expires_on": None, "seen_on": None}


@pytest.fixture
def pages(client_of, coach):
    return client_of(coach)


@pytest.fixture
def wish(coach, enrolment):
    """`wish(**changes)` writes the hardware shop; the row."""

    def write(row=None, version=0, **changes):
        return services.save_target_workplace(
            actor=coach,
            enrolment_id=enrolment.pk,
            workplace_id=row.pk if row else None,
            base_version=version,
            today=TODAY,
            **{**SHOP, **changes},
        )

    return write


@pytest.fixture
def hinder(coach, enrolment):
    """`hinder(**changes)` writes a barrier; the row."""

    def write(**changes):
        return services.save_barrier(
            actor=coach,
            enrolment_id=enrolment.pk,
            barrier_id=None,
            base_version=0,
            today=TODAY,
            **{**BARRIER, **changes},
        )

    return write


def test_the_profile_is_kept_whole_when_somebody_saved_first(coach, substitute, enrolment):
    save = {"enrolment_id": enrolment.pk, "base_version": 0}
    services.save_profile(actor=coach, **save, strengths="Olen tarkka.")
    with pytest.raises(StaleVersion):
        services.save_profile(actor=substitute, **save, strengths="Aivan muuta.")
    assert CompetenceProfile.objects.get().strengths == "Olen tarkka."


def test_saving_the_same_profile_twice_changes_nothing(coach, enrolment):
    for _ in range(2):
        services.save_profile(actor=coach, enrolment_id=enrolment.pk, base_version=0, strengths="Tarkka.")
    assert CompetenceProfile.objects.get().version == 1
    assert AuditEvent.objects.filter(action="profile.saved").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"help_kind": "health_check"}, "helped_on"),
        ({"helped_on": TODAY}, "help_kind"),
        ({"solved_on": TODAY + dt.timedelta(days=1)}, "solved_on"),
        ({"help_kind": "language", "helped_on": TODAY + dt.timedelta(days=1)}, "helped_on"),
    ],
)
def test_help_and_its_day_go_together_and_neither_lies_ahead(hinder, changes, field):
    with pytest.raises(DomainError) as refused:
        hinder(**changes)
    assert refused.value.field == field
    assert not Barrier.objects.exists()


def test_the_database_holds_help_and_its_day_together(enrolment):
    with pytest.raises(IntegrityError), transaction.atomic():
        Barrier.objects.create(enrolment=enrolment, text="x", help_kind="language")


def test_an_earlier_colour_is_kept_with_its_day(wish):
    row = wish()
    wish(row, version=1, colour="green")
    assert [(change.colour, change.changed_on) for change in row.colour_changes.all()] == [("yellow", TODAY)]


def test_a_workplace_stands_once_whatever_its_letters(wish):
    wish()
    wish()  # a second click
    with pytest.raises(DomainError) as refused:
        wish(name="RAUTAKAUPPA SAHA", colour="orange")
    assert refused.value.field == "name"
    assert TargetWorkplace.objects.count() == 1


def test_an_interview_to_come_tells_nothing_of_how_it_went(coach, enrolment):
    save = {"actor": coach, "enrolment_id": enrolment.pk, "interview_id": None, "base_version": 0}
    tomorrow = {**TALK, "held_on": TODAY + dt.timedelta(days=1)}
    services.save_interview(**save, today=TODAY, **tomorrow)
    with pytest.raises(DomainError):
        services.save_interview(**save, today=TODAY, **{**tomorrow, "learned": "Jotain."})
    assert Interview.objects.count() == 1


def test_whoever_gives_the_day_saw_the_original(coach, substitute, participant):
    save = {"participant_id": participant.pk, "today": TODAY}
    row = save_certificate(actor=coach, certificate_id=None, base_version=0, **save, **CARD)
    assert row.seen_by is None
    seen = {**CARD, "seen_on": TODAY}
    save_certificate(actor=substitute, certificate_id=row.pk, base_version=1, **save, **seen)
    longer = {**seen, "expires_on": dt.date(2030, 1, 1)}
    save_certificate(actor=coach, certificate_id=row.pk, base_version=2, **save, **longer)
    row.refresh_from_db()
    assert (row.seen_by, row.expires_on) == (substitute, dt.date(2030, 1, 1))


@pytest.mark.parametrize(
    "changes",
    [
        {"issued_on": TODAY, "expires_on": TODAY - dt.timedelta(days=1)},
        {"issued_on": TODAY + dt.timedelta(days=1)},
        {"seen_on": TODAY + dt.timedelta(days=1)},
        {"name": "  "},
    ],
)
def test_impossible_days_of_a_certificate_are_refused(coach, participant, changes):
    with pytest.raises(DomainError):
        save_certificate(
            actor=coach,
            participant_id=participant.pk,
            certificate_id=None,
            base_version=0,
            today=TODAY,
            **{**CARD, **changes},
        )
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("ends_in", "state"), [(-1, "over"), (0, "soon"), (60, "soon"), (61, "valid"), (None, "")]
)
def test_a_certificate_is_flagged_sixty_days_before_it_ends(ends_in, state):
    ends = None if ends_in is None else TODAY + dt.timedelta(days=ends_in)
    assert certificate_state(Certificate(expires_on=ends), today=TODAY) == state


def test_a_cv_check_says_who_and_when_and_stands_once(coach, participant):
    check = {"participant_id": participant.pk, "checked_on": TODAY, "note": "Kuva puuttuu.", "today": TODAY}
    record_cv_check(actor=coach, **check)
    record_cv_check(actor=coach, **check)
    assert [(row.checked_by, row.checked_on) for row in CvCheck.objects.all()] == [(coach, TODAY)]


NEW = {
    "barrier": {"text": "Selkä ei kestä nostoja.", "help_kind": "not_yet"},
    "workplace": {"name": "Kirjasto", "colour": "orange"},
    "interview": {"kind": "practice", "held_on": "9.2.2026", "learned": "Kysy palkasta viimeisenä."},
    "certificate": {"name": "Hygieniapassi", "expires_on": "1.3.2026"},
}


@pytest.mark.parametrize("noun", NEW)
def test_a_record_is_written_shown_changed_and_removed(pages, enrolment, noun):
    words = next(value for value in NEW[noun].values() if " " in value or value[0].isupper())
    new = reverse(f"coaching:{noun}-new", args=[enrolment.pk])
    person = reverse("coaching:person", args=[enrolment.pk])
    assert pages.post(new, {**NEW[noun], "base_version": "0"}).status_code == 302
    assert words in pages.get(person).content.decode()
    model = {"barrier": Barrier, "workplace": TargetWorkplace, "interview": Interview}.get(noun, Certificate)
    row = model.objects.get()
    one = reverse(f"coaching:{noun}", args=[enrolment.pk, row.pk])
    assert words in pages.get(one).content.decode()
    stale = pages.post(one, {**NEW[noun], **_changed(noun), "base_version": "0"})
    assert stale.status_code == 422
    assert pages.post(one, {**NEW[noun], **_changed(noun), "base_version": "1"}).status_code == 302
    remove = reverse(f"coaching:{noun}-remove", args=[enrolment.pk, row.pk])
    assert [pages.post(remove).status_code for _ in range(2)] == [302, 302]
    assert not model.objects.exists()


def _changed(noun):
    return {"name": "Toinen nimi", "text": "Toiset sanat.", "where": "Toisaalla"}


@pytest.mark.parametrize("noun", NEW)
def test_a_version_of_nothing_is_stale_and_keeps_what_was_typed(pages, enrolment, noun):
    url = reverse(f"coaching:{noun}-new", args=[enrolment.pk])
    answer = pages.post(url, {**NEW[noun], "base_version": "3"})
    assert answer.status_code == 422
    assert next(iter(NEW[noun].values())) in answer.content.decode()
    assert pages.post(url, {**NEW[noun], "base_version": "0"}).status_code == 302


def test_a_profile_that_is_not_there_is_stale_and_keeps_what_was_typed(pages, enrolment):
    url = reverse("coaching:profile", args=[enrolment.pk])
    answer = pages.post(url, {"base_version": "3", "strengths": "Olen tarkka."})
    assert answer.status_code == 422
    assert "Olen tarkka." in answer.content.decode()


@pytest.mark.parametrize("noun", NEW)
def test_another_persons_record_is_not_found_under_this_person(pages, enrolment, month, noun, request):
    row = request.getfixturevalue(f"{noun}_record")
    neighbour = factories.EnrolmentFactory(month=month)
    for name, ask in ((noun, pages.get), (noun, pages.post)):
        url = reverse(f"coaching:{name}", args=[neighbour.pk, row.pk])
        assert ask(url).status_code == 404
    pages.post(reverse(f"coaching:{noun}-remove", args=[neighbour.pk, row.pk]))
    row.refresh_from_db()


@pytest.mark.parametrize(
    ("noun", "wrong"),
    [
        ("interview", {"held_on": "30.2.2026"}),
        ("interview", {"held_on": "1.1.0001"}),
        ("interview", {"learned": "a" * 10_000}),
        ("interview", {"where": "nolla\x00"}),
        ("barrier", {"text": "👩‍🔧" * 200}),
        ("barrier", {"text": ""}),
        ("workplace", {"colour": "red"}),
        ("workplace", {"name": "\u202eahaS" * 40}),
        ("certificate", {"expires_on": "1.1.9999"}),
        ("certificate", {"base_version": "-1"}),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(pages, enrolment, noun, wrong):
    url = reverse(f"coaching:{noun}-new", args=[enrolment.pk])
    response = pages.post(url, {**NEW[noun], "base_version": "0", **wrong})
    assert response.status_code == 422
    kept = next(value for key, value in NEW[noun].items() if key not in wrong)
    assert kept in response.content.decode()


def test_the_barrier_page_says_who_reads_it_and_asks_for_no_diagnosis(pages, enrolment):
    page = pages.get(reverse("coaching:barrier-new", args=[enrolment.pk])).content.decode()
    assert "diagnoos" in page
    assert "audience-note" in page


def test_script_in_own_words_is_only_text(pages, enrolment, hinder, wish):
    hinder(text="<script>alert(1)</script>")
    wish(name="<img src=x onerror=alert(1)>")
    page = pages.get(reverse("coaching:person", args=[enrolment.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_restricted_persons_pages_ask_for_the_reason_first(pages, enrolment):
    enrolment.participant.is_restricted = True
    enrolment.participant.save(update_fields=["is_restricted"])
    for name in ("profile", "profile-paper", "barrier-new", "certificate-new", "cv-check", "assessments"):
        response = pages.get(reverse(f"coaching:{name}", args=[enrolment.pk]))
        assert response["Location"] == reverse(
            "participants:participant-detail", args=[enrolment.participant_id]
        )


def test_the_persons_page_counts_the_same_queries_with_many_records(
    pages, enrolment, count_queries, hinder, wish, coach
):
    url = reverse("coaching:person", args=[enrolment.pk])
    wish(name="Alku", colour="green")
    with count_queries() as few:
        pages.get(url)
    for number in range(12):
        hinder(text=f"Este {number}")
        row = wish(name=f"Paikka {number}")
        wish(row, version=1, name=f"Paikka {number}", colour="green")
        Interview.objects.create(enrolment=enrolment, kind="real", held_on=TODAY, where=f"Paikka {number}")
        Certificate.objects.create(
            participant=enrolment.participant, name=f"Kortti {number}", seen_on=TODAY, seen_by=coach
        )
    with count_queries() as many:
        pages.get(url)
    assert len(many) == len(few)
