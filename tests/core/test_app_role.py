"""The running application may add to the audit trail and read it, and nothing else (architecture 7.2)."""

from __future__ import annotations

import psycopg2
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from core.embedded import postgres
from core.management.commands.grant_app_role import APPEND_ONLY

pytestmark = pytest.mark.django_db
TRAIL = "accounts_auditevent"


@pytest.fixture
def granted(db):
    call_command("grant_app_role", verbosity=0)
    call_command("grant_app_role", verbosity=0)  # any number of times


@pytest.fixture
def refused(granted):
    """`refused(statement)`: True when the application's role lacks the right, False when it may."""

    def run(statement: str) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL ROLE {postgres.APP_ROLE}")
                cursor.execute(statement)
                cursor.execute("RESET ROLE")
        except ProgrammingError as error:
            if isinstance(error.__cause__, psycopg2.errors.InsufficientPrivilege):
                return True
            raise
        return False

    return run


def test_the_protected_table_is_the_audit_trail():
    assert apps.get_model("accounts.AuditEvent")._meta.db_table in APPEND_ONLY


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TRAIL} SET action = 'x'",
        f"DELETE FROM {TRAIL}",
        f"TRUNCATE {TRAIL}",
        f"ALTER TABLE {TRAIL} DISABLE TRIGGER ALL",
        f"DROP TABLE {TRAIL}",
        "DELETE FROM django_migrations",
        "TRUNCATE participants_participant CASCADE",
        "CREATE TABLE mine (n int)",
    ],
)
def test_the_application_cannot(statement, refused):
    assert refused(statement)


def test_the_application_cannot_grant_itself_more(refused):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {postgres.APP_ROLE}")
        cursor.execute(f"GRANT ALL ON {TRAIL} TO {postgres.APP_ROLE}")  # PostgreSQL only warns
        cursor.execute("RESET ROLE")
    assert refused(f"UPDATE {TRAIL} SET action = 'x'")


def test_the_application_can_add_to_the_trail_and_read_it(refused):
    insert = (
        f"INSERT INTO {TRAIL} (at, actor_label, action, object_type, reason, details, request_id) "
        "VALUES (now(), '', 'test.done', '', '', '{}', '')"
    )
    assert not refused(insert)
    assert not refused(f"SELECT count(*) FROM {TRAIL}")


@pytest.mark.parametrize("verb", ["SELECT", "INSERT", "UPDATE", "DELETE"])
def test_the_application_has_everyday_rights_on_every_other_table(verb, granted):
    tables = set(connection.introspection.table_names()) - {TRAIL, "django_migrations"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT has_table_privilege(%s, oid, %s)",
            [postgres.APP_ROLE, verb],
        )
        lacking = {name for (name,) in cursor.fetchall()} & tables
    assert tables
    assert lacking == set()


def test_a_table_of_the_next_migration_is_covered(refused):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE brand_new (id bigserial PRIMARY KEY, n int)")
    assert not refused("INSERT INTO brand_new (n) VALUES (1)")
    assert not refused("UPDATE brand_new SET n = 2")


def test_the_owner_itself_is_refused_as_application_role(settings):
    settings.DATABASE_APP_ROLE = postgres.OWNER
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call_command("grant_app_role")


def test_a_superuser_is_refused_as_application_role(settings):
    settings.DATABASE_APP_ROLE = postgres.SUPERUSER
    with pytest.raises(CommandError, match="nothing would protect"):
        call_command("grant_app_role")


def test_a_role_that_does_not_exist_is_named(settings):
    settings.DATABASE_APP_ROLE = "nobody_made_me"
    with pytest.raises(CommandError, match="no database role nobody_made_me"):
        call_command("grant_app_role")
