"""What happens around every request. No queries here: the signed-in floor stays at session and user."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import AccessDenied, LinkGone
from core.request_context import begin_request

GetResponse = Callable[[HttpRequest], HttpResponse]


def request_id(get_response: GetResponse) -> GetResponse:
    """Gives each request an id that stands in the logs, the audit trail and the answer's headers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.request_id = begin_request()
        response = get_response(request)
        response["X-Request-ID"] = request.request_id
        return response

    return middleware


def strict_headers(get_response: GetResponse) -> GetResponse:
    """Content-Security-Policy and friends on every answer (architecture section 3, templates)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def no_store_when_signed_in(get_response: GetResponse) -> GetResponse:
    """What a signed-in person saw must not come back from a cache after log-out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated or getattr(request, "is_link_page", False):
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def answer_domain_errors(get_response: GetResponse) -> GetResponse:
    """AccessDenied becomes 403 with its sentence, LinkGone 410 with what to do next."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AccessDenied):
            return render(request, "403.html", {"message": str(exception)}, status=403)
        if isinstance(exception, LinkGone):
            return render(request, "410.html", {"message": str(exception)}, status=410)
        return None

    middleware.process_exception = process_exception
    return middleware


def remember_unsent_form(get_response: GetResponse) -> GetResponse:
    """Place of the middleware that keeps a half-typed form over an expired session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware
