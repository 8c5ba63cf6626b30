"""A pytest plugin: a throw-away embedded PostgreSQL for the run, and Redis for the few tests that ask.

`pyproject.toml` loads it. The first process starts one server for the whole run and names it in
TEST_DATABASE_URL, which xdist's workers inherit; each worker has its own database on it. A given
TEST_DATABASE_URL is used as it is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from core import embedded
from core.embedded import binaries, postgres
from core.embedded.places import Places, prepare
from core.system_libraries import browser

CLUSTERS = Path(__file__).resolve().parent.parent.parent / "var" / "test-clusters"
_run = ExitStack()


def pytest_configure(config):
    if os.environ.get("TEST_DATABASE_URL") or hasattr(config, "workerinput"):
        return
    if config.option.collectonly or config.option.help or config.option.version:
        return
    servers = _run.enter_context(throw_away_servers(with_redis=False))
    os.environ["TEST_DATABASE_URL"] = servers.owner_url
    _run.callback(os.environ.pop, "TEST_DATABASE_URL", None)
    _point_django_to(servers.owner_url)


def pytest_unconfigure(config):
    _run.close()


def pytest_runtest_setup(item):
    """Without Chromium the journeys are skipped, but never in continuous integration."""
    if item.get_closest_marker("journey") and browser() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("the browser journeys need Chromium (make test says how to install it)")
        pytest.skip("Chromium is missing")


def _point_django_to(url: str) -> None:
    """pytest-django read the settings before any conftest; change them in place."""
    from django.conf import settings

    from config.env import database_from_url

    settings.DATABASES["default"].update(database_from_url(url))


class throw_away_servers(ExitStack):  # noqa: N801 - reads as a function in `with`
    """`with throw_away_servers() as servers:` servers in a temporary folder that is removed afterwards."""

    def __init__(self, *, with_redis: bool = True):
        super().__init__()
        self.with_redis = with_redis

    def __enter__(self) -> embedded.Servers:
        super().__enter__()
        try:
            folder = Path(tempfile.mkdtemp(prefix="vkk-tests-"))
            self.callback(shutil.rmtree, folder, ignore_errors=True)
            folder.chmod(0o755)  # the servers' user must be able to walk in
            data_dir = folder / "servers"
            _use_ready_cluster(embedded.places_for(data_dir))
            return self.enter_context(embedded.servers(data_dir, with_redis=self.with_redis, durable=False))
        except BaseException:
            self.close()
            raise


def _use_ready_cluster(places: Places) -> None:
    """Copy a cluster that initdb made earlier: 0.1 s instead of 0.5."""
    program = binaries.postgres_folder() / "bin" / "postgres"
    ready = CLUSTERS / f"{program.stat().st_size}-{os.geteuid()}"
    prepare(places)
    if not ready.exists():
        postgres.initialise(places, log=places.home / "postgres.log")
        ready.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=ready.parent))
        shutil.copytree(places.postgres_data, fresh / "data")
        with contextlib.suppress(OSError):  # another run was quicker
            (fresh / "data").rename(ready)
        shutil.rmtree(fresh)
        return
    shutil.copytree(ready, places.postgres_data, dirs_exist_ok=True)
    for folder, folders, files in os.walk(places.postgres_data):
        for name in [*folders, *files]:
            if places.user:
                os.chown(os.path.join(folder, name), places.user.pw_uid, places.user.pw_gid)
    places.postgres_data.chmod(0o700)
    if places.user:
        os.chown(places.postgres_data, places.user.pw_uid, places.user.pw_gid)


@pytest.fixture
def embedded_redis():
    """A Redis of the test's own (with a PostgreSQL beside it that nobody asked for): its Servers."""
    with throw_away_servers() as servers:
        yield servers
