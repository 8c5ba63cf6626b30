"""Whose tries at logging in are counted, with and without proxies of ours in front."""

import pytest
from django.test import RequestFactory

from accounts.lockout import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.7", "203.0.113.9"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.0.0.1, 198.51.100.7", "198.51.100.7"),
        (2, "198.51.100.7, 192.0.2.1", "198.51.100.7"),
        (1, "", "203.0.113.9"),
        (1, "not an address", "203.0.113.9"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected
