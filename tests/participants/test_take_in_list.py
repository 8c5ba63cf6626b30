"""A list is judged against who is on record, taken in once, and forgotten."""

import datetime as dt
import time

import pytest

from accounts.models import AuditEvent
from core import crypto
from participants import hetu
from participants.enums import ImportState
from participants.models import Participant, Referral, ReferralImport
from participants.referral_list.faults import ListUnreadable
from participants.referral_list.preview import unseal
from participants.services import referral_lists as service
from tests.support.factories import ParticipantFactory, ReferralFactory
from tests.support.lists import csv_list, demo_hetu, xlsx_list

TODAY = dt.date(2026, 2, 10)
HEADERS = ["Sukunimi", "Etunimi", "Syntymäaika", "Hetu", "Puhelin", "Sähköposti", "Lähetepäivä"]
AINO = ["Koivuniemi", "Aino", "17.5.1980", "", "040 123 4567", "", "12.1.2026"]
PEKKA = ["Saha", "Pekka", "", demo_hetu(3, 4, 1975), "", "", ""]


@pytest.fixture
def upload(coordinator, office):
    def uploaded(*rows, headers=HEADERS, data=None) -> ReferralImport:
        return service.upload_referral_list(
            actor=coordinator,
            authority=office,
            data=data or csv_list(headers, *rows),
            file_name="lista.csv",
            today=TODAY,
        )

    return uploaded


@pytest.fixture
def take_in(coordinator):
    def taken(preview, **decisions):
        numbered = {int(key.removeprefix("row")): value for key, value in decisions.items()}
        return service.take_in_referral_list(
            actor=coordinator, referral_import=preview, decisions=numbered, today=TODAY
        )

    return taken


def verdicts(preview) -> list[str]:
    return [entry.verdict for entry in unseal(preview.rows_encrypted)]


def test_good_rows_become_people_with_referrals(upload, take_in, office, officer, coordinator):
    headers = [*HEADERS, "Vastuuvirkailija", "Huomautus"]
    done = take_in(upload([*AINO, "Virkailija Olli", "Autoton"], [*PEKKA, "Joku Muu", ""], headers=headers))
    aino, pekka = Participant.objects.order_by("last_name")
    assert done.referral_import.imported_count == 2
    assert (aino.full_name, aino.birth_date, aino.authority) == (
        "Aino Koivuniemi",
        dt.date(1980, 5, 17),
        office,
    )
    assert (aino.officer, aino.officer_name, pekka.officer, pekka.officer_name) == (
        officer,
        "",
        None,
        "Joku Muu",
    )
    assert crypto.decrypt(pekka.hetu_encrypted) == PEKKA[3]
    referral = aino.referrals.get()
    assert (referral.referred_on, referral.source, referral.note) == (dt.date(2026, 1, 12), "list", "Autoton")
    assert referral.created_by == coordinator
    assert pekka.referrals.get().referred_on == TODAY
    assert AuditEvent.objects.filter(action="referral.received", participant_id=aino.pk).count() == 1
    assert AuditEvent.objects.get(action="referral_list.imported").details["taken_in"] == 2


def test_the_rows_wait_encrypted_and_go_after_the_decision(upload, take_in):
    preview = upload(AINO, PEKKA)
    assert "Koivuniemi" not in preview.rows_encrypted
    assert PEKKA[3] not in str(preview.columns) + preview.rows_encrypted
    take_in(preview)
    preview.refresh_from_db()
    assert (preview.rows_encrypted, preview.state, preview.good_count) == ("", ImportState.IMPORTED, 2)


def test_the_same_file_twice_adds_nobody(upload, take_in):
    take_in(upload(AINO, PEKKA))
    again = upload(AINO, PEKKA)
    assert verdicts(again) == ["known", "known"]
    assert take_in(again).referral_import.imported_count == 0
    assert (Participant.objects.count(), Referral.objects.count()) == (2, 2)


def test_two_previews_of_one_list_and_a_double_click_add_nobody_twice(upload, take_in):
    first, second = upload(AINO, PEKKA), upload(AINO, PEKKA)
    take_in(first)
    assert take_in(first).again
    assert take_in(second).referral_import.imported_count == 0
    assert Participant.objects.count() == 2


@pytest.mark.parametrize(
    ("on_record", "row", "verdict"),
    [
        ({"birth_date": dt.date(1980, 5, 17)}, AINO, "known"),
        ({"birth_date": None, "phone": "+358401234567"}, AINO, "known"),
        ({"birth_date": None, "phone": "", "email": "AINO@posti.example"},
         ["koivuniemi", "AINO", "", "", "", "aino@posti.example", ""], "known"),
        ({"birth_date": None, "phone": "", "email": ""}, AINO, "possible"),
        ({"birth_date": dt.date(1980, 5, 18)}, AINO, "possible"),
        ({"birth_date": dt.date(1999, 1, 1)}, AINO, "good"),
        ({"first_name": "Aino Maria", "birth_date": dt.date(1980, 5, 17)}, AINO, "known"),
        ({"first_name": "Ainomaria"}, AINO, "good"),
        ({"last_name": "Lahti"}, AINO, "good"),
    ],
)  # fmt: skip
def test_who_counts_as_the_same_person(upload, on_record, row, verdict):
    ReferralFactory(participant=ParticipantFactory(**{"last_name": "Koivuniemi", **on_record}))
    assert verdicts(upload(row)) == [verdict]


def test_the_same_code_is_the_same_person_even_after_a_wedding(upload):
    ReferralFactory(
        participant=ParticipantFactory(first_name="Pekka", last_name="Lahti", **hetu.sealed(PEKKA[3]))
    )
    assert verdicts(upload(PEKKA)) == ["known"]


def test_the_same_code_under_quite_another_name_is_to_be_mended(upload):
    ParticipantFactory(first_name="Liisa", last_name="Lahti", **hetu.sealed(PEKKA[3]))
    preview = upload(PEKKA)
    assert verdicts(preview) == ["mend"]
    assert unseal(preview.rows_encrypted)[0].row.faults[0].code == "same_hetu_other_person"


def test_a_possible_duplicate_waits_for_a_decision(upload, take_in, office):
    namesake = ParticipantFactory(last_name="Koivuniemi", birth_date=None, phone="", authority=office)
    ReferralFactory(participant=namesake, state="withdrew", reason="")
    preview = upload(AINO)
    assert take_in(preview).left == [2]
    assert Participant.objects.count() == 1
    assert take_in(upload(AINO), row2="new").referral_import.imported_count == 1
    assert Participant.objects.count() == 2


def test_a_candidate_whom_the_user_may_not_see_gets_no_referral(upload, take_in, office):
    hidden = ParticipantFactory(last_name="Koivuniemi", birth_date=None, phone="", authority=office)
    take_in(upload(AINO), row2=f"person-{hidden.pk}")
    assert hidden.referrals.count() == 0


def test_somebody_from_before_comes_back_only_by_decision(upload, take_in, office):
    aino = ParticipantFactory(last_name="Koivuniemi", birth_date=dt.date(1980, 5, 17), authority=office)
    ReferralFactory(participant=aino, referred_on=dt.date(2024, 1, 1), state="withdrew")
    preview = upload(AINO)
    assert verdicts(preview) == ["returning"]
    take_in(preview)
    assert aino.referrals.count() == 1
    take_in(upload(AINO), row2="return")
    assert sorted(aino.referrals.values_list("state", flat=True)) == ["received", "withdrew"]
    assert Participant.objects.count() == 1


def test_a_person_not_selected_stays_so_when_the_old_list_comes_again(upload, take_in):
    take_in(upload(AINO, PEKKA))
    Referral.objects.update(state="not_selected", reason="Ryhmä on täynnä", decided_on=TODAY)
    assert verdicts(upload(AINO, PEKKA)) == ["known", "known"]


def test_odd_decisions_change_nothing(upload, take_in):
    take_in(upload(AINO), row2="person-99999999999999999999", row7="new", row3="")
    assert Participant.objects.count() == 1


def test_an_unreadable_list_saves_nothing(upload):
    with pytest.raises(ListUnreadable):
        upload(data=b"%PDF-1.7")
    assert not ReferralImport.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_discarded_and_an_expired_preview_can_no_longer_be_taken_in(upload, take_in, coordinator):
    preview, other = upload(AINO), upload(AINO)
    service.discard_referral_list(actor=coordinator, referral_import=preview)
    now = other.uploaded_at + dt.timedelta(hours=24, seconds=1)
    assert service.drop_expired_previews(now=now) == 1
    assert service.drop_expired_previews(now=now) == 0
    for gone in (preview, other):
        gone.refresh_from_db()
        assert (gone.state, gone.rows_encrypted) == (ImportState.DISCARDED, "")
        with pytest.raises(service.PreviewGone):
            take_in(gone)


def test_a_preview_is_its_uploaders_own(upload, coach, coordinator, manager, administrator, officer):
    preview = upload(AINO)
    seen = {
        user.role: ReferralImport.objects.visible_to(user).contains(preview)
        for user in (coach, coordinator, manager, administrator, officer)
    }
    assert [role for role, sees in seen.items() if sees] == ["coordinator"]


def test_three_hundred_rows_take_less_than_two_seconds_and_few_queries(
    upload, take_in, office, count_queries
):
    Participant.objects.bulk_create(
        Participant(first_name="Aino", last_name=f"Koivu{number}", authority=office) for number in range(100)
    )
    rows = [
        [
            f"Koivu{number}",
            "Aino",
            "17.5.1980",
            demo_hetu(17, 5, 1980, 900 + number % 99, "-YXWV"[number // 99]),
            f"040 555 {number:04}",
            f"aino{number}@lista.example",
            "1.2.2026",
        ]
        for number in range(300)
    ]
    data = xlsx_list(HEADERS, *rows)
    started = time.perf_counter()
    with count_queries() as queries:
        done = take_in(upload(data=data))
    assert time.perf_counter() - started < 2
    assert (done.referral_import.imported_count, len(done.left)) == (200, 100)
    assert len(queries) <= 20
