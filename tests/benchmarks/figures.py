"""What a measure hands back, and how two things are timed side by side."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

WARM_UP = 3


def figure(
    name: str,
    median_ms: float | None = None,
    *,
    against: str = "",
    against_ms: float | None = None,
    most: float | None = None,
    **counts,
) -> dict:
    """One line of the output.

    `ratio` is our time through the other's, both in milliseconds; `most` is the largest ratio that is good.
    `counts` are further numbers; `queries=(5, 8)` says that 5 were seen and 8 are allowed. `ok` is None when
    there is no goal.
    """
    ratio = round(median_ms / against_ms, 3) if median_ms and against_ms else None
    goals, met = [], []
    if most is not None and ratio is not None:
        goals.append(f"ratio at most {most:g}")
        met.append(ratio <= most)
    seen = {}
    for label, value in counts.items():
        if isinstance(value, tuple):
            value, limit = value
            goals.append(f"{label} {limit}" if isinstance(limit, str) else f"{label} at most {limit:g}")
            met.append(value >= float(limit.split()[-1]) if isinstance(limit, str) else value <= limit)
        seen[label] = value
    return {
        "name": name,
        "median_ms": None if median_ms is None else round(median_ms, 2),
        "against": against or None,
        "against_ms": None if against_ms is None else round(against_ms, 2),
        "ratio": ratio,
        "goal": ", ".join(goals) or None,
        "ok": all(met) if met else None,
        **seen,
    }


def interleaved(calls: dict[str, Callable], *, rounds: int, warm_up: int = WARM_UP) -> dict[str, float]:
    """Median milliseconds of each call. Every round runs each once, so that a slow moment of the machine
    hits all of them."""
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(warm_up + rounds):
        for name, call in calls.items():
            began = time.perf_counter()
            answer = call()
            elapsed = (time.perf_counter() - began) * 1000
            if getattr(answer, "status_code", 200) != 200:
                raise AssertionError(f"{name} answered {answer.status_code}")
            if number >= warm_up:
                spent[name].append(elapsed)
    return {name: statistics.median(values) for name, values in spent.items()}
