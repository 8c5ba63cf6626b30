"""Redis on a unix socket as our own supervised child."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from pathlib import Path

from core.embedded import process
from core.embedded.errors import EmbeddedServerError
from core.embedded.places import Places


def start(places: Places, *, log: Path, durable: bool, lock: int) -> subprocess.Popen:
    """Start the server; it holds the descriptor `lock` while it lives."""
    places.redis_socket.unlink(missing_ok=True)
    command: list[str | Path] = [
        places.redis_program,
        *("--port", "0"),
        *("--unixsocket", places.redis_socket),
        *("--unixsocketperm", "700"),
        *("--dir", places.redis_data),
        *("--daemonize", "no"),
        *("--save", "60 1" if durable else ""),
        *("--loglevel", "warning"),
    ]
    with log.open("ab") as output:
        return process.spawn(
            command,
            user=places.user,
            on_parent_death=signal.SIGTERM,  # saves and leaves
            output=output,
            cwd=Path("/"),
            keep_open=(lock,),
        )


def stop(child: subprocess.Popen) -> None:
    process.stop(child, (signal.SIGTERM, 10))


def answers(places: Places) -> bool:
    """PING over the socket, spoken by hand so that nothing needs importing."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(2)
            connection.connect(str(places.redis_socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def wait_until_ready(places: Places, child: subprocess.Popen, log: Path, seconds: float = 30) -> None:
    """Raises EmbeddedServerError with the log's last line when the server ends or takes too long."""
    end = time.monotonic() + seconds
    while not answers(places):
        if child.poll() is not None or time.monotonic() > end:
            last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-1:] or ["it said nothing"]
            raise EmbeddedServerError(f"Redis did not start: {last[0]} (see {log}).")
        time.sleep(0.02)
