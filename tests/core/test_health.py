"""/healthz tells what is down, to anybody, and names no person."""

from __future__ import annotations

import time

import pytest
from django.urls import reverse

from core import health
from core.tasks import note_worker_heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_redis(embedded_redis, settings):
    settings.REDIS_URL = embedded_redis.redis_url
    return embedded_redis


def test_all_is_well_when_everything_answers(client, own_redis):
    note_worker_heartbeat()
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok", "redis": "ok", "worker": "ok"},
        "down": [],
    }
    assert "no-store" in answer["Cache-Control"]


def test_a_worker_that_never_came_is_named(client, own_redis):
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 503
    assert answer.json()["down"] == ["worker"]
    assert answer.json()["checks"]["worker"] == "never seen"


def test_a_heartbeat_of_a_minute_ago_is_stale(own_redis, monkeypatch):
    health.beat()
    later = time.time() + health.HEARTBEAT_FRESH_SECONDS + 2
    monkeypatch.setattr(health.time, "time", lambda: later)
    assert health.worker_state() == "stale"


def test_redis_down_is_named_and_the_worker_unknown(client):
    answer = client.get(reverse("healthz"))  # the tests' broker does not exist
    assert answer.status_code == 503
    assert answer.json()["checks"]["redis"] == "down"
    assert answer.json()["checks"]["worker"] == "unknown"


def test_an_unapplied_migration_is_named(client, own_redis):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="core").delete()
    answer = client.get(reverse("healthz"))
    assert answer.json()["checks"]["migrations"] == "unapplied"


def test_a_database_that_is_down_is_named_and_nothing_raised(client, monkeypatch):
    def broken():
        raise ConnectionError("secret host name")

    monkeypatch.setitem(health.CHECKS, "database", broken)
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "down"
    assert answer.json()["checks"]["migrations"] == "unknown"
    assert b"secret" not in answer.content


def test_a_post_is_refused(client):
    assert client.post(reverse("healthz")).status_code == 405
