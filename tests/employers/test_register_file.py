"""The register as CSV and XLSX: what the list's filters leave, streamed, noted and safe to open."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from core.tables import csv_lines
from employers.models import Employer
from employers.pages.register_table import register_headers, register_table
from tests.support.factories import EmployerFactory

pytestmark = pytest.mark.django_db
SEARCHED = {"q": "kahvila", "city": "Forssa"}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def address(kind: str = "csv") -> str:
    return reverse("employers:register-file", args=[kind])


def lines_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def cafes():
    EmployerFactory(name="Kahvila Alku", city="Forssa")
    EmployerFactory(name="Kahvila Loppu", city="Hattula")
    EmployerFactory(name="Saha", city="Forssa")


def test_the_file_holds_what_the_lists_search_and_filters_leave(cafes, coordinator, client_of):
    client = client_of(coordinator)
    listed = client.post(reverse("employers:register"), SEARCHED).url
    query = listed.partition("?")[2]
    assert f"{address()}?" in client.get(listed).content.decode()
    lines = lines_of(client.get(f"{address()}?{query}"))
    assert [line[0] for line in lines] == ["Name", "Kahvila Alku"]
    assert len(lines[1]) == len(lines[0])


def test_without_a_filter_it_holds_every_standing_employer(cafes, coordinator, client_of):
    stays = Employer.objects.get(name="Saha")
    EmployerFactory(name="Yhdistetty", merged_into=stays)
    lines = lines_of(client_of(coordinator).get(address()))
    assert [line[0] for line in lines[1:]] == ["Kahvila Alku", "Kahvila Loppu", "Saha"]


def test_a_search_that_no_longer_opens_gives_the_list_and_not_everything(cafes, coordinator, client_of):
    response = client_of(coordinator).get(f"{address()}?s=rikki&city=Forssa")
    assert response.status_code == 302
    assert response.url == f"{reverse('employers:register')}?s=rikki&city=Forssa"
    assert not AuditEvent.objects.filter(action="register.exported").exists()


def test_taking_it_along_is_noted_and_notes_stay_in_the_house(coordinator, client_of):
    EmployerFactory(name="Saha", note="Soita vasta iltapäivällä")
    text = b"".join(client_of(coordinator).get(address()).streaming_content).decode()
    assert "Soita" not in text
    assert AuditEvent.objects.get(action="register.exported").details == {"kind": "csv"}


def test_names_cannot_run_as_formulas(coordinator, client_of):
    EmployerFactory(name='=HYPERLINK("x")', needs="+358")
    client = client_of(coordinator)
    row = lines_of(client.get(address()))[1]
    assert (row[0], row[-1]) == ('\'=HYPERLINK("x")', "'+358")
    content = b"".join(client.get(address("xlsx")).streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(content)).active["A2"].data_type == "s"


def test_another_kind_is_not_there(coordinator, client_of):
    assert client_of(coordinator).get(address("exe")).status_code == 404


def test_only_coordinators_are_offered_the_file(cafes, coach, client_of):
    assert address() not in client_of(coach).get(reverse("employers:register")).content.decode()


def test_a_thousand_employers_take_few_queries_and_half_a_second(coordinator, client_of):
    Employer.objects.bulk_create(Employer(name=f"Oy {n}", own_contact=coordinator) for n in range(1000))
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        lines = list(register_table(Employer.objects.select_related("own_contact").by_name()))
    assert len(lines) == 1000
    assert len(queries) <= 5
    assert time.perf_counter() - started < 0.5


def test_the_rows_flow_through_flat_memory(coordinator):
    def peak(count: int) -> int:
        Employer.objects.bulk_create(Employer(name=f"Oy {n}", needs="x" * 500) for n in range(count))
        tracemalloc.start()
        for _lines in csv_lines(register_headers(), register_table(Employer.objects.by_name())):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    few = peak(2_000)
    assert peak(8_000) < few * 1.5
