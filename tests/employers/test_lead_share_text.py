"""The text of a lead that leaves the house names nobody."""

from __future__ import annotations

import pytest

from core.errors import DomainError
from core.registry import ways_out
from employers.models import JobLead
from employers.share_text import first_name_in, has_phone, proposed_text, refuse_personal_data
from tests.support.factories import ContactPersonFactory, EmployerFactory
from tests.support.leads import LeadFactory, LeadMatchFactory

NAMES = ["Aino", "Koivuniemi", "Pekka", "Virtanen", "Li", "Harri"]


@pytest.mark.parametrize(
    "text",
    [
        "Sopisi Ainolle.",
        "aino ehtii aamuisin",
        "Kysy KOIVUNIEMI",
        "Koivuniemen kanssa sovittu",
        "Pekan tuttu",
        "Virtaselle sopii",
        "Sopii hyvin: Li.",
        "Harrin vuoro",
    ],
)
def test_a_name_is_found_also_inflected(text):
    assert first_name_in(text, names=NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "ainoa aamuvuoro",
        "Lisätietoja myöhemmin",
        "Koivu ja kuusi",
        "pekoni ja munat",
        "harrastustausta eduksi",
        "",
    ],
)
def test_an_ordinary_word_is_no_name(text):
    assert not first_name_in(text, names=NAMES)


def test_a_workplace_may_be_called_as_somebody_is():
    assert first_name_in("Hyllytystä Saha Oy:ssä", names=["Saha"])
    assert not first_name_in("Hyllytystä Saha Oy:ssä", names=["Saha"], allowed=["Saha", "Oy"])


@pytest.mark.parametrize(
    "text", ["040 123 4567", "Soita +358 40-1234567", "(03) 456 7890", "puh. 0401234567.", "040.123.4567"]
)
def test_a_phone_number_is_found(text):
    assert has_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "8.00-16.00",
        "1.12.2026-15.1.2027",
        "2026-12-01",
        "Y-tunnus 1234567-8",
        "13100 Hämeenlinna",
        "4 t, 3 pv, 20 h/vko",
        "klo 8–16, ma 2.3. ja ti 3.3.",
        "12.3.–15.3.2026 klo 9.00–13.00",
    ],
)
def test_days_and_times_are_no_phone_numbers(text):
    assert not has_phone(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kirjoita matti@kahvila.example", "sähköposti"),
        ("Hakija 170580-123A", "henkilötunnus"),
        ("Soita 040 123 4567", "puhelinnumero"),
        ("Aino sopisi tähän", "Aino"),
        ("Kysy Eerolta", "Eerolta"),
    ],
)
def test_what_is_personal_is_refused_at_the_field(text, word, workplace, workplace_person, enrolment):
    lead = LeadFactory(employer=workplace, workplace_name="")
    LeadMatchFactory(lead=lead, enrolment=enrolment)
    with pytest.raises(DomainError) as refusal:
        refuse_personal_data(text, lead=lead)
    assert word in str(refusal.value)
    assert refusal.value.field == "share_text"


@pytest.mark.django_db
def test_a_clean_text_passes_in_two_queries(workplace, workplace_person, enrolment, count_queries):
    lead = JobLead.objects.select_related("employer").get(
        pk=LeadFactory(employer=workplace, workplace_name="").pk
    )
    LeadMatchFactory(lead=lead, enrolment=enrolment)
    with count_queries() as queries:
        refuse_personal_data("Varastotyö: hyllytystä aamuisin 8.00–12.00, Hämeenlinna.", lead=lead)
    assert len(queries) == 2


@pytest.mark.django_db
def test_the_proposal_holds_the_work_and_no_people(enrolment):
    employer = EmployerFactory(name="Rautakauppa Saha Oy", city="Lahti")
    person = ContactPersonFactory(employer=employer, name="Eero Esimies")
    lead = LeadFactory(
        employer=employer,
        contact_person=person,
        kind="work_trial",
        title="Varastoapulainen",
        city="Lahti",
        tasks="- Purkaa kuorman\n- Hyllyttää",
        hours="Aamuisin",
        requirements="Nostamista",
        known_by="Liisa naapurista",
    )
    LeadMatchFactory(lead=lead, enrolment=enrolment)
    text = proposed_text(lead)
    for fact in ("Varastoapulainen", "Lahti", "Purkaa kuorman; Hyllyttää", "Aamuisin", "Nostamista"):
        assert fact in text
    for secret in ("Eero", "Liisa", "Aino", "Koivuniemi"):
        assert secret not in text


@pytest.mark.django_db
def test_the_longest_facts_still_give_a_text_that_can_be_kept():
    lead = LeadFactory(title="x" * 160, tasks="y " * 990, requirements="z" * 1000, hours="h" * 200)
    assert len(proposed_text(lead)) <= 1000


def test_the_shared_text_is_a_known_way_out_without_personal_data():
    door = {way.code: way for way in ways_out}["lead.share"]
    assert door.items == ()
    assert door.why_none
