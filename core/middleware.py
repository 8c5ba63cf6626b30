"""What happens around every request. No queries here: the signed-in floor stays at session and user."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve
from django.utils.translation import gettext

from core.errors import AccessDenied, GoThereFirst, LinkGone
from core.link_paths import is_link_path
from core.request_context import begin_request
from core.unsent_form import form_in, was_sent_by_script

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
    """Content-Security-Policy and friends on every answer (architecture section 3, templates).

    What lies behind a link without an account, and each refusal there, is kept by no cache and sends its
    address, which holds the secret, in no Referer.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_link_path(request):
            response.headers["Cache-Control"] = "no-store, private"
            response.headers.setdefault("Referrer-Policy", "strict-origin")
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
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def lead_to_the_page_above(get_response: GetResponse) -> GetResponse:
    """A browser that opens an address which only takes forms is led to the page above: after a refused form
    that address stands in its bar, and a change of language or a reload asks for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        asks = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code != 405 or not asks or was_sent_by_script(request):
            return response
        return redirect(_page_above(request.path_info))

    return middleware


def _page_above(path: str) -> str:
    """The nearest address above this one that there is; each step is asked for anew by the browser."""
    steps = path.strip("/").split("/")[:-1]
    while steps:
        above = f"/{'/'.join(steps)}/"
        try:
            resolve(above)
        except Resolver404:
            steps.pop()
        else:
            return above
    return "/"


def answer_domain_errors(get_response: GetResponse) -> GetResponse:
    """AccessDenied becomes 403 with its sentence, LinkGone 410 with what to do next, GoThereFirst the way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AccessDenied):
            return render(request, "403.html", {"message": str(exception)}, status=403)
        if isinstance(exception, LinkGone):
            return render(request, "410.html", {"message": str(exception)}, status=410)
        if isinstance(exception, GoThereFirst):
            return redirect(exception.address)
        return None

    middleware.process_exception = process_exception
    return middleware


def remember_unsent_form(get_response: GetResponse) -> GetResponse:
    """Keeps a half-typed form over an expired session (issue 2, section 2).

    An anonymous POST to a page that needs a log-in is answered 401 with the log-in page, which carries what
    was typed in hidden fields (core.unsent_form). A script's request gets a short 401 instead: its page is
    still open and keeps the text itself.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        needs_log_in = getattr(view, "login_required", True)
        if request.method != "POST" or not needs_log_in or request.user.is_authenticated:
            return None
        return ask_to_log_in(request)

    middleware.process_view = process_view
    return middleware


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """401: a sentence for a script, the log-in page with what was typed for a person."""
    if was_sent_by_script(request):
        response = HttpResponse(
            gettext("Your session has ended. Log in again in another tab; your text stays here."),
            content_type="text/plain; charset=utf-8",
            status=401,
        )
    else:
        log_in = resolve(resolve_url(settings.LOGIN_URL)).func
        response = log_in(request, unsent=form_in(request), has_expired=True)
    response["WWW-Authenticate"] = 'Session realm="valmennuskuukausi"'
    response["Cache-Control"] = "no-store, private"
    return response
