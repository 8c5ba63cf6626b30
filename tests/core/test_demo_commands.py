"""Small commands around the demo and the container."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import CommandError, call_command

from core import health_probe
from core.embedded.address import bind_address, local_address
from core.embedded.secrets import keep_secret, kept_secret
from tests.support import factories


@pytest.mark.parametrize("command", ["prepare_demo", "set_demo_password"])
def test_a_step_of_the_demo_refuses_to_run_elsewhere(command):
    with pytest.raises(CommandError, match="not the demo"):
        call_command(command)


@pytest.mark.django_db
def test_a_new_demo_password_reaches_the_demo_accounts_only(settings):
    settings.IS_DEMO, settings.DEMO_PASSWORD = True, "tuuli-ja-tyrsky-9"
    demo = factories.UserFactory(email="valmentaja@demo.example")
    other = factories.UserFactory(email="joku@muu.example")
    call_command("set_demo_password")
    demo.refresh_from_db()
    other.refresh_from_db()
    assert demo.check_password("tuuli-ja-tyrsky-9")
    assert not other.check_password("tuuli-ja-tyrsky-9")


def test_a_secret_is_made_once_and_closed_to_others(tmp_path):
    made = iter(["first", "second"])
    folder = tmp_path / "secrets"
    assert kept_secret(folder, "key", lambda: next(made)) == "first"
    assert kept_secret(folder, "key", lambda: next(made)) == "first"
    keep_secret(folder, "key", "third")
    assert kept_secret(folder, "key", lambda: next(made)) == "third"
    assert [path.name for path in folder.iterdir()] == ["key"]
    assert (folder / "key").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("host", "shown", "bound"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000", "0.0.0.0:8000"),
        ("::1", "http://[::1]:8000", "[::1]:8000"),
    ],
)
def test_addresses_are_written_as_browsers_and_servers_want_them(host, shown, bound):
    assert local_address(host, 8000) == shown
    assert bind_address(host, 8000) == bound


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, {"checks": {"database": "ok"}}, 0),
        (503, {"checks": {"database": "ok", "worker": "stale"}}, 0),
        (503, {"checks": {"database": "down"}}, 1),
        (500, "no json", 1),
    ],
)
def test_the_containers_probe_minds_only_the_web_server_and_its_database(status, body, code):
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            content = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert health_probe.main(f"http://127.0.0.1:{server.server_port}/healthz") == code
        thread.join()


def test_the_containers_probe_says_when_nobody_answers():
    assert health_probe.main("http://127.0.0.1:9/healthz") == 1
