"""Plain rows of a query that the ORM writes once: a page asked for many times a day does not pay again for
the writing of the same SQL (docs/benchmarks.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connections, models

Value = object
StandIns = Mapping[str, Value]


class PreparedRows:
    """The rows of one `values()` query whose parameters change and whose SQL does not.

    `build(**stand_ins)` gives the queryset, for values that are never real ones: each of its own, so that
    it is known again among the parameters, and of the type that the real one has. `names` are what the rows
    are called, in the order of `values()`. A test compares the rows with those of the queryset itself.
    """

    def __init__(
        self, build: Callable[..., models.QuerySet], *, names: tuple[str, ...], stand_ins: StandIns
    ) -> None:
        self._build, self._names, self._stand_ins = build, names, dict(stand_ins)
        self._compiled = lru_cache(maxsize=1)(self._compile)

    def rows(self, **values: Value) -> list[dict]:
        """The rows for these values, one for each stand-in. One query."""
        compiler, sql, parameters = self._compiled()
        real = {self._stand_ins[name]: value for name, value in values.items()}
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, [real.get(parameter, parameter) for parameter in parameters])
            found = cursor.fetchall()
        converters = compiler.get_converters([column for column, *_sql in compiler.select])
        if converters:
            found = compiler.apply_converters(found, converters)
        return [dict(zip(self._names, row, strict=True)) for row in found]

    def _compile(self):
        compiler = self._build(**self._stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        missing = [name for name, value in self._stand_ins.items() if value not in parameters]
        if missing:
            raise LookupError(f"the query does not carry {', '.join(missing)} as a parameter")
        return compiler, sql, parameters
