"""Children that never outlive us: in their own session, with a signal for the day the parent dies."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def spawn(
    command: Sequence[str | Path],
    *,
    on_parent_death: signal.Signals,
    user: pwd.struct_passwd | None = None,
    output=subprocess.DEVNULL,
    cwd: Path | None = None,
    environment: dict[str, str] | None = None,
    keep_open: Sequence[int] = (),
) -> subprocess.Popen:
    """Start `command` as `user` (or ourselves); the kernel sends it `on_parent_death` when we die.

    Call it from the main thread: the kernel watches the thread that started the child. `keep_open` are
    file descriptors that the child inherits. The child has its own session, so that Ctrl-C reaches only
    us and we stop our children in order.
    """
    parent = os.getpid()

    def before_exec() -> None:
        # after the change of user, which would clear the setting
        if _libc.prctl(PR_SET_PDEATHSIG, int(on_parent_death), 0, 0, 0) != 0 or os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output != subprocess.DEVNULL else subprocess.DEVNULL,
        cwd=cwd,
        env=environment,
        start_new_session=True,
        preexec_fn=before_exec,
        pass_fds=keep_open,
        **as_user(user),
    )


def follow_parent(number: signal.Signals) -> None:
    """Receive `number` when our own parent dies (make, when somebody kills it)."""
    _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def as_user(user: pwd.struct_passwd | None) -> dict:
    """Popen's arguments to become `user` with no other groups than its own."""
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def stop(child: subprocess.Popen, *steps: tuple[signal.Signals, float]) -> None:
    """Send each signal in turn, waiting its seconds for the child to go; at last SIGKILL to its session."""
    for number, seconds in steps:
        if child.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
