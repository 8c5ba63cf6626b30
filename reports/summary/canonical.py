"""One spelling of the data, so that the same content always has the same hash."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from reports.summary.blocks import Summary

SCHEMA = "summary-2"


def as_json(summary: Summary) -> dict[str, Any]:
    """The summary as plain JSON values that validate against docs/schemas/summary-2.json.

    Withheld blocks have no key at all; dates are ISO 8601, hours are numbers.
    """
    plain = _plain(dataclasses.asdict(summary))
    blocks = {key: value for key, value in plain.items() if value is not None}
    happened = blocks.get("happened")
    if happened is not None:
        if happened["work_trials"] is None:
            del happened["work_trials"]
        for day in happened["strip"]:
            if not day["unlogged"]:
                del day["unlogged"]
    opinions = blocks.get("opinions")
    if opinions is not None and opinions["employer"] is None:
        del opinions["employer"]
    del blocks["withheld"]
    return {"schema": SCHEMA, **blocks}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spare spaces."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(value: Any) -> str:
    """64 hex digits over the canonical spelling of plain JSON values."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def content_hash(*, number: int, data: dict, texts: dict, comment: str, left_out: Iterable[str] = ()) -> str:
    """What the participant approves and the officer reads: the version's number, data and texts, and which
    blocks the participant leaves out (none: as before there was a choice)."""
    said = {"number": number, "data": data, "texts": texts, "comment": comment}
    if left_out:
        said["left_out"] = sorted(left_out)
    return sha256(said)
