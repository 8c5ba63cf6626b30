"""Where links without an account lead. What goes for their addresses is decided by the path, so that it holds
also for a broken address, at which there is no page."""

from __future__ import annotations

import re

from django.http import HttpRequest

# pages that nobody may find in a browser's cache, and whose address may stand in no Referer
PAGES = ("/o/", "/w/", "/d/", "/coaching/wall/", "/account/password/")
# what follows these is a secret, whole or broken
BEFORE_SECRET = ("/o/l/", "/w/", "/d/", "/coaching/wall/", "/coaching/calendar/", "/account/password/")


def is_link_path(request: HttpRequest) -> bool:
    """Is the request below one of them? Also when letters are in the wrong case or a slash stands twice."""
    return re.sub("/+", "/", request.path_info).lower().startswith(PAGES)
