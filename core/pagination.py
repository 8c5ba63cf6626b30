"""Pages of lists: 20 rows, one count, one slice; a wrong page number shows the nearest page."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_SIZE = 20


def page_of(queryset, request: HttpRequest, *, size: int = PAGE_SIZE) -> Page:
    """The page that `?page=` asks for. `queryset` must be ordered by something unique."""
    return Paginator(queryset, size).get_page(request.GET.get("page"))
