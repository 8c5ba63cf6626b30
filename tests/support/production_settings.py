"""`check --deploy --fail-level WARNING` under production settings, with invented secrets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent

INVENTED = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "invented-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "FIELD_ENCRYPTION_KEYS": "aW52ZW50ZWQtZm9yLXRoZS1jaGVjay0wMTIzNDU2Nzg=",
    "FIELD_HASH_KEY": "invented-for-the-check",
    "ALLOWED_HOSTS": "valmennus.example",
    "PUBLIC_ADDRESS": "https://valmennus.example",
    "DATABASE_URL": "postgresql://valmennus_app:invented@127.0.0.1:1/valmennuskuukausi",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_HOST": "mail.valmennus.example",
}


def run_manage(*arguments: str, without: tuple[str, ...] = (), **more: str) -> subprocess.CompletedProcess:
    """manage.py in a bare environment with the invented secrets, less `without`, plus `more`."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "/")}
    environment |= INVENTED | more
    for name in without:
        environment.pop(name)
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def check_deploy() -> subprocess.CompletedProcess:
    return run_manage("check", "--deploy", "--fail-level", "WARNING")


if __name__ == "__main__":
    result = check_deploy()
    print(result.stdout + result.stderr, end="")
    sys.exit(result.returncode)
