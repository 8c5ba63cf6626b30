"""The kick-off: what was agreed, and the check half-way (issue 3, "Planning the month"; seed 004:963-966)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from coaching.models import AgreedPractice, KickOff
from coaching.services import kick_off as services
from coaching.services.kick_off import CheckLine, PracticeLine
from core.errors import AccessDenied, DomainError, StaleVersion
from tests.support import factories

pytestmark = pytest.mark.django_db
HELD = dt.date(2026, 2, 2)


def record(actor, month, today, *texts, version=0, held_on=HELD, **more):
    lines = [text if isinstance(text, PracticeLine) else PracticeLine(text) for text in texts]
    return services.record_kick_off(
        actor=actor,
        month=month,
        version=version,
        held_on=held_on,
        present="Sanna ja Olli",
        note="",
        practices=lines,
        today=today,
        **more,
    )


def check(actor, month, today, *lines, version=1, checked_on=dt.date(2026, 2, 10)):
    return services.check_practices(
        actor=actor, month=month, version=version, checked_on=checked_on, checks=lines, today=today
    )


def test_the_check_is_not_before_the_meeting_in_the_database(kick_off):
    with pytest.raises(IntegrityError), transaction.atomic():
        KickOff.objects.filter(pk=kick_off.pk).update(checked_on=dt.date(2026, 2, 1))


def test_practices_keep_their_order_and_their_result_when_lines_move(coach, month, today):
    meeting = record(coach, month, today, "Ensin", "Toiseksi")
    first, second = meeting.practices.order_by("position")
    check(coach, month, today, CheckLine(first.pk, "works"), CheckLine(second.pk, "not", "Soitetaan"))
    record(
        coach, month, today,
        PracticeLine("Toiseksi", pk=second.pk), "Uusi", PracticeLine("Ensin", pk=first.pk), version=2,
    )  # fmt: skip
    rows = [(row.text, row.check_result) for row in meeting.practices.order_by("position")]
    assert rows == [("Toiseksi", "not"), ("Uusi", ""), ("Ensin", "works")]


def test_a_line_left_out_goes(coach, month, today):
    meeting = record(coach, month, today, "Ensin", "Toiseksi")
    keep = meeting.practices.get(text="Toiseksi")
    record(coach, month, today, PracticeLine("Toiseksi", pk=keep.pk), version=1)
    assert [row.text for row in meeting.practices.all()] == ["Toiseksi"]


def test_a_meeting_in_the_future_is_planned_not_recorded(coach, month, today):
    with pytest.raises(DomainError) as refused:
        record(coach, month, today, "Ensin", held_on=today + dt.timedelta(days=1))
    assert refused.value.field == "held_on"


def test_two_people_recording_at_once_lose_nothing(coach, month, today):
    record(coach, month, today, "Ensin")
    with pytest.raises(StaleVersion):
        record(coach, month, today, "Toinen", version=0)
    assert [row.text for row in AgreedPractice.objects.all()] == ["Ensin"]


def test_another_months_practice_is_refused_and_nothing_is_half_saved(
    coach, other_coach, month, office, today
):
    other = factories.MonthFactory(coach=other_coach, authority=office, name="Toinen")
    foreign = record(other_coach, other, today, "Vieras").practices.get()
    with pytest.raises(DomainError):
        record(coach, month, today, PracticeLine("Kaapattu", pk=foreign.pk))
    assert not KickOff.objects.filter(month=month).exists()
    record(coach, month, today, "Oma")
    with pytest.raises(DomainError):
        check(coach, month, today, CheckLine(foreign.pk, "not"))
    foreign.refresh_from_db()
    assert (foreign.text, foreign.check_result) == ("Vieras", "")


def test_only_the_months_own_coach_records(coordinator, month, today):
    with pytest.raises(AccessDenied):
        record(coordinator, month, today, "Ensin")


def test_it_stands_on_the_trail(coach, month, today):
    record(coach, month, today, "Ensin")
    assert AuditEvent.objects.filter(action="kick_off.recorded", actor=coach).exists()


# --- pages ---------------------------------------------------------------------------------------
def test_the_way_from_the_empty_page_to_the_checked_practice(client_of, coach, officer, month, today):
    page = client_of(coach)
    assert (
        "Kirjaa aloituspalaveri" in page.get(reverse("coaching:kick-off", args=[month.pk])).content.decode()
    )
    typed = {"held_on": "2.2.2026", "present": "Sanna, Olli", "note": "", "version": "0"}
    typed |= {"text-1": "Soitetaan perjantaisin", "who-1": "Sanna"}
    assert page.post(reverse("coaching:kick-off-edit", args=[month.pk]), typed).status_code == 302
    practice = AgreedPractice.objects.get()
    checked = {"checked_on": "10.2.2026", "version": "1", f"result-{practice.pk}": "partly"}
    checked[f"note-{practice.pk}"] = "Siirretään torstaille"
    assert page.post(reverse("coaching:kick-off-check", args=[month.pk]), checked).status_code == 302
    shown = client_of(officer).get(reverse("coaching:kick-off", args=[month.pk])).content.decode()
    assert "Soitetaan perjantaisin" in shown
    assert "Siirretään torstaille" in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"held_on": "31.2.2026"}, "päivämäärä"),
        ({"held_on": "11.2.2026"}, "tulevaisuudessa"),
        ({"text-1": "x" * 301}, "300"),
        ({"who-1": "Olli", "text-1": ""}, "Kirjoita, mitä sovittiin"),
        ({"note": "x" * 10_000}, "4000"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(client_of, coach, month, today, typed, sentence):
    data = {
        "held_on": "2.2.2026",
        "present": "مرحبا <script>",
        "version": "0",
        "text-1": "Näin",
        "text-2": "😀",
    }
    answer = client_of(coach).post(reverse("coaching:kick-off-edit", args=[month.pk]), data | typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "مرحبا &lt;script&gt;" in text
    assert "😀" in text
    assert not KickOff.objects.exists()


def test_a_stale_form_shows_what_is_saved_and_keeps_what_was_typed(client_of, coach, month, today):
    record(coach, month, today, "Toisen rivi")
    data = {"held_on": "2.2.2026", "present": "Sanna", "version": "0", "text-1": "Oma rivi"}
    answer = client_of(coach).post(reverse("coaching:kick-off-edit", args=[month.pk]), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Toisen rivi" in text
    assert ">Oma rivi</textarea>" in text


def test_a_closed_month_refuses_with_a_sentence(client_of, coach, month, today):
    month.state, month.closed_by = "closed", coach
    month.closed_at = dt.datetime(2026, 2, 9, tzinfo=dt.UTC)
    month.save()
    data = {"held_on": "2.2.2026", "present": "Sanna", "version": "0", "text-1": "Oma rivi"}
    answer = client_of(coach).post(reverse("coaching:kick-off-edit", args=[month.pk]), data)
    assert answer.status_code == 422
    assert "Oma rivi" in answer.content.decode()


@given(
    data=st.dictionaries(
        st.sampled_from(
            [
                "held_on",
                "present",
                "note",
                "version",
                "text-1",
                "who-1",
                "practice-1",
                "text-12",
                "checked_on",
            ]
        ),
        st.text(max_size=400),
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_post_breaks_the_forms(client_of, coach, month, kick_off, today, data):
    page = client_of(coach)
    for name in ("coaching:kick-off-edit", "coaching:kick-off-check"):
        with transaction.atomic():
            assert page.post(reverse(name, args=[month.pk]), data).status_code in (302, 422)
            transaction.set_rollback(True)
