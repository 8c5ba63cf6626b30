"""The short address on paper: whether this is the version that holds, and nothing about anybody."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reports.models import SHORT_HASH, SummaryVersion

HEX = re.compile(rf"[0-9a-f]{{{SHORT_HASH},64}}")


@login_not_required
@require_GET
def verify_summary(request: HttpRequest, prefix: str) -> HttpResponse:
    """Version, hash, day of release and which version took its place. Answers only for what was released."""
    prefix = prefix.lower()
    found = None
    if HEX.fullmatch(prefix):
        found = SummaryVersion.objects.with_hash_prefix(prefix).first()
    newer = found.superseded_by() if found else None
    return render(
        request,
        "reports/verify_summary.html",
        {"summary": found, "newer": newer, "prefix": prefix if HEX.fullmatch(prefix) else ""},
        status=200 if found else 404,
    )
