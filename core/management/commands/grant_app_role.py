"""`manage.py grant_app_role`: what the running application may do in the database, and what not."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg2 import sql

APPEND_ONLY = ("accounts_auditevent",)  # architecture 7.2: the application can only insert and read
READ_ONLY = ("django_migrations",)


class Command(BaseCommand):
    help = (
        "Give the application's database role its rights: everyday rights on all tables, present and "
        "future, but only INSERT and SELECT on the audit trail. Run by the owner after migrate; may be "
        "run any number of times."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--create",
            action="store_true",
            help="make the role when it is missing, with the password of DATABASE_URL",
        )

    def handle(self, *args, create: bool, verbosity: int, **options):
        role = settings.DATABASE_APP_ROLE
        if not role:
            raise CommandError("DATABASE_APP_ROLE is empty: name the application's database role.")
        with transaction.atomic(), connection.cursor() as cursor:
            if create:
                _create(cursor, role)
            _refuse_a_role_that_rights_do_not_bind(cursor, role)
            _grant(cursor, role)
        if verbosity:
            self.stdout.write(f"{role}: everyday rights on all tables, insert and read on the audit trail")


def _create(cursor, role: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    if not settings.DATABASE_APP_PASSWORD:
        if verb == "CREATE":
            raise CommandError(f"DATABASE_URL has no password to give to the new role {role}.")
        return
    statement = sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
        sql.SQL(verb), sql.Identifier(role), sql.Literal(settings.DATABASE_APP_PASSWORD)
    )
    cursor.execute(statement.as_string(cursor.cursor))


def _refuse_a_role_that_rights_do_not_bind(cursor, role: str) -> None:
    cursor.execute(
        "SELECT rolsuper, pg_has_role(rolname, current_user, 'MEMBER'), rolname = current_user"
        " FROM pg_roles WHERE rolname = %s",
        [role],
    )
    row = cursor.fetchone()
    if row is None:
        raise CommandError(f"There is no database role {role}: make it, or run with --create.")
    is_super, belongs_to_owner, is_owner = row
    if is_owner:
        raise CommandError(
            f"The command runs as {role} itself: set DATABASE_OWNER_URL to the owner of the tables, and "
            "DATABASE_URL to another role."
        )
    if is_super or belongs_to_owner:
        raise CommandError(
            f"The role {role} is a superuser or belongs to the owner: nothing would protect the audit trail."
        )


def _grant(cursor, role: str) -> None:
    statements = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ]
    for tables, rights in ((APPEND_ONLY, "SELECT, INSERT"), (READ_ONLY, "SELECT")):
        for table in tables:
            statements.append(f"REVOKE ALL ON public.{table} FROM {{role}}, PUBLIC")
            statements.append(f"GRANT {rights} ON public.{table} TO {{role}}")
    for statement in statements:
        cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)).as_string(cursor.cursor))
