"""Sending a list through the pages, and whatever else may be posted to them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.models import Participant, ReferralImport
from participants.referral_list.table import MAX_BYTES, read_table
from tests.support.lists import csv_list, xlsx_list

HEADERS = ["Sukunimi", "Etunimi", "Syntymäaika", "Puhelin", "Kengännumero"]
GOOD = ["Haka", "Liisa", "3.4.1979", "040 555 0101", "38"]
BAD = ["Lahti", "", "31.2.1980", "+ei", "=1+1"]


def page(name: str, *args) -> str:
    return reverse(f"participants:{name}", args=args)


@pytest.fixture
def send(client_of, coordinator, office, today):
    client = client_of(coordinator)

    def sent(data: bytes, name: str = "lista.csv"):
        file = SimpleUploadedFile(name, data)
        return client.post(page("referral-upload"), {"authority": office.pk, "file": file})

    sent.client = client
    return sent


def test_from_file_to_people(send):
    answer = send(csv_list(HEADERS, GOOD, BAD))
    assert answer.status_code == 302
    text = send.client.get(answer.url).text
    assert "Haka Liisa" in text
    assert "Kengännumero" in text
    done = send.client.post(answer.url)
    assert Participant.objects.get().full_name == "Liisa Haka"
    assert send.client.get(done.url).status_code == 200
    again = send.client.post(answer.url, follow=True)
    assert again.status_code == 200
    assert Participant.objects.count() == 1


@pytest.mark.parametrize("make", [csv_list, xlsx_list])
def test_the_failed_rows_come_back_as_the_same_kind_and_go_in_once_mended(send, make):
    name = "lista.xlsx" if make is xlsx_list else "lista.csv"
    preview = ReferralImport.objects.get(pk=send(make(HEADERS, GOOD, BAD), name).url.split("/")[-2])
    download = send.client.get(page("referral-failed-rows", preview.pk))
    assert (
        download.headers["Content-Disposition"]
        == f'attachment; filename="korjattavat-rivit.{name[-4:].strip(".")}"'
    )
    table = read_table(download.content, file_name=name)
    assert table.kind == preview.file_kind
    assert table.headers == [*HEADERS, "Korjattavaa"]
    ((_number, cells),) = table.rows
    assert cells[:4] == BAD[:4]
    assert cells[-1].count(":") >= 3
    mended = [*["Lahti", "Otto", "28.2.1980", "040 555 0102", ""], cells[-1]]
    answer = send(make(table.headers, mended), name)
    send.client.post(answer.url)
    assert Participant.objects.get().full_name == "Otto Lahti"


def test_a_downloaded_csv_runs_no_formula(send):
    answer = send(csv_list(HEADERS, ["Saha", "", "", "+358", "@x"]))
    content = send.client.get(answer.url + "to-mend/").content.decode("utf-8-sig")
    assert "'+358;'@x" in content


def test_the_model_file_goes_in_as_it_is(send, client_of, coordinator):
    for kind in ("csv", "xlsx"):
        model = send.client.get(page("referral-example", kind))
        table = read_table(model.content, file_name=f"a.{kind}")
        assert all(table.fields)
    assert send.client.get(page("referral-example", "exe")).status_code == 404


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"x" * (MAX_BYTES + 1), csv_list(["Tuote"], ["1"]), xlsx_list(HEADERS)[:500]]
)
def test_a_bad_file_is_a_sentence_at_the_field_and_nothing_is_saved(send, data):
    answer = send(data)
    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.text
    assert not ReferralImport.objects.exists()


def test_a_dropped_list_leaves_nothing(send):
    answer = send(csv_list(HEADERS, GOOD))
    send.client.post(answer.url + "discard/")
    assert not Participant.objects.exists()
    assert send.client.get(answer.url).status_code == 200
    assert send.client.post(answer.url).status_code == 302
    assert not Participant.objects.exists()


def test_a_possible_duplicate_is_decided_on_the_page(send, referred):
    Participant.objects.update(birth_date=None, phone="", email="")
    answer = send(csv_list(HEADERS, ["Saha", "Pekka", "", "", ""]))
    assert f'value="person-{referred.pk}"' in send.client.get(answer.url).text
    send.client.post(answer.url, {"row-2": "new", "row-x": "new", "row-99999999999": "new"})
    assert Participant.objects.filter(last_name="Saha").count() == 2


ANY_TEXT = st.text(max_size=30)
FIELD_NAMES = """
    first_name last_name birth_date hetu remove_hetu language phone email postal_code authority officer
    officer_name labour_status unemployed_since education is_restricted referred_on note duplicate version
    take_stored items granted_on method expires_on reason move-state move-version move-reason row-2 page q
    preparation-version preparation-agreement_signed_on show state
"""
FIELDS = st.sampled_from(sorted(FIELD_NAMES.split()))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(FIELDS, ANY_TEXT, max_size=12))
def test_whatever_is_posted_is_answered_without_a_crash(data, client_of, coach, referral, enrolment, preview):
    client, person = client_of(coach), enrolment.participant
    urls = [
        page("participant-edit", person.pk),
        page("participant-open", person.pk),
        page("participant-consents", person.pk),
        page("participant-preparation", person.pk),
        page("referral-new"),
        page("referral-detail", referral.pk),
        page("referral-move", referral.pk),
        page("referral-upload"),
    ]
    for url in urls:
        assert client.post(url, data).status_code in (302, 422), url
    for url in (page("participant-list"), page("referral-list")):
        assert client.get(url, data).status_code == 200
        assert client.post(url, data, follow=True).status_code == 200


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(min_size=1, max_size=300))
def test_whatever_file_is_sent_is_answered_without_a_crash(data, client_of, coordinator, office, today):
    file = io.BytesIO(data)
    file.name = "lista.csv"
    answer = client_of(coordinator).post(page("referral-upload"), {"authority": office.pk, "file": file})
    assert answer.status_code in (302, 422)
