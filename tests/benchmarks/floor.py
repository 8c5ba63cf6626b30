"""The signed-in floor: what any page costs before it does anything of its own."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from accounts.models import User
from tests.benchmarks.figures import figure, interleaved

MOST_QUERIES = 3


def twenty_kilobytes(request: HttpRequest) -> HttpResponse:
    """A page that does nothing of its own."""
    return HttpResponse(b"x" * 20_480)


urlpatterns = [path("floor/", twenty_kilobytes), path("", include("config.urls"))]


def run(rounds: int = 80) -> list[dict]:
    """20 kB through our middleware, signed in, beside the same view without middleware. Needs somebody
    with an account in the database."""
    signed_in, bare = Client(), Client()
    with override_settings(ROOT_URLCONF="tests.benchmarks.floor"):
        signed_in.force_login(User.objects.order_by("pk").first(), backend="accounts.backends.EmailBackend")
        with override_settings(MIDDLEWARE=[]):
            bare.handler.load_middleware()
        times = interleaved(
            {"ours": lambda: signed_in.get("/floor/"), "bare": lambda: bare.get("/floor/")}, rounds=rounds
        )
        with CaptureQueriesContext(connection) as queries:
            signed_in.get("/floor/")
    return [
        figure(
            "the signed-in floor: a view of 20 kB through the middleware",
            times["ours"],
            against="the same view without middleware",
            against_ms=times["bare"],
            queries=(len(queries), MOST_QUERIES),
        )
    ]
