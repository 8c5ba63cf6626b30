"""`/healthz`: what works and what is down, for load balancers and people on call. Names no person."""

from __future__ import annotations

import time
from collections.abc import Callable

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

HEARTBEAT_KEY = "valmennuskuukausi:worker-heartbeat"
HEARTBEAT_FRESH_SECONDS = 60
TIMEOUT_SECONDS = 2


def redis_client() -> redis.Redis:
    """A client that gives up quickly."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
    )


def beat() -> None:
    """Note that a worker ran a job that beat sent. Called by `core.tasks.note_worker_heartbeat`."""
    with redis_client() as client:
        client.set(HEARTBEAT_KEY, int(time.time()), ex=24 * 3600)


def database_state() -> str:
    """`ok`, or a word that says what is wrong."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return "ok"


def redis_state() -> str:
    with redis_client() as client:
        client.ping()
    return "ok"


def migrations_state() -> str:
    """Every migration of the code has been applied to the database."""
    executor = MigrationExecutor(connections["default"])
    return "unapplied" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"


def worker_state() -> str:
    """A worker answered beat within the last minute."""
    with redis_client() as client:
        seen = client.get(HEARTBEAT_KEY)
    if seen is None:
        return "never seen"
    return "ok" if time.time() - int(seen) <= HEARTBEAT_FRESH_SECONDS else "stale"


CHECKS: dict[str, Callable[[], str]] = {
    "database": database_state,
    "migrations": migrations_state,
    "redis": redis_state,
    "worker": worker_state,
}
NEEDS = {"migrations": "database", "worker": "redis"}  # no answer to expect where these are down


def state_of_all() -> dict[str, str]:
    """Each part's state. A check that fails is `down`: the cause stays in the log of that part."""
    states: dict[str, str] = {}
    for name, check in CHECKS.items():
        needed = NEEDS.get(name)
        states[name] = "unknown" if needed and states[needed] != "ok" else _safely(check)
    return states


def _safely(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:  # whatever happens, the answer must be a state and not an error page
        return "down"


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503; `down` lists the parts that are not."""
    states = state_of_all()
    down = [name for name, state in states.items() if state != "ok"]
    return JsonResponse(
        {"status": "down" if down else "ok", "checks": states, "down": down}, status=503 if down else 200
    )
