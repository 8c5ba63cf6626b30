"""The handover page and the words to the substitute (issue 3, "Planning the month")."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import IndividualTime
from coaching.pages.handover import handover_page
from coaching.services import substitutions
from core import clock
from core.errors import DomainError
from tests.support import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lively(month, session, enrolment, coach, today):
    """A logged day before, an absence, an open step and time alone with the coach."""
    before = factories.SessionFactory(
        month=month, held_on=dt.date(2026, 2, 9), week=2, theme="Piilotyöpaikat"
    )
    before.state, before.logged_at, before.logged_by = "logged", clock.now(), coach
    before.group_note, before.trial_advice = "Soitettiin viiteen paikkaan", "Kysy ensin esimiestä"
    before.save()
    factories.MarkFactory(
        enrolment=enrolment, session=before, day=before.held_on, half=before.half, mark="own_illness"
    )
    factories.ActionStepFactory(
        enrolment=enrolment, what="Lähettää hakemuksen", who="Aino", due_on=dt.date(2026, 2, 6)
    )
    IndividualTime.objects.create(
        enrolment=enrolment, day=dt.date(2026, 2, 4), minutes=20, recorded_by=coach, recorded_at=clock.now()
    )
    return enrolment


def test_the_substitute_reads_what_the_group_did_and_who_needs_what(
    client_of, substitute, month, lively, today
):
    text = client_of(substitute).get(reverse("coaching:handover", args=[month.pk])).content.decode()
    for words in ("Soitettiin viiteen paikkaan", "Kysy ensin esimiestä", "Lähettää hakemuksen", "myöhässä",
                  "oma sairaus", "4.2.2026"):  # fmt: skip
        assert words in text, words
    assert AuditEvent.objects.filter(action="month.handover_viewed", actor=substitute).exists()


def test_of_a_protected_person_only_the_name_stands_there(client_of, substitute, month, lively, today):
    person = lively.participant
    person.is_restricted = True
    person.save(update_fields=["is_restricted"])
    text = client_of(substitute).get(reverse("coaching:handover", args=[month.pk])).content.decode()
    assert "Lähettää hakemuksen" not in text
    assert "avautuu perusteella" in text


def test_an_empty_month_says_so(client_of, coach, month, today):
    text = client_of(coach).get(reverse("coaching:handover", args=[month.pk])).content.decode()
    for words in ("Mitään ei ole vielä kirjattu", "Ketään ei ole ryhmässä"):
        assert words in text, words


def test_the_coach_writes_to_the_substitute_who_reads_it(
    client_of, coach, substitute, substitution, month, today
):
    address = reverse("coaching:substitution-edit", args=[month.pk, substitution.pk])
    typed = {
        "user": substitute.pk,
        "starts_on": "10.2.2026",
        "ends_on": "11.2.2026",
        "note": "Jatkakaa puheluita",
    }
    assert client_of(coach).post(address, typed).status_code == 302
    page = client_of(substitute).get(reverse("coaching:handover", args=[month.pk])).content.decode()
    assert "Jatkakaa puheluita" in page


def test_another_months_substitution_is_not_found(client_of, coach, substitution, office, today):
    mine = factories.MonthFactory(coach=coach, authority=office, name="Toinen ryhmä")
    address = reverse("coaching:substitution-edit", args=[mine.pk, substitution.pk])
    assert client_of(coach).get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"ends_on": "9.2.2026"}, "9.2.2026"),
        ({"starts_on": "1.1.2026"}, "1.1.2026"),
        ({"starts_on": "30.2.2026"}, "30.2.2026"),
        ({"note": "x" * 4001}, "x" * 4001),
    ],
)
def test_bad_days_are_said_at_the_field_and_kept(
    client_of, coach, substitute, substitution, month, today, typed, kept
):
    address = reverse("coaching:substitution-edit", args=[month.pk, substitution.pk])
    data = {"user": substitute.pk, "starts_on": "10.2.2026", "ends_on": "11.2.2026", "note": "Hei 😀"}
    answer = client_of(coach).post(address, data | typed)
    assert answer.status_code == 422
    assert kept in answer.content.decode()
    substitution.refresh_from_db()
    assert (substitution.starts_on.day, substitution.note) == (10, "")


def test_two_substitutions_of_one_person_cannot_overlap(coach, substitute, substitution, month, today):
    second = substitutions.add_substitution(
        actor=coach,
        month=month,
        user=substitute,
        starts_on=dt.date(2026, 2, 16),
        ends_on=dt.date(2026, 2, 17),
    )
    with pytest.raises(DomainError):
        substitutions.update_substitution(
            actor=coach, substitution=second, user=substitute,
            starts_on=dt.date(2026, 2, 11), ends_on=dt.date(2026, 2, 17), note="",
        )  # fmt: skip


def test_the_queries_do_not_grow_with_the_group(month, today, count_queries):
    def measure() -> int:
        with count_queries() as queries:
            handover_page(month, today=today)
        return len(queries)

    factories.EnrolmentFactory(month=month)
    few = measure()
    for _number in range(9):
        factories.ActionStepFactory(enrolment=factories.EnrolmentFactory(month=month))
    assert measure() == few <= 5
