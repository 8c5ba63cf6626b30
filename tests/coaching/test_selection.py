"""Selection: information event, talk, decision with reason, waiting list, spread of aims (issue 3)."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from coaching.errors import OfficerMissing
from coaching.models import Enrolment, InformationEvent, Selection
from coaching.pages.selection import aims_of, selection_page
from coaching.services import selection as services
from core.errors import AccessDenied, DomainError, StaleVersion
from tests.support import factories

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 10, 8, tzinfo=dt.UTC)


@pytest.fixture
def ready(selection):
    """Pekka has an officer, so that a month under way takes him in."""
    person = selection.participant
    person.officer_name = "Olli Virkailija"
    person.save(update_fields=["officer_name"])
    return selection


def save(
    actor, selection, today, *, version=None, held_on=dt.date(2026, 2, 9), decision="", reason="", aim=""
):
    return services.save_selection(
        actor=actor,
        selection=selection,
        version=selection.version if version is None else version,
        planned_at=None,
        held_on=held_on,
        aim=aim,
        wishes="Haluan töihin",
        decision=decision,
        reason=reason,
        today=today,
    )


def facts(**changes):
    values = {"held_at": dt.datetime(2026, 1, 20, 8, tzinfo=dt.UTC), "place": "Kirjasto"}
    return services.EventFacts(**values | changes)


def save_event(actor, month, *, event_id=None, version=0, **changes):
    return services.save_information_event(
        actor=actor, month=month, event_id=event_id, version=version, facts=facts(**changes), now=NOW
    )


# --- what the database holds to ---------------------------------------------------------------------
def test_a_decision_needs_its_day_and_its_reason(selection):
    for wrong in (
        {"decision": "selected", "reason": "ok"},
        {"decision": "not_selected", "decided_on": "2026-02-09"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Selection.objects.filter(pk=selection.pk).update(**wrong)


def test_one_person_is_considered_once_in_a_month(selection):
    with pytest.raises(IntegrityError), transaction.atomic():
        Selection.objects.create(month=selection.month, participant=selection.participant)


def test_more_people_cannot_be_interested_than_came(information_event):
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationEvent.objects.filter(pk=information_event.pk).update(came=3, interested=4)


# --- the talk and the decision -----------------------------------------------------------------------
def test_selected_goes_into_the_group_with_the_aim(coordinator, ready, month, today):
    save(coordinator, ready, today, decision="selected", reason="Innostunut", aim="study")
    place = month.enrolments.get(participant=ready.participant)
    assert (place.state, place.aim) == ("enrolled", "study")
    assert ready.participant.referrals.get().state == "enrolled"


def test_selected_into_a_full_group_goes_to_the_waiting_list(coach, ready, month, today):
    month.capacity = 1
    month.save(update_fields=["capacity"])
    factories.EnrolmentFactory(month=month)
    save(coach, ready, today, decision="selected", reason="Innostunut")
    assert month.enrolments.get(participant=ready.participant).state == "waiting"


def test_waiting_goes_to_the_list_though_places_are_free(coach, ready, month, today):
    save(coach, ready, today, decision="waiting", reason="Aloittaa toukokuussa")
    assert month.enrolments.get(participant=ready.participant).state == "waiting"


@pytest.mark.parametrize(("decision", "state"), [("not_selected", "not_selected"), ("withdrew", "withdrew")])
def test_the_other_two_close_the_referral(coach, ready, month, today, decision, state):
    save(coach, ready, today, decision=decision, reason="Toinen palvelu sopii paremmin")
    assert ready.participant.referrals.get().state == state
    assert not month.enrolments.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decision": "selected", "reason": ""}, "reason"),
        ({"decision": "not_selected", "reason": "x", "held_on": None}, "held_on"),
        ({"held_on": dt.date(2026, 2, 11)}, "held_on"),
    ],
)
def test_what_is_missing_is_named_at_its_field(coach, ready, today, changes, field):
    with pytest.raises(DomainError) as refused:
        save(coach, ready, today, **changes)
    assert refused.value.field == field
    ready.refresh_from_db()
    assert ready.decision == ""


def test_somebody_who_does_not_want_to_come_needs_no_talk(coach, ready, today):
    assert save(coach, ready, today, held_on=None, decision="withdrew").decision == "withdrew"


def test_no_officer_no_place_in_a_month_under_way_and_nothing_is_half_saved(coach, selection, month, today):
    selection.participant.officer_name, selection.participant.officer = "", None
    selection.participant.save()
    with pytest.raises(OfficerMissing):
        save(coach, selection, today, decision="selected", reason="Innostunut")
    selection.refresh_from_db()
    assert (selection.decision, selection.held_on) == ("", None)
    assert not month.enrolments.exists()


def test_a_decision_stands(coach, ready, today):
    saved = save(coach, ready, today, decision="not_selected", reason="Muu palvelu")
    with pytest.raises(DomainError) as refused:
        save(coach, saved, today, decision="selected", reason="Sittenkin")
    assert refused.value.field == "decision"


def test_somebody_not_selected_can_be_talked_with_anew(coach, ready, month, today):
    saved = save(coach, ready, today, decision="not_selected", reason="Muu palvelu")
    again = services.start_selection(actor=coach, month=month, participant=saved.participant)
    assert (again.pk, again.decision, again.decided_on) == (saved.pk, "", None)


def test_two_people_saving_at_once_lose_nothing(coach, coordinator, ready, today):
    save(coach, ready, today, aim="study")
    with pytest.raises(StaleVersion):
        save(coordinator, ready, today, version=1, aim="own_field")
    ready.refresh_from_db()
    assert ready.aim == "study"


def test_the_aim_follows_into_the_group_also_afterwards(coach, ready, month, today):
    saved = save(coach, ready, today, decision="selected", reason="Innostunut", aim="open")
    save(coach, saved, today, aim="new_field")
    assert Enrolment.objects.get(month=month).aim == "new_field"


def test_a_double_click_considers_a_person_once(coach, month, referred):
    first = services.start_selection(actor=coach, month=month, participant=referred)
    assert services.start_selection(actor=coach, month=month, participant=referred) == first


def test_a_substitute_does_not_choose(substitute, selection, today):
    with pytest.raises(AccessDenied):
        save(substitute, selection, today)


def test_each_step_stands_on_the_trail(coach, month, referred, today):
    started = services.start_selection(actor=coach, month=month, participant=referred)
    save(coach, started, today, decision="withdrew")
    actions = set(AuditEvent.objects.filter(participant_id=referred.pk).values_list("action", flat=True))
    assert {"selection.started", "selection.decided"} <= actions


# --- the event ---------------------------------------------------------------------------------------
def test_heads_are_counted_after_the_event_not_before(coach, month):
    with pytest.raises(DomainError) as refused:
        save_event(coach, month, held_at=NOW + dt.timedelta(days=1), came=5)
    assert refused.value.field == "came"


def test_an_event_is_planned_and_counted(coordinator, month):
    event = save_event(coordinator, month)
    save_event(coordinator, month, event_id=event.pk, version=1, came=12, interested=9)
    with pytest.raises(StaleVersion):
        save_event(coordinator, month, event_id=event.pk, version=1, came=2)
    event.refresh_from_db()
    assert (event.came, event.interested) == (12, 9)


def test_a_second_click_plans_no_second_event(coach, month):
    assert save_event(coach, month).pk == save_event(coach, month).pk
    assert save_event(coach, month, place="Toinen paikka").pk
    assert InformationEvent.objects.count() == 2


def test_another_months_event_is_not_touched(other_coach, office, information_event):
    other = factories.MonthFactory(coach=other_coach, authority=office, name="Toinen")
    with pytest.raises(DomainError):
        save_event(other_coach, other, event_id=information_event.pk, version=1)
    services.remove_information_event(actor=other_coach, month=other, event_id=information_event.pk)
    assert InformationEvent.objects.filter(pk=information_event.pk).exists()


# --- pages -------------------------------------------------------------------------------------------
def test_the_way_from_the_referral_to_the_group(client_of, coach, month, referred, today):
    referred.officer_name = "Olli"
    referred.save(update_fields=["officer_name"])
    page = client_of(coach)
    added = page.post(reverse("coaching:selection-add", args=[month.pk]), {"participant": referred.pk})
    row = Selection.objects.get()
    assert added["Location"] == reverse("coaching:selection-edit", args=[month.pk, row.pk])
    typed = {"held_on": "9.2.2026", "aim": "own_field", "wishes": "Töihin", "decision": "selected",
             "reason": "Haluaa tulla", "version": "1"}  # fmt: skip
    assert page.post(added["Location"], typed).status_code == 302
    shown = page.get(reverse("coaching:month-detail", args=[month.pk])).content.decode()
    assert "Mihin ryhmä tähtää" in shown
    assert "Työ omalla alalla" in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"held_on": "30.2.2026"}, "päivämäärä"),
        ({"planned_on": "9.2.2026"}, "sekä päivä että kellonaika"),
        ({"wishes": "x" * 10_000}, "2000"),
        ({"decision": "selected"}, "peruste"),
        ({"aim": "kuuhun"}, "kuuhun"),
        ({"version": "7"}, "joku muu"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(
    client_of, coach, month, ready, today, typed, sentence
):
    data = {"held_on": "9.2.2026", "wishes": "😀 مرحبا <script>", "reason": "", "version": "1"}
    answer = client_of(coach).post(
        reverse("coaching:selection-edit", args=[month.pk, ready.pk]), data | typed
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence.lower() in text.lower()
    assert "wishes" in typed or "😀 مرحبا &lt;script&gt;" in text
    ready.refresh_from_db()
    assert ready.held_on is None


def test_somebody_who_is_not_mine_cannot_be_added(client_of, coach, month, office, today):
    stranger = factories.ParticipantFactory(authority=office)
    for wanted in (stranger.pk, "9" * 30, "x", "", "²"):
        answer = client_of(coach).post(
            reverse("coaching:selection-add", args=[month.pk]), {"participant": wanted}
        )
        assert answer.status_code == 404
    assert not Selection.objects.exists()


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_a_month_that_is_over_says_so_and_nothing_changes(
    client_of, coach, month, referred, information_event, today, state
):
    closed = {"closed_at": NOW, "closed_by": coach} if state == "closed" else {}
    type(month).objects.filter(pk=month.pk).update(state=state, **closed)
    client = client_of(coach)
    remove = reverse("coaching:information-event-remove", args=[month.pk, information_event.pk])
    add = reverse("coaching:selection-add", args=[month.pk])
    for url, data in ((remove, {}), (add, {"participant": referred.pk})):
        answer = client.post(url, data)
        assert answer.status_code == 302
        assert {message.level_tag for message in get_messages(answer.wsgi_request)} == {"danger"}
    assert InformationEvent.objects.exists()
    assert not Selection.objects.exists()


def test_a_protected_persons_talk_opens_with_a_reason(client_of, coach, month, selection, today):
    person = selection.participant
    person.is_restricted = True
    person.save(update_fields=["is_restricted"])
    answer = client_of(coach).get(reverse("coaching:selection-edit", args=[month.pk, selection.pk]))
    assert answer.status_code == 302
    assert reverse("participants:participant-detail", args=[person.pk]) in answer["Location"]


def test_whoever_is_not_mine_any_more_is_counted_not_named(client_of, coach, month, ready, today):
    save(coach, ready, today, decision="not_selected", reason="Muu palvelu")
    text = client_of(coach).get(reverse("coaching:selection", args=[month.pk])).content.decode()
    assert "Saha" not in text
    assert "Lisäksi 1 henkilön kanssa" in text


def test_the_spread_counts_the_group_only(month):
    for aim, state in (("study", "enrolled"), ("study", "enrolled"), ("", "enrolled"), ("open", "cancelled")):
        more = {"joined_on": None} if state == "cancelled" else {}
        factories.EnrolmentFactory(month=month, aim=aim, state=state, **more)
    assert [(share.count, share.of) for share in aims_of(month.enrolments.all())] == [(2, 3)]


def test_the_queries_do_not_grow(coach, month, office, today, count_queries):
    def add():
        person = factories.ParticipantFactory(authority=office)
        factories.ReferralFactory(participant=person)
        Selection.objects.create(month=month, participant=person)

    def measure() -> int:
        with count_queries() as queries:
            selection_page(month, coach, today=today)
        return len(queries)

    add()
    few = measure()
    for _number in range(9):
        add()
    assert measure() == few <= 4


@given(
    data=st.dictionaries(
        st.sampled_from(
            ["planned_on", "planned_time", "held_on", "aim", "wishes", "decision", "reason", "version",
             "day", "time", "place", "came", "interested", "note"]
        ),
        st.one_of(st.text(max_size=200), st.sampled_from(["1", "9.2.2026", "9.00", "selected", "withdrew"])),
    )
)  # fmt: skip
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_post_breaks_the_forms(client_of, coach, month, ready, information_event, today, data):
    page = client_of(coach)
    for address in (
        reverse("coaching:selection-edit", args=[month.pk, ready.pk]),
        reverse("coaching:information-event-edit", args=[month.pk, information_event.pk]),
        reverse("coaching:information-event-add", args=[month.pk]),
    ):
        with transaction.atomic():
            assert page.post(address, data).status_code in (302, 422)
            transaction.set_rollback(True)
