"""The register: reading, finding, adding, changing; its rules and its refusals."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEvent
from core.errors import DomainError, StaleVersion
from employers.business_id import normalise_business_id
from employers.errors import AlikeEmployers, EmployerAlreadyExists
from employers.models import ContactPerson, Employer
from employers.services import employer as services
from tests.support.factories import ContactPersonFactory, EmployerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["20774740", "2077474-0", " FI20774740 ", "fi 20774740", "2077474 – 0"])
def test_a_business_id_is_read_however_it_is_written(text):
    assert normalise_business_id(text) == "2077474-0"


@pytest.mark.parametrize("text", ["", "2077474-1", "FI2077474", "abc", "20774740" * 3, "٢٠٧٧٤٧٤٠"])
def test_what_is_no_business_id_is_refused(text):
    assert normalise_business_id(text) is None


def test_the_database_keeps_one_employer_for_a_business_id():
    EmployerFactory(business_id="2077474-0")
    with pytest.raises(IntegrityError, match="employer_business_id_is_unique"), transaction.atomic():
        EmployerFactory(business_id="2077474-0")
    EmployerFactory(business_id="")
    EmployerFactory(business_id="")


def names(queryset):
    return list(queryset.by_name().values_list("name", flat=True))


@pytest.fixture
def three():
    saha = EmployerFactory(name="Rautakauppa Saha Oy", city="Hämeenlinna", sector="retail")
    cafe = EmployerFactory(name="Kahvila/Ravintola Ääni", city="Forssa", sector="restaurant")
    EmployerFactory(name="K-Market Torppa", city="Hattula", sector="retail", business_id="2077474-0")
    ContactPersonFactory(employer=saha, name="Marja-Leena Öhman")
    ContactPersonFactory(employer=cafe, name="Poissa Ollut", is_active=False)
    return saha, cafe


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("saha", ["Rautakauppa Saha Oy"]),
        ("RAUTA häm", ["Rautakauppa Saha Oy"]),
        ("ravintola", ["Kahvila/Ravintola Ääni"]),
        ("ään", ["Kahvila/Ravintola Ääni"]),
        ("market", ["K-Market Torppa"]),
        ("k-market", ["K-Market Torppa"]),
        ("marja öhm", ["Rautakauppa Saha Oy"]),
        ("leena", ["Rautakauppa Saha Oy"]),
        ("poissa", []),
        ("FI 20774740", ["K-Market Torppa"]),
        ("aha", []),
        ("!!!", []),
        ("' & | ! ( ) :* \\", []),
        ("", ["K-Market Torppa", "Kahvila/Ravintola Ääni", "Rautakauppa Saha Oy"]),
    ],
)
def test_the_register_is_searched_by_the_beginnings_of_words(three, text, found):
    assert names(Employer.objects.matching(text)) == found


def test_the_search_uses_the_indexes_and_not_the_whole_register(three):
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Employer.objects.matching("saha").by_name().explain()
    assert "employer_words" in plan
    assert "contact_person_words" in plan


def test_the_register_is_filtered_by_sector_and_by_own_contact(three, coordinator):
    saha, _cafe = three
    saha.own_contact = coordinator
    saha.save()
    assert names(Employer.objects.of_sector("retail")) == ["K-Market Torppa", "Rautakauppa Saha Oy"]
    assert names(Employer.objects.in_care_of(coordinator.pk)) == ["Rautakauppa Saha Oy"]
    assert len(names(Employer.objects.of_sector("").in_care_of(None))) == 3


def test_coach_coordinator_and_manager_read_the_register_and_nobody_else(
    three, coach, coordinator, manager, officer, administrator
):
    for user in (coach, coordinator, manager):
        assert Employer.objects.visible_to(user).count() == 3
        assert ContactPerson.objects.visible_to(user).count() == 2
    for user in (officer, administrator):
        assert not Employer.objects.visible_to(user).exists()
        assert not ContactPerson.objects.visible_to(user).exists()


def test_an_employer_is_added_with_a_normal_business_id_and_an_audit_row(coordinator):
    employer = services.create_employer(
        actor=coordinator,
        fields={"name": "Leipomo Pulla Oy", "business_id": "FI20774740", "city": "Riihimäki"},
    )
    assert employer.business_id == "2077474-0"
    event = AuditEvent.objects.get(action="employer.created")
    assert (event.actor, event.object_id) == (coordinator, employer.pk)
    assert "Pulla" not in str(event.details)


def test_a_known_business_id_is_refused_and_the_one_on_record_is_named(coordinator):
    known = EmployerFactory(business_id="2077474-0")
    with pytest.raises(EmployerAlreadyExists) as refusal:
        services.create_employer(actor=coordinator, fields={"name": "Uusi", "business_id": "20774740"})
    assert refusal.value.employer_id == known.pk
    assert refusal.value.field == "business_id"
    assert Employer.objects.count() == 1


def test_a_wrong_check_digit_is_refused_at_its_field(coordinator):
    with pytest.raises(DomainError) as refusal:
        services.create_employer(actor=coordinator, fields={"name": "Uusi", "business_id": "2077474-1"})
    assert refusal.value.field == "business_id"


def test_employers_of_a_like_name_are_shown_before_saving_and_saved_when_told_so(coordinator):
    known = EmployerFactory(name="Rautakauppa Saha Oy")
    fields = {"name": "RAUTAKAUPPA SAHA AB", "city": "Turku"}
    with pytest.raises(AlikeEmployers) as question:
        services.create_employer(actor=coordinator, fields=fields)
    assert question.value.employer_ids == (known.pk,)
    assert Employer.objects.count() == 1
    services.create_employer(actor=coordinator, fields=fields, despite_alike=True)
    assert Employer.objects.count() == 2


def test_another_business_id_makes_a_like_name_another_employer(coordinator):
    EmployerFactory(name="Rautakauppa Saha Oy", business_id="2077474-0")
    fields = {"name": "Rautakauppa Saha", "business_id": "0112038-9"}
    assert services.create_employer(actor=coordinator, fields=fields).pk


def test_a_changed_employer_moves_its_version_and_the_older_form_is_told(coordinator, other_coordinator):
    employer = EmployerFactory(name="Saha", city="Turku")
    services.change_employer(
        actor=coordinator, employer_id=employer.pk, version=1, fields={"name": "Saha", "city": "Lahti"}
    )
    with pytest.raises(StaleVersion):
        services.change_employer(
            actor=other_coordinator, employer_id=employer.pk, version=1, fields={"city": "Pori"}
        )
    employer.refresh_from_db()
    assert (employer.city, employer.version) == ("Lahti", 2)
    assert AuditEvent.objects.get(action="employer.changed").details == {"fields": ["city"]}


def test_saving_without_a_change_writes_nothing(coordinator):
    employer = EmployerFactory(name="Saha")
    services.change_employer(actor=coordinator, employer_id=employer.pk, version=7, fields={"name": "Saha"})
    assert not AuditEvent.objects.exists()


def test_a_person_of_the_workplace_is_added_once_changed_and_leaves(coordinator):
    employer = EmployerFactory()
    fields = {"name": "Oili Ohjaaja", "role": "guide", "phone": "040 555 1234", "email": ""}
    person = services.add_contact_person(actor=coordinator, employer_id=employer.pk, fields=fields)
    twin = services.add_contact_person(actor=coordinator, employer_id=employer.pk, fields=fields)
    assert twin == person
    services.change_contact_person(
        actor=coordinator, person_id=person.pk, version=1, fields={**fields, "phone": "050 1"}
    )
    with pytest.raises(StaleVersion):
        services.change_contact_person(
            actor=coordinator, person_id=person.pk, version=1, fields={**fields, "phone": "050 2"}
        )
    services.set_contact_person_active(actor=coordinator, person_id=person.pk, is_active=False)
    services.set_contact_person_active(actor=coordinator, person_id=person.pk, is_active=False)
    person.refresh_from_db()
    assert (person.phone, person.is_active) == ("050 1", False)
    actions = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["contact_person.added", "contact_person.changed", "contact_person.left"]


def test_the_choice_of_people_keeps_one_who_left_after_being_chosen():
    employer = EmployerFactory()
    here = ContactPersonFactory(employer=employer, name="A")
    gone = ContactPersonFactory(employer=employer, name="B", is_active=False)
    ContactPersonFactory(name="elsewhere")
    choice = ContactPerson.objects.for_choice
    assert list(choice(employer_id=employer.pk)) == [here]
    assert list(choice(employer_id=employer.pk, chosen=(gone.pk, None))) == [here, gone]


@pytest.mark.django_db(transaction=True)
def test_two_people_adding_one_business_id_at_once_leave_one_employer_and_one_sentence(coordinator):
    answers, barrier = [], threading.Barrier(2)

    def add(name):
        try:
            barrier.wait(timeout=10)
            services.create_employer(actor=coordinator, fields={"name": name, "business_id": "20774740"})
            answers.append("saved")
        except EmployerAlreadyExists as error:
            answers.append(error.field)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(name,)) for name in ("Yksi", "Kaksi")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(answers) == ["business_id", "saved"]
    assert Employer.objects.count() == 1


def test_do_not_ask_before_is_kept_with_the_employer(coordinator):
    employer = services.create_employer(
        actor=coordinator, fields={"name": "Saha", "do_not_ask_before": dt.date(2026, 5, 1)}
    )
    assert Employer.objects.get(pk=employer.pk).do_not_ask_before == dt.date(2026, 5, 1)
