"""Databases of the benchmark's own on a throw-away server, and looking at one or the other of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.core.management import call_command
from django.db import connection, connections

SPARE = "template_of_benchmarks"


def migrate() -> None:
    """Make the tables in the server's own database, with the application role's rights, and keep an empty
    copy to make further databases from."""
    call_command("migrate", verbosity=0)
    call_command("grant_app_role", verbosity=0)
    make_copy(SPARE, of=connection.settings_dict["NAME"])


def make_copy(name: str, *, of: str = SPARE) -> None:
    """A new database `name` like `of`."""
    _with_nobody_inside(f'CREATE DATABASE "{name}" TEMPLATE "{of}"')


def drop(name: str) -> None:
    _with_nobody_inside(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _with_nobody_inside(statement: str) -> None:
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@contextlib.contextmanager
def looking_at(name: str) -> Iterator[None]:
    """Inside the block every query of the program goes to the database `name`; its connection is kept
    open for the next time."""
    if name not in connections.databases:
        connections.databases[name] = {**connections.databases["default"], "NAME": name}
    usual, other = connections["default"], connections[name]
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = usual


def settle() -> None:
    """What autovacuum does in production soon after many rows came in; the throw-away server has none."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
