"""Strict reading of the environment: a typo is an error, a secret may also come from a file."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# what changes tables or the roles' rights; everything else runs as the application's own role
OWNER_COMMANDS = frozenset({"flush", "grant_app_role", "migrate", "prepare_demo", "sqlflush", "test"})


def runs_as_owner(argv: list[str]) -> bool:
    """True for the commands of manage.py that need the database's owner."""
    is_manage = bool(argv) and Path(argv[0]).name in ("manage.py", "django-admin", "__main__.py")
    return is_manage and len(argv) > 1 and argv[1] in OWNER_COMMANDS


def env_str(name: str, default: str | None = None) -> str:
    """The variable `name`, or the content of the file that `name`_FILE points to, or `default`.

    Raises ImproperlyConfigured when neither is set and there is no default, when both are set,
    or when the file cannot be read.
    """
    file_name = os.environ.get(f"{name}_FILE")
    value = os.environ.get(name)
    if file_name and value:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if file_name:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={file_name} cannot be read: {error}") from error
    if value is not None:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. See .env.example.")
    return default


def env_bool(name: str, default: bool) -> bool:
    """True or False; any other spelling raises ImproperlyConfigured."""
    value = env_str(name, "True" if default else "False")
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name}={value!r}: use True or False.")
    return value == "True"


def env_int(name: str, default: int) -> int:
    """A whole number; anything else raises ImproperlyConfigured."""
    value = env_str(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r}: use a whole number.") from error


def env_list(name: str, default: str = "") -> list[str]:
    """Comma-separated values without surrounding spaces or empty items."""
    return [item.strip() for item in env_str(name, default).split(",") if item.strip()]


def database_from_url(url: str) -> dict:
    """Django's database settings from postgresql://user:password@host:port/name?host=/socket/folder.

    Raises ImproperlyConfigured for another scheme (the rules live in PostgreSQL's constraints) or
    a missing database name.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(f"DATABASE_URL must begin with postgresql://, not {parts.scheme!r}://")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL has no database name after the last slash.")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or (unquote(parts.hostname) if parts.hostname else "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }
