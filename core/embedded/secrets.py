"""The demo's own secrets: made once, kept beside its data, readable by its owner only."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def random_text() -> str:
    return secrets.token_urlsafe(48)


def fernet_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def password() -> str:
    """Easy to read aloud and to type: three groups of four without look-alikes."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))


def kept_secret(folder: Path, name: str, make: Callable[[], str]) -> str:
    """The secret `name`, made by `make` on first use. Two processes asking at once get the same."""
    path = folder / name
    if not path.exists():
        fresh = _private_file(folder, name, make())
        with contextlib.suppress(FileExistsError):  # another process was quicker: its secret holds
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text(encoding="utf-8").strip()


def keep_secret(folder: Path, name: str, value: str) -> None:
    """Replace the secret `name`."""
    _private_file(folder, name, value).replace(folder / name)


def _private_file(folder: Path, name: str, value: str) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f".{name}.{os.getpid()}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(value + "\n")
    return path
