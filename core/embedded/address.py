"""Where the demo listens, and whether somebody else does already."""

from __future__ import annotations

import errno
import os
import socket

from core.embedded.errors import EmbeddedServerError

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - only when whoever starts the demo asks for it


def local_address(host: str, port: int | str) -> str:
    """What to type into a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def bind_address(host: str, port: int) -> str:
    """What gunicorn wants."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def wanted_address() -> tuple[str, int]:
    """HOST and PORT from the environment. Raises EmbeddedServerError when PORT is no port."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise EmbeddedServerError(f"PORT={port} is not a port: use a number from 1 to 65535.")
    return host, int(port)


def refuse_taken_address(host: str, port: int) -> None:
    """Raises EmbeddedServerError with the way out when nobody can listen there."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror:
        raise EmbeddedServerError(f"HOST={host} is not an address of this machine.") from None
    except PermissionError:
        raise EmbeddedServerError(f"Port {port} is reserved for root: try make demo PORT=8000.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sentence = f"Port {port} on {host} is taken by another program: try make demo PORT={port + 1}."
        else:
            sentence = f"Nobody can listen on {host} port {port}: {error.strerror}."
        raise EmbeddedServerError(sentence) from None
