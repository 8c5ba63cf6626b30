"""The group's board: first names of those who agreed, and nothing else from that screen."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import Interview, JobSearchAction, SharedTip
from coaching.pages.wall import build_wall
from coaching.services.wall import make_wall_address
from core import clock
from core.models import LinkToken
from tests.support import factories
from tests.support.client import PolicedClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = dt.date(2026, 2, 10)


@pytest.fixture
def agree():
    """`agree(enrolment)`: the person lets the group see the own steps."""

    def give(enrolment):
        return factories.ConsentFactory(participant=enrolment.participant, recipient="group", item="progress")

    return give


@pytest.fixture
def member(month):
    """`member("Aino", "Koivu")`: somebody of the group with a step of this week."""

    def join(first, last, step="Otti askeleen", **more):
        person = factories.ParticipantFactory(first_name=first, last_name=last, authority=month.authority)
        enrolment = factories.EnrolmentFactory(month=month, participant=person, **more)
        if step:
            factories.StepForwardFactory(enrolment=enrolment, day=TODAY, text=step)
        return enrolment

    return join


@pytest.fixture
def address(coach, month):
    secret = make_wall_address(actor=coach, month_id=month.pk, now=clock.now(), today=TODAY)
    return reverse("coaching:wall", args=[secret])


def deed(enrolment, kind="call", text="Rautakauppa Saha"):
    return JobSearchAction.objects.create(
        enrolment=enrolment, day=TODAY, kind=kind, text=text, recorded_at=clock.now()
    )


def test_only_those_who_agreed_are_shown_by_first_name(month, member, agree, address):
    aino = member("Aino Maria", "Koivuniemi", "Soitti kahteen paikkaan")
    member("Pekka", "Saarinen", "Kävi haastattelussa")
    agree(aino)
    deed(aino)
    page = PolicedClient().get(address).content.decode()
    assert "Aino" in page
    assert "Soitti kahteen paikkaan" in page
    hidden = ("Maria", "Koivuniemi", "Pekka", "Saarinen", "haastattelussa", "Rautakauppa")
    assert [word for word in hidden if word in page] == []


def test_a_consent_taken_back_takes_the_person_off_at_the_next_refresh(member, agree, address):
    consent = agree(member("Aino", "Koivu"))
    screen = PolicedClient()
    assert "Otti askeleen" in screen.get(address).content.decode()
    consent.revoked_at = clock.now()
    consent.save()
    assert "Otti askeleen" not in screen.get(address, headers={"HX-Request": "true"}).content.decode()


def test_a_protected_person_is_never_on_it(month, member, agree):
    aino = member("Aino", "Koivu")
    agree(aino)
    aino.participant.is_restricted = True
    aino.participant.save(update_fields=["is_restricted"])
    assert build_wall(month, today=TODAY).is_empty


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("Soitti yhdessä Pekan kanssa", False),
        ("Soitti pekalle", True),
        ("Kysyi neuvoa Pekalta", False),
        ("Kiitti pekkaa", False),
        ("Tapasi Saarisen kaupungilla", False),
        ("Kävi saaressa", True),
    ],
)
def test_a_text_that_names_somebody_who_did_not_agree_is_left_out(month, member, agree, text, is_shown):
    agree(member("Aino", "Koivu", text))
    member("Pekka", "Saarinen")
    assert bool(build_wall(month, today=TODAY).people) is is_shown


def test_two_with_the_same_first_name_stand_each_for_themselves(month, member, agree):
    for last, step in (("Koivu", "Eka"), ("Lehto", "Toka")):
        agree(member("Aino", last, step))
    people = build_wall(month, today=TODAY).people
    assert [(person.first_name, person.steps) for person in people] == [
        ("Aino", ("Eka",)),
        ("Aino", ("Toka",)),
    ]


def test_tips_and_praise_need_both_sides(month, member, agree, session):
    aino, pekka = member("Aino", "Koivu"), member("Pekka", "Saarinen")
    agree(aino)
    for position, (given_by, given_to, text) in enumerate(
        [
            (None, None, "Kaikille"),
            (aino, None, "Ainolta"),
            (pekka, None, "Toiselta"),
            (aino, pekka, "Hyvin tehty"),
        ]
    ):
        SharedTip.objects.create(
            session=session,
            position=position,
            text=text,
            given_by=given_by,
            given_to=given_to,
            recorded_at=clock.now(),
        )
    assert {item.text for item in build_wall(month, today=TODAY).shared} == {"Kaikille", "Ainolta"}


def test_leaving_for_work_and_a_job_interview_are_celebrated_without_saying_where(month, member, agree):
    aino = member("Aino", "Koivu", exit_kind="left_for_work", left_on=TODAY - dt.timedelta(days=1))
    liisa = member("Liisa", "Haka")
    for enrolment in (aino, liisa):
        agree(enrolment)
    Interview.objects.create(enrolment=liisa, kind="real", held_on=TODAY, where="Sairaala")
    news = build_wall(month, today=TODAY).news
    assert len(news) == 2
    assert "Aino" in news[0]
    assert "Sairaala" not in "".join(news)


def test_who_dropped_out_is_gone(month, member, agree):
    left = {"exit_kind": "dropped_out", "exit_reason": "Muutti", "left_on": TODAY - dt.timedelta(days=1)}
    agree(member("Aino", "Koivu", **left))
    assert build_wall(month, today=TODAY).is_empty


def test_what_does_not_fit_takes_its_turn(month, member, agree):
    aino = member("Aino", "Koivu", "Eka")
    agree(aino)
    for text in ("Toka", "Kolmas"):
        factories.StepForwardFactory(enrolment=aino, day=TODAY, text=text)
    seen = set()
    for turn in range(3):
        steps = build_wall(month, today=TODAY, turn=turn).people[0].steps
        assert len(steps) == 2
        seen |= set(steps)
    assert seen == {"Eka", "Toka", "Kolmas"}


def test_last_weeks_steps_have_gone(month, member, agree):
    aino = member("Aino", "Koivu", step="")
    factories.StepForwardFactory(enrolment=aino, day=TODAY - dt.timedelta(days=7))
    agree(aino)
    assert build_wall(month, today=TODAY).is_empty


def test_nothing_else_is_reachable_from_the_screen(member, agree, address):
    agree(member("Aino", "Koivu", '<script>alert(1)</script> <a href="/">koti</a>'))
    screen = PolicedClient()
    response = screen.get(address)
    page = response.content.decode()
    assert re.findall(r"<(?:a|form|button|input)\b", page) == []
    assert "<script>alert" not in page
    assert not screen.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_the_screen_asks_only_for_the_board_itself(member, agree, address):
    agree(member("Aino", "Koivu"))
    screen = PolicedClient()
    fragment = screen.get(address, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<main")
    assert re.findall(r'hx-get="([^"]+)"', fragment) == [address]


@pytest.mark.parametrize("ending", ["ended", "new", "closed", "over", "unknown"])
def test_an_address_that_has_ended_answers_410_without_names(
    coach, client_of, month, member, agree, address, ending, monkeypatch
):
    agree(member("Aino", "Koivu"))
    if ending == "ended":
        client_of(coach).post(reverse("coaching:month-wall-end", args=[month.pk]))
    elif ending == "new":
        client_of(coach).post(reverse("coaching:month-wall", args=[month.pk]))
    elif ending == "closed":
        month.state, month.closed_at, month.closed_by = "closed", clock.now(), coach
        month.save()
    elif ending == "over":
        monkeypatch.setattr(clock, "today", lambda: month.ends_on + dt.timedelta(days=1))
    else:
        address = reverse("coaching:wall", args=["x" * 43])
    response = PolicedClient().get(address)
    page = response.content.decode()
    assert response.status_code == 410
    assert "Aino" not in page
    assert "<a " not in page


def test_the_address_is_shown_once_and_its_making_is_audited(coach, client_of, month, enrolment):
    pages = client_of(coach)
    url = reverse("coaching:month-wall", args=[month.pk])
    made = pages.post(url).content.decode()
    address = re.search(r"http://[^<\"]+/coaching/wall/[\w-]+/", made)[0]
    assert PolicedClient().get(address).status_code == 200
    assert "/coaching/wall/" not in pages.get(url).content.decode()
    assert AuditEvent.objects.get(action="wall.address_made").object_id == month.pk
    assert LinkToken.objects.filter(purpose="coaching.wall").count() == 1


def test_a_board_of_a_month_that_is_over_gets_no_address(coach, client_of, month, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: month.ends_on + dt.timedelta(days=1))
    assert client_of(coach).post(reverse("coaching:month-wall", args=[month.pk])).status_code == 422
    assert not LinkToken.objects.exists()


def test_the_boards_queries_do_not_grow_with_the_group(month, member, agree, address, count_queries):
    agree(member("Aino", "Koivu"))
    screen = PolicedClient()
    with count_queries() as few:
        screen.get(address)
    for number in range(9):
        one = member(f"Nimi{number}", "Koivu")
        agree(one)
        deed(one)
    with count_queries() as many:
        screen.get(address)
    assert len(many) == len(few) <= 10
