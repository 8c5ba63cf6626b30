"""A list of employers: read, judged, taken in once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core.errors import DomainError
from employers.models import ContactPerson, Employer, EmployerImport
from employers.services import employer_lists as services
from tests.support.factories import ContactPersonFactory, EmployerFactory
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
HEAD = "Nimi;Y-tunnus;Toimiala;Henkilöstö;Kunta;Puhelin;Yhteyshenkilö;Rooli;Yhteyshenkilömme;Lisätiedot\n"


def upload(coordinator, text: str) -> EmployerImport:
    return services.upload_employer_list(actor=coordinator, data=text.encode(), file_name="lista.csv")


def verdicts(preview) -> list[str]:
    return [row.verdict for row in services.rows_waiting(preview)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_list_goes_in_as_it_is_and_only_once(coordinator, kind):
    path = EXAMPLES / f"tyonantajalista.{kind}"
    for added in (6, 0):
        preview = services.upload_employer_list(
            actor=coordinator, data=path.read_bytes(), file_name=path.name
        )
        assert preview.failed_count == 0
        done = services.take_in_employer_list(actor=coordinator, employer_import=preview, decisions={})
        assert done.employer_import.imported_count == added
    assert Employer.objects.count() == 6
    assert ContactPerson.objects.filter(role="guide").count() == 2
    cafe = Employer.objects.get(name="Lounaskahvila Tilli")
    assert (cafe.sector, cafe.size, cafe.needs) == ("restaurant", "micro", "Apua lounasaikaan")


def test_a_row_becomes_an_employer_with_its_person_and_our_contact(coordinator):
    text = (
        HEAD
        + "Saha Oy;FI20774740;outo ala;12;Hattula;+358 40 5551234;Eero Esimies;palkat;Kaisa Koordinaattori;\n"
    )
    services.take_in_employer_list(actor=coordinator, employer_import=upload(coordinator, text), decisions={})
    saha = Employer.objects.get()
    assert (saha.business_id, saha.size, saha.city, saha.phone) == (
        "2077474-0", "small", "Hattula", "040 555 1234",
    )  # fmt: skip
    assert (saha.own_contact, saha.sector, saha.note) == (coordinator, "", "outo ala")
    assert (saha.contact_persons.get().name, saha.contact_persons.get().role) == ("Eero Esimies", "payroll")
    assert AuditEvent.objects.filter(action="employer.created").count() == 1


def test_our_contact_who_is_not_at_work_stays_in_the_note(coordinator, coach):
    coach.is_active = False
    coach.save()
    text = HEAD + "Saha;;;;;;;;Sanna Valmentaja;Huom\n"
    services.take_in_employer_list(actor=coordinator, employer_import=upload(coordinator, text), decisions={})
    saha = Employer.objects.get()
    assert saha.own_contact is None
    assert saha.note == "Huom\nSanna Valmentaja"


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (";2077474-0;;;;;;;;", ["missing"]),
        ("Saha;2077474-1;;;;;;;;", ["business_id_impossible"]),
        ("=1+1;;;;;;;;;", ["formula"]),
        ("Saha;;;;;soita;;;;", ["phone_impossible"]),
        (f"{'a' * 200};;;;;;;;;", ["too_long"]),
        ("Saha;;;;;;;;;" + "x" * 2100, ["too_long"]),
    ],
)
def test_what_cannot_be_read_is_a_fault_at_its_field(coordinator, row, codes):
    (entry,) = services.rows_waiting(upload(coordinator, HEAD + row + "\n"))
    assert [fault.code for fault in entry.row.faults] == codes
    assert entry.verdict == "mend"


def test_an_employer_twice_in_the_file_is_told_at_its_second_row(coordinator):
    text = HEAD + "Saha;;;;Hattula;;;;;\nSAHA;;;;hattula;;;;;\nSaha;;;;Lahti;;;;;\n"
    assert verdicts(upload(coordinator, text)) == ["good", "mend", "good"]


def test_rows_on_record_are_known_and_doubtful_ones_wait_for_a_decision(coordinator):
    EmployerFactory(name="Leipomo Pulla Oy", business_id="2077474-0")
    EmployerFactory(name="Rautakauppa Saha Oy", city="Turku")
    cafe = EmployerFactory(name="Kahvila Ääni", city="Forssa")
    ContactPersonFactory(employer=cafe, phone="+358 40 555 1234")
    text = HEAD + (
        "Pullaleipomo;2077474-0;;;;;;;;\n"
        "Kahvila Ääni;;;;Forssa;;;;;\n"
        "RAUTAKAUPPA SAHA;;;;Lahti;;;;;\n"
        "Aivan muu;;;;;(040) 5551234;;;;\n"
        "Uusi;;;;;;;;;\n"
    )
    preview = upload(coordinator, text)
    assert verdicts(preview) == ["known", "known", "possible", "possible", "good"]
    services.take_in_employer_list(actor=coordinator, employer_import=preview, decisions={4: "new"})
    names = set(Employer.objects.values_list("name", flat=True))
    assert "RAUTAKAUPPA SAHA" in names
    assert "Uusi" in names
    assert "Aivan muu" not in names


def test_two_previews_of_one_list_add_nobody_twice(coordinator):
    text = HEAD + "Saha;;;;Hattula;;;;;\n"
    one, two = upload(coordinator, text), upload(coordinator, text)
    for preview in (one, two, one):
        services.take_in_employer_list(actor=coordinator, employer_import=preview, decisions={})
    assert Employer.objects.count() == 1
    one.refresh_from_db()
    assert one.rows_encrypted == ""


def test_a_dropped_or_expired_list_takes_nothing_in(coordinator):
    preview = upload(coordinator, HEAD + "Saha;;;;;;;;;\n")
    later = preview.uploaded_at + dt.timedelta(hours=25)
    assert services.drop_expired_employer_lists(now=later) == 1
    assert services.drop_expired_employer_lists(now=later) == 0
    with pytest.raises(DomainError):
        services.take_in_employer_list(actor=coordinator, employer_import=preview, decisions={})
    assert not Employer.objects.exists()


def test_judging_a_list_asks_a_constant_number_of_questions(coordinator, count_queries):
    def asked(rows):
        lines = "".join(f"Työpaikka {n};;;;;040 555 {n:04};;;;\n" for n in range(rows))
        with count_queries() as queries:
            services.judge_employer_list(data=(HEAD + lines).encode(), file_name="lista.csv")
        return len(queries)

    assert asked(3) == asked(90)


@pytest.mark.parametrize("data", [b"", b"Etunimi;Sukunimi\nA;B\n", b"Nimi\n", b"%PDF-1.4 x", b"\x00\x01\x02"])
def test_a_file_that_is_no_list_says_so_and_saves_nothing(client_of, coordinator, data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client_of(coordinator).post(
        reverse("employers:employer-list-upload"), {"file": SimpleUploadedFile("lista.csv", data)}
    )
    assert answer.status_code == 422
    assert not EmployerImport.objects.exists()


def test_the_previews_queries_do_not_grow_with_the_list(client_of, coordinator):
    def queries(rows):
        lines = "".join(f"Työpaikka {rows}-{n};;;;;040 555 {n:04};;;;\n" for n in range(rows))
        preview = upload(coordinator, HEAD + lines)
        return len(queries_of(client, reverse("employers:employer-list-preview", args=[preview.pk])))

    client = client_of(coordinator)
    queries(2)  # what is cached for the process is asked once
    assert queries(3) == queries(40) <= 9


def test_the_preview_shows_each_row_and_the_failed_ones_come_as_a_file(client_of, coordinator, workplace):
    text = HEAD + "Saha Oy;;;;;;;;;\n<script>alert(1)</script>;;;;;;;;;\n=cmd;;;;;;;;;\nUusi;;;;;;;;;\n"
    preview = upload(coordinator, text)
    client = client_of(coordinator)
    page = client.get(reverse("employers:employer-list-preview", args=[preview.pk])).content.decode()
    assert "&lt;script&gt;" in page
    rows = client.get(reverse("employers:employer-list-failed-rows", args=[preview.pk]))
    assert "'=cmd" in rows.content.decode("utf-8-sig")
    assert "Korjattavaa" in rows.content.decode("utf-8-sig")
    answer = client.post(
        reverse("employers:employer-list-preview", args=[preview.pk]), {"row-2": "new", "row-x": "new"}
    )
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert Employer.objects.filter(name="Saha Oy").exists()
    assert "Uusi" not in page
