"""Every address × every role: who gets what. `tests/test_url_matrix.py` runs it and refuses gaps.

Each app keeps its rows in `tests/<app>/matrix.py`, a list `ROWS`:

    from tests.support.matrix import Row, everybody, only

    ROWS = [
        Row("coaching:month-list", only(coach=200, other_coach=200, manager=200, others=403)),
        Row(
            "coaching:session-log",
            only(coach=200, substitute=200, others=404),
            kwargs={"month_id": "month.pk", "session_id": "session.pk"},
            needs=("enrolment",),
        ),
        Row("coaching:session-log", only(coach=422, others=404), method="post", kwargs={...}, data={}),
    ]

- One row for each method that the view allows (its `@require_…` decorator says which).
- `kwargs` are the address's arguments: "fixture.attribute" is looked up in the fixture of that name, anything
  else is used as it is. `query` is put after the address. `needs` are fixtures that have to exist besides.
- `expect` names a status for each member of the cast (`CAST`). `only(…, others=…)` fills in the rest; the
  second coach gets what the coach gets unless something else is said;
  anonymous is 302 to the log-in page on GET and 401 (the log-in page that keeps what was typed) on POST,
  unless it is given.
- Every POST is rolled back before the next member of the cast tries.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver

import tests

CAST = (
    "anonymous",
    "coach",
    "second_coach",
    "other_coach",
    "substitute",
    "coordinator",
    "other_coordinator",
    "officer",
    "other_officer",
    "manager",
    "administrator",
)
ANONYMOUS_STATUS = {"get": 302, "post": 401}
NOT_OURS = {"admin"}


@dataclass(frozen=True)
class Row:
    """What each member of the cast gets for one method of one address."""

    url_name: str
    expect: dict[str, int]
    method: str = "get"
    kwargs: dict[str, object] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    data: dict[str, object] = field(default_factory=dict)
    query: str = ""

    def status_for(self, member: str) -> int:
        """The expected status of `member`."""
        if member == "anonymous" and member not in self.expect:
            return ANONYMOUS_STATUS[self.method]
        return self.expect[member]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.url_name}"


def only(*, others: int, **given: int) -> dict[str, int]:
    """The given statuses, and `others` for the rest of the cast who are signed in."""
    unknown = set(given) - set(CAST)
    if unknown:
        raise ValueError(f"not in the cast: {sorted(unknown)}")
    alike = {"second_coach": given.get("coach", others)}
    return {member: others for member in CAST if member != "anonymous"} | alike | given


def everybody(status: int, *, anonymous: int | None = None) -> dict[str, int]:
    """The same status for the whole cast who are signed in; anonymous too when given."""
    given = {} if anonymous is None else {"anonymous": anonymous}
    return only(others=status, **given)


def all_rows() -> list[Row]:
    """The rows of every `tests/<app>/matrix.py`."""
    rows: list[Row] = []
    for package in pkgutil.iter_modules(tests.__path__):
        if (
            package.ispkg
            and package.name != "support"
            and importlib.util.find_spec(f"tests.{package.name}.matrix")
        ):
            rows += importlib.import_module(f"tests.{package.name}.matrix").ROWS
    return rows


def named_views(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, object]]:
    """(name with namespace, view) of every address but those of NOT_OURS; "" for an address without name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in NOT_OURS:
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from named_views(pattern, inner)
        elif isinstance(pattern, URLPattern) and "admin/" not in str(pattern.pattern):
            yield (f"{namespace}{pattern.name}" if pattern.name else "", pattern.callback)


def allowed_methods(view) -> set[str] | None:
    """What `@require_GET`, `_POST`, `_safe` or `_http_methods` lets in; None without."""
    while view is not None:
        if inspect.isfunction(view):
            methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
            if methods is not None:
                return {method.lower() for method in methods} & set(ANONYMOUS_STATUS)
        view = getattr(view, "__wrapped__", None)
    return None
