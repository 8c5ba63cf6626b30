"""The administrator's people and authorities: rules, services, pages."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.errors import AuthorityIsInUse, LastAdministratorStays, OwnAccountIsKept, PersonIsNotActive
from accounts.models import AuditEvent, Authority
from accounts.services import authorities, people
from core.errors import DomainError, LinkGone
from core.models import LinkToken, OutgoingMail
from tests.support.factories import PASSWORD, AuthorityFactory, UserFactory
from tests.support.queries import assert_queries_do_not_grow

User = get_user_model()
NOW = dt.datetime(2026, 2, 10, 7, 30, tzinfo=dt.UTC)
OFFICER_RULE = "A TE officer belongs to an authority, other people do not."
NEW = {
    "first_name": "Saara",
    "last_name": "Uusi",
    "email": "Saara.Uusi@desk.example",
    "role": Role.COACH,
    "authority": None,
    "title": "",
    "phone": "",
    "language": "fi",
}
GOOD_PASSWORD = "kolme-koivua-rannalla"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(client):
    from django.utils import translation

    with translation.override("en"):
        yield


def last_link() -> str:
    return re.search(r"/account/password/([\w-]{43})/", OutgoingMail.objects.latest("id").body)[1]


# --- rules in the database --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "has_office"),
    [(role, role != Role.TE_OFFICER) for role in Role.values],
)
def test_the_database_holds_officers_and_authorities_together(role, has_office, office):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="x@desk.example", role=role, authority=office if has_office else None)


def test_an_address_is_one_persons_in_any_letter_case(coach):
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=coach.email.upper())


# --- who sees people --------------------------------------------------------------------------------
def test_only_the_administrator_sees_people_and_offices(
    coach, coordinator, officer, manager, administrator, office
):
    for user in (coach, coordinator, officer, manager):
        assert not User.objects.visible_to(user).exists()
        assert not Authority.objects.visible_to(user).exists()
    assert User.objects.visible_to(administrator).count() == 5
    assert Authority.objects.visible_to(administrator).count() == 1


# --- services ---------------------------------------------------------------------------------------
def test_a_new_person_gets_a_link_and_no_password(administrator):
    user = people.add_user(actor=administrator, now=NOW, **NEW)
    assert user.email == "saara.uusi@desk.example"
    assert not user.has_usable_password()
    assert LinkToken.objects.get().expires_at == NOW + dt.timedelta(days=3)
    assert list(AuditEvent.objects.order_by("id").values_list("action", "object_id")) == [
        ("user.added", user.pk),
        ("user.password_link_sent", user.pk),
    ]


def test_the_mail_names_nobody(administrator):
    people.add_user(actor=administrator, now=NOW, **NEW)
    mail = OutgoingMail.objects.get()
    for word in ("Saara", "Uusi", "saara", administrator.first_name):
        assert word not in mail.subject + mail.body


def test_a_mail_is_in_the_language_of_who_gets_it(administrator):
    people.add_user(actor=administrator, now=NOW, **{**NEW, "language": "en"})
    assert OutgoingMail.objects.get().subject == "Choose your password"


@pytest.mark.parametrize("change", [{"role": Role.TE_OFFICER}, {"authority": "office"}])
def test_breaking_the_officer_rule_says_so_at_the_authority(administrator, office, change):
    if "authority" in change:
        change = {"authority": office}
    with pytest.raises(DomainError, match=OFFICER_RULE) as refused:
        people.add_user(actor=administrator, now=NOW, **{**NEW, **change})
    assert refused.value.field == "authority"
    assert not OutgoingMail.objects.exists()


def test_the_trail_names_changed_fields_but_not_their_content(administrator, coach):
    values = {name: getattr(coach, name) for name in people.EDITABLE}
    people.edit_user(
        actor=administrator, user=coach, now=NOW, **{**values, "phone": "040 999", "title": "Ope"}
    )
    assert AuditEvent.objects.get().details == {"fields": ["title", "phone"]}


def test_saving_without_a_change_leaves_no_trace(administrator, coach):
    values = {name: getattr(coach, name) for name in people.EDITABLE}
    people.edit_user(actor=administrator, user=coach, now=NOW, **values)
    assert not AuditEvent.objects.exists()


def test_a_new_address_kills_the_link_that_went_to_the_old_one(administrator, coach):
    people.send_password_link(actor=administrator, user=coach, now=NOW)
    people.edit_user(actor=administrator, user=coach, now=NOW, email="new@desk.example")
    with pytest.raises(LinkGone):
        people.person_behind_link(secret=last_link(), now=NOW)


def test_an_administrator_keeps_their_own_access(administrator):
    UserFactory(role=Role.ADMIN)
    with pytest.raises(OwnAccountIsKept):
        people.deactivate_user(actor=administrator, user=administrator, now=NOW)
    with pytest.raises(OwnAccountIsKept):
        people.edit_user(actor=administrator, user=administrator, now=NOW, role=Role.COACH)


def test_the_last_active_administrator_stays(administrator):
    gone = UserFactory(role=Role.ADMIN, is_active=False)
    with pytest.raises(LastAdministratorStays):
        people.deactivate_user(actor=gone, user=administrator, now=NOW)


def test_deactivating_twice_is_boring(administrator, coach):
    for _time in range(2):
        people.deactivate_user(actor=administrator, user=coach, now=NOW)
    assert AuditEvent.objects.filter(action="user.deactivated").count() == 1


def test_a_deactivated_person_gets_no_link(administrator, coach):
    people.deactivate_user(actor=administrator, user=coach, now=NOW)
    with pytest.raises(PersonIsNotActive):
        people.send_password_link(actor=administrator, user=coach, now=NOW)


def test_an_authority_with_officers_stays_in_use(administrator, officer, office):
    with pytest.raises(AuthorityIsInUse):
        authorities.edit_authority(actor=administrator, authority=office, is_active=False)
    people.deactivate_user(actor=administrator, user=officer, now=NOW)
    assert not authorities.edit_authority(actor=administrator, authority=office, is_active=False).is_active


def test_an_authoritys_name_is_given_once(administrator, office):
    with pytest.raises(DomainError) as refused:
        authorities.add_authority(actor=administrator, name=office.name, kind="te_office", language="fi")
    assert refused.value.field == "name"


# --- links to choose a password ----------------------------------------------------------------------
def test_a_link_opens_often_and_works_once(client, administrator, coach, today):
    from core import clock

    people.send_password_link(actor=administrator, user=coach, now=clock.now())
    address = f"/account/password/{last_link()}/"
    for _time in range(2):
        page = client.get(address)
        assert page.status_code == 200
        assert page["Cache-Control"] == "no-store, private"
        assert coach.email not in page.content.decode()
    chosen = {"new_password1": GOOD_PASSWORD, "new_password2": GOOD_PASSWORD}
    assert client.post(address, chosen)["Location"] == "/account/log-in/"
    coach.refresh_from_db()
    assert coach.check_password(GOOD_PASSWORD)
    assert client.post(address, chosen).status_code == 410
    assert AuditEvent.objects.filter(action="user.password_chosen_by_link", actor=coach).count() == 1


def test_a_weak_password_is_refused_and_the_link_stays(client, administrator, coach, today):
    from core import clock

    people.send_password_link(actor=administrator, user=coach, now=clock.now())
    address = f"/account/password/{last_link()}/"
    weak = client.post(address, {"new_password1": "short", "new_password2": "short"})
    assert weak.status_code == 422
    assert client.get(address).status_code == 200


def test_a_second_link_kills_the_first_and_three_days_kill_both(administrator, coach):
    people.send_password_link(actor=administrator, user=coach, now=NOW)
    first = last_link()
    people.send_password_link(actor=administrator, user=coach, now=NOW)
    with pytest.raises(LinkGone):
        people.person_behind_link(secret=first, now=NOW)
    assert people.person_behind_link(secret=last_link(), now=NOW) == coach
    with pytest.raises(LinkGone):
        people.person_behind_link(secret=last_link(), now=NOW + dt.timedelta(days=3, seconds=1))


def test_a_links_secret_stays_out_of_the_log(client, administrator, coach, today, capsys):
    """The handler of the settings writes to stderr; Django names the address of every 422."""
    import logging

    from core import clock
    from core.logs import HideLinkSecrets

    people.send_password_link(actor=administrator, user=coach, now=clock.now())
    secret = last_link()
    record = logging.LogRecord(
        "django.request", 30, "", 1, "Gone: %s", (f"/account/password/{secret}/",), None
    )
    assert HideLinkSecrets().filter(record)
    assert record.getMessage() == "Gone: /account/password/(secret)"
    client.post(f"/account/password/{secret}/", {})
    assert secret not in capsys.readouterr().err


# --- pages ------------------------------------------------------------------------------------------
def form_of(user, **changes) -> dict:
    values = {name: getattr(user, name) or "" for name in people.EDITABLE}
    values["authority"] = user.authority_id or ""
    return {**values, **changes}


def test_deactivating_ends_a_session_with_the_next_click(client_of, administrator, coach):
    coach_client = client_of(coach)
    assert coach_client.get("/account/password/").status_code == 200
    response = client_of(administrator).post(f"/account/users/{coach.pk}/deactivate/")
    assert response.status_code == 302
    assert coach_client.get("/account/password/").status_code == 302


def test_a_role_taken_away_ends_its_access_with_the_next_click(client_of, administrator):
    other = UserFactory(role=Role.ADMIN)
    other_client = client_of(other)
    assert other_client.get("/account/users/").status_code == 200
    changed = client_of(administrator).post(f"/account/users/{other.pk}/", form_of(other, role=Role.COACH))
    assert changed.status_code == 302
    assert other_client.get("/account/users/").status_code == 403


@pytest.mark.parametrize("role", [Role.TE_OFFICER, Role.COACH])
def test_the_form_says_the_officer_rule_once_and_at_the_authority(
    client_of, administrator, coach, office, role
):
    data = form_of(coach, role=role, authority="" if role == Role.TE_OFFICER else office.pk)
    response = client_of(administrator).post(f"/account/users/{coach.pk}/", data, HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 422
    assert response.context["form"].errors == {"authority": [OFFICER_RULE]}
    assert response.context["form"]["first_name"].value() == coach.first_name


def test_the_form_says_once_that_an_address_is_taken(client_of, administrator, coach, coordinator):
    data = form_of(coach, email=coordinator.email.upper())
    response = client_of(administrator).post(f"/account/users/{coach.pk}/", data, HTTP_ACCEPT_LANGUAGE="en")
    assert response.context["form"].errors == {"email": ["Somebody already uses this e-mail address."]}


def test_the_last_administrator_reads_why_not(client_of, administrator):
    response = client_of(administrator).post(f"/account/users/{administrator.pk}/deactivate/")
    assert response.status_code == 422
    assert response.context["refusal"]


def test_adding_through_the_page_sends_the_link(client_of, administrator):
    data = {**NEW, "authority": ""}
    assert client_of(administrator).post("/account/users/add/", data).status_code == 302
    assert OutgoingMail.objects.get().recipient == "saara.uusi@desk.example"


def test_the_list_shows_active_people_first_and_others_when_asked(client_of, administrator, coach):
    UserFactory(last_name="Poistunut", is_active=False)
    client = client_of(administrator)
    assert "Poistunut" not in client.get("/account/users/").content.decode()
    assert "Poistunut" in client.get("/account/users/?state=inactive").content.decode()
    assert coach.last_name not in client.get("/account/users/?role=manager").content.decode()
    assert client.get("/account/users/?role=nobody").status_code == 200


def test_the_lists_do_not_get_slower_with_more_rows(client_of, administrator):
    client = client_of(administrator)
    assert_queries_do_not_grow(
        client, "/account/users/", lambda: UserFactory.create_batch(5, role=Role.TE_OFFICER), at_most=6
    )
    assert_queries_do_not_grow(
        client, "/account/authorities/", lambda: AuthorityFactory.create_batch(5), at_most=5
    )


def test_changing_ones_password_keeps_this_session_and_ends_the_others(client_of, coach):
    here, elsewhere = client_of(coach), client_of(coach)
    data = {"old_password": PASSWORD, "new_password1": GOOD_PASSWORD, "new_password2": GOOD_PASSWORD}
    assert here.post("/account/password/", data).status_code == 302
    assert here.get("/account/password/").status_code == 200
    assert elsewhere.get("/account/password/").status_code == 302
    assert AuditEvent.objects.get().action == "user.password_changed"


def test_the_present_password_is_asked_again(client_of, coach):
    data = {"old_password": "wrong", "new_password1": GOOD_PASSWORD, "new_password2": GOOD_PASSWORD}
    assert client_of(coach).post("/account/password/", data).status_code == 422
