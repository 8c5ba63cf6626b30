"""A real browser: Debian's Chromium through Playwright, against the live server, with axe looking on.

Without Chromium `tests/support/servers.py` skips the journeys, and under CI=true fails them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from core.system_libraries import browser as chromium_program
from tests.support.factories import PASSWORD

WIDE, PHONE = 1280, 360
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """One Chromium for all journeys of this worker."""
    from playwright.sync_api import sync_playwright

    # Playwright's own loop runs in this thread, and Django takes that for asynchronous code
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Walker:
    """One person at one screen. `page` is Playwright's; every console error fails the journey."""

    def __init__(self, page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", lambda message: self._listen(message))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message) -> None:
        # an answer of 401, 403 or 422 is logged by Chromium itself and is part of some journeys
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.complaints.append(message.text)

    def go(self, path: str):
        """Open an address of ours; Playwright's response."""
        return self.page.goto(self.address + path)

    def log_in(self, user) -> None:
        """Through the log-in page, as everybody does."""
        self.go("/account/log-in/")
        self.page.fill("input[name=username]", user.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_load_state()

    def press_tab_to(self, selector: str, *, at_most: int = 80) -> None:
        """Reach an element by the Tab key alone."""
        for _ in range(at_most):
            if self.page.evaluate("selector => document.activeElement?.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} was not reached by {at_most} presses of Tab")

    def check(self) -> None:
        """No axe violation, no sideways scrolling, nothing in the console."""
        from axe_playwright_python.sync_playwright import Axe

        self.page.wait_for_load_state()  # a click comes back before the next page is whole
        results = Axe().run(self.page)
        violations = [
            (violation["id"], [node["target"] for node in violation["nodes"]])
            for violation in results.response["violations"]
        ]
        assert not violations, f"{self.page.url}: {violations}"
        width = self.page.viewport_size["width"]
        content = self.page.evaluate("document.documentElement.scrollWidth")
        assert content <= width, f"{self.page.url} scrolls sideways: {content} > {width}"
        assert not self.complaints, f"{self.page.url}: {self.complaints}"


@pytest.fixture
def walk(browser, live_server) -> Iterator:
    """`walk()` or `walk(PHONE)`: a fresh Walker with Finnish pages; several may be open at once."""
    contexts = []

    def start(width: int = WIDE, *, javascript: bool = True) -> Walker:
        context = browser.new_context(
            viewport={"width": width, "height": 900 if width > PHONE else 740},
            locale="fi-FI",
            java_script_enabled=javascript,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Walker(context.new_page(), live_server.url)

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def width(request) -> int:
    """Each journey that takes it is walked at both widths."""
    return request.param
