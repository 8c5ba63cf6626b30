"""What the browser may load: only what pages use, collected quickly, light on first load."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import RequestFactory

from core import static_finder
from core.templatetags.page_pieces import ICON_NAMES, TONE_ICONS, icon

FIRST_LOAD_LIMIT = 120 * 1024
FIRST_LOAD_FILES = 8


@pytest.fixture(autouse=True)
def _fresh_finders():
    finders.get_finder.cache_clear()
    yield
    finders.get_finder.cache_clear()


def linked_files(html: str) -> set[str]:
    """Every static file that a page asks the browser for, as its path below static/."""
    addresses = re.findall(r'(?:href|src)="/static/([^"#?]+)', html)
    return set(addresses)


def test_the_finder_offers_what_pages_use_and_nothing_else_of_the_libraries():
    finder = static_finder.UsedLibraryFilesFinder()
    assert finder.find("js-lib-bootstrap5/css/bootstrap.min.css").endswith("bootstrap.min.css")
    assert finder.find("django_htmx/htmx-2.min.js").endswith("htmx-2.min.js")
    assert finder.find("django_htmx/htmx-4.min.js") == []
    assert finder.find("js-lib-bootstrap5/js/bootstrap.bundle.min.js") == []


def test_a_library_that_moved_a_file_is_told_by_the_system_check(monkeypatch):
    finder = static_finder.UsedLibraryFilesFinder()
    assert finder.check() == []
    monkeypatch.setitem(static_finder.USED_FILES, "django_htmx", ("django_htmx/htmx-1.min.js",))
    [error] = finder.check()
    assert error.id == "core.E001"
    assert "htmx-1.min.js" in error.msg


def test_the_finder_finds_everything_that_it_lists():
    finder = static_finder.UsedLibraryFilesFinder()
    listed = [path for path, _storage in finder.list([])]
    assert len(listed) == len(set(listed))
    assert all(finder.find(path) for path in listed)
    assert not [path for path, _storage in finder.list(["admin/*"]) if path.startswith("admin/")]


def test_collecting_makes_hashed_and_gzipped_files_in_under_three_seconds(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "collected")
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "core.static_storage.CompressedManifestStorage"}
    }
    started = time.process_time()
    call_command("collectstatic", interactive=False, verbosity=0)
    seconds = time.process_time() - started
    collected = Path(settings.STATIC_ROOT)
    styles = list((collected / "css").glob("app.*.css"))
    assert len(styles) == 1, "only the hashed name is kept"
    assert list((collected / "css").glob("app.*.css.gz"))
    assert not list(collected.rglob("*.br"))
    assert "icons." in staticfiles_storage.url("img/icons.svg")
    assert seconds < 3


def test_the_first_page_loads_within_its_weight_and_number_of_files():
    request = RequestFactory().get("/")
    html = render_to_string("base.html", request=request)
    files = linked_files(html)
    weights = {path: len(gzip.compress(Path(finders.find(path)).read_bytes(), 9)) for path in files}
    page = len(gzip.compress(html.encode(), 9))
    assert "css/app.css" in weights
    assert "img/icons.svg" in weights
    assert sum(weights.values()) + page <= FIRST_LOAD_LIMIT, weights
    assert len(weights) + 1 <= FIRST_LOAD_FILES, sorted(weights)


def test_the_sprite_holds_exactly_the_icons_that_the_tag_knows():
    sprite = ElementTree.parse(settings.BASE_DIR / "static/img/icons.svg")
    drawn = [symbol.get("id") for symbol in sprite.getroot()]
    assert sorted(drawn) == sorted(ICON_NAMES)
    assert set(TONE_ICONS.values()) <= ICON_NAMES


def test_an_icon_beside_text_is_hidden_and_one_alone_is_named():
    assert 'aria-hidden="true"' in icon("home")
    assert 'role="img" aria-label="Etusivu"' in icon("home", "Etusivu")
    with pytest.raises(LookupError):
        icon("unicorn")


def test_our_styles_use_only_tokens_that_exist():
    folder = settings.BASE_DIR / "static/css"
    tokens = set(re.findall(r"^\s*(--[\w-]+):", (folder / "tokens.css").read_text(), re.MULTILINE))
    for name in ("app.css", "print.css"):
        text = (folder / name).read_text()
        own = set(re.findall(r"(--[\w-]+):", text))
        used = set(re.findall(r"var\((--[\w-]+)", text))
        assert not {token for token in used - tokens - own if not token.startswith("--bs-")}, name


def _luminance(colour: str) -> float:
    colour = colour.lstrip("#")
    if len(colour) == 3:
        colour = "".join(2 * digit for digit in colour)
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground", "at_least"),
    [
        ("ink-900", "bark", 7),
        ("ink-600", "bark", 4.5),
        ("ink-600", "paper", 4.5),
        ("ink-700", "line-soft", 4.5),
        ("brand-600", "bark", 4.5),
        ("paper", "brand-700", 4.5),
        ("accent-700", "bark", 4.5),
        ("ink-900", "accent-400", 4.5),
        ("success-700", "success-100", 4.5),
        ("accent-800", "accent-100", 4.5),
        ("danger-700", "danger-100", 4.5),
        ("paper", "danger-600", 4.5),
        ("brand-700", "brand-100", 4.5),
        ("line-strong", "paper", 3),
        ("focus", "bark", 3),
        ("focus-gap", "brand-700", 3),
    ],
)
def test_colours_that_meet_can_be_read(ink, ground, at_least):
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", text))
    light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= at_least
