"""Looking at real processes: who descends from whom, and who is still alive."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

Process = tuple[int, str]  # process id and its start time: numbers are used again, moments are not


def _stat(pid: int) -> list[str] | None:
    """Fields of /proc/PID/stat from the state on (index 0), or None when there is no such process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return text.rpartition(")")[2].split()


def descendants(pid: int) -> set[Process]:
    """All living children and their children of `pid`."""
    children: dict[int, list[Process]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            children.setdefault(int(fields[1]), []).append((int(folder.name), fields[19]))
    found: set[Process] = set()
    waiting = [pid]
    while waiting:
        for child in children.get(waiting.pop(), []):
            found.add(child)
            waiting.append(child[0])
    return found


def alive(processes: set[Process]) -> set[Process]:
    """Those that still run; a zombie does not."""
    return {
        (pid, started)
        for pid, started in processes
        if (fields := _stat(pid)) and fields[0] not in "ZX" and fields[19] == started
    }


def wait_until_gone(processes: set[Process], seconds: float = 60) -> None:
    """Fails with the command lines of those that stay."""
    end = time.monotonic() + seconds
    while left := alive(processes):
        if time.monotonic() > end:
            stay = [Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ") for pid, _started in left]
            raise AssertionError(f"still there after {seconds} s: {stay}")
        time.sleep(0.05)


def wait_until(condition: Callable[[], object], seconds: float = 20) -> object:
    """What `condition` answers as soon as it is true; fails when it never is."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < end, f"not within {seconds} s: {condition}"
        time.sleep(0.05)
    return answer
