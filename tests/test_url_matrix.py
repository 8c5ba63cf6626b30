"""Every address of the product stands in one role matrix, and answers each role as the matrix says."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from tests.support.client import PolicedClient
from tests.support.matrix import CAST, Row, all_rows, allowed_methods, named_views

ROWS = all_rows()


def test_every_address_has_a_name():
    nameless = sorted(f"{view.__module__}.{view.__name__}" for name, view in named_views() if not name)
    assert not nameless, f"give these a name in urls.py: {nameless}"


def test_every_view_says_which_methods_it_allows():
    silent = sorted(name for name, view in named_views() if allowed_methods(view) is None)
    assert not silent, f"put @require_GET, @require_POST or @require_http_methods on: {silent}"


def test_every_address_and_method_stands_in_the_matrix():
    wanted = {(name, method) for name, view in named_views() for method in allowed_methods(view) or ()}
    listed = {(row.url_name, row.method) for row in ROWS}
    missing = sorted(f"{method.upper()} {name}" for name, method in wanted - listed)
    assert not missing, f"add a Row to tests/<app>/matrix.py (see tests/support/matrix.py) for: {missing}"


def test_the_matrix_lists_no_address_that_is_gone():
    known = {name for name, _view in named_views()}
    stale = sorted({str(row) for row in ROWS if row.url_name not in known})
    assert not stale, f"these rows have no address any more: {stale}"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row}{'?' if row.query else ''}" for row in ROWS])
def test_each_role_gets_what_the_matrix_says(row: Row, request, db, today):
    people = {member: request.getfixturevalue(member) for member in CAST if member != "anonymous"}
    for fixture in row.needs:
        request.getfixturevalue(fixture)
    address = reverse(row.url_name, kwargs={name: _value(request, raw) for name, raw in row.kwargs.items()})
    data = {name: _value(request, raw) for name, raw in row.data.items()}
    expected = {member: row.status_for(member) for member in CAST}
    assert expected == {member: _answer(row, address, data, people.get(member)) for member in CAST}, (
        f"{row} {address}"
    )


def _value(request, raw):
    """ "month.pk" is the pk of the fixture `month`; anything else stands for itself."""
    if not isinstance(raw, str) or "." not in raw:
        return raw
    fixture, *attributes = raw.split(".")
    try:
        value = request.getfixturevalue(fixture)
    except pytest.FixtureLookupError:
        return raw
    for attribute in attributes:
        value = getattr(value, attribute)
    return value


def _answer(row: Row, address: str, data: dict, user) -> int:
    client = PolicedClient()
    if user is not None:
        client.force_login(user, backend="accounts.backends.EmailBackend")
    with transaction.atomic():
        send = client.post if row.method == "post" else client.get
        response = send(address + row.query, data if row.method == "post" else None)
        if response.streaming:
            list(response)  # read to the end, so that the file behind it is closed
        status = response.status_code
        transaction.set_rollback(True)
    return status
