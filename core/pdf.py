"""HTML to PDF bytes. Never called inside a request (architecture section 6): jobs call it."""

from __future__ import annotations

import functools
import gc
import re
from pathlib import Path

from django.conf import settings

FINNISH_HYPHENATION = Path(__file__).with_name("hyph_fi.dic")
STYLESHEET = re.compile(r'<link rel="stylesheet" href="static:/([\w./-]+)">')


class AsksForOutside(Exception):
    """The HTML wanted something that is not a static file of ours."""


def render_pdf(html: str, *, attachments: list | None = None) -> bytes:
    """A tagged, archivable PDF (pdf/a-3a) of `html`, whose links may only point into static/.

    Write such a link with its scheme: `static:/css/pdf.css`. `attachments` are weasyprint.Attachment
    objects with fixed dates: the same HTML gives the same bytes. Raises AsksForOutside when the HTML asks
    for anything else than static files or `data:`.
    """
    from weasyprint import HTML  # importing costs a second, so only jobs pay it
    from weasyprint.urls import FatalURLFetchingError

    _teach_finnish_hyphenation()
    html, stylesheets = _styles_apart(html)
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return HTML(string=html, base_url="static:/", url_fetcher=_static_only_fetcher()).write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
            attachments=attachments or [],
            stylesheets=stylesheets,
            font_config=_fonts(),
            finisher=_finish,
        )
    except FatalURLFetchingError as error:  # a BaseException: it would pass every `except Exception`
        raise AsksForOutside(str(error)) from error
    finally:
        if was_enabled:
            gc.enable()


def _finish(_document, pdf) -> None:
    """What WeasyPrint leaves undone in the tree of objects, right before it is written."""
    _scope_of_headers(pdf)
    if "AF" in pdf.catalog:  # it names each attachment twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _scope_of_headers(pdf) -> None:
    """Each table header says what it heads: in the table's head its column, elsewhere its row. WeasyPrint
    ties cells to headers by id and leaves out the Scope, which readers of tables ask for too."""
    from pydyf import Dictionary

    parts = {obj.reference: obj for obj in pdf.objects if isinstance(obj, Dictionary)}
    for header in [part for part in parts.values() if part.get("S") == "/TH"]:
        row = parts[header["P"]]
        in_head = parts[row["P"]].get("S") == "/THead"
        header["A"]["Scope"] = "/Column" if in_head else "/Row"


def _styles_apart(html: str) -> tuple[str, list]:
    """The HTML without its links to static/ stylesheets, and these, read once per process: reading the same
    rules for each paper is a tenth of what the paper costs."""
    paths = [_static_root() / name for name in STYLESHEET.findall(html)]
    if not paths or not all(path.is_file() for path in paths):
        return html, []  # the fetcher says what is wrong
    return STYLESHEET.sub("", html), [_stylesheet(path, path.stat().st_mtime_ns) for path in paths]


@functools.lru_cache(maxsize=16)
def _stylesheet(path: Path, _changed: int):
    from weasyprint import CSS

    return CSS(
        string=path.read_text(encoding="utf-8"),
        base_url="static:/",
        url_fetcher=_static_only_fetcher(),
        font_config=_fonts(),
    )


@functools.cache
def _fonts():
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _static_root() -> Path:
    return (Path(settings.BASE_DIR) / "static").resolve()


def _teach_finnish_hyphenation() -> None:
    """Pyphen, which WeasyPrint asks where a word may break, comes without Finnish."""
    import pyphen

    pyphen.LANGUAGES.setdefault("fi", FINNISH_HYPHENATION)
    pyphen.LANGUAGES_LOWERCASE.setdefault("fi", "fi")


def _static_only_fetcher():
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    static_root = _static_root()

    class StaticOnlyFetcher(URLFetcher):
        """Answers `static:/css/pdf.css` from static/ and `data:`; refuses everything else."""

        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if url.startswith("static:"):
                path = (static_root / url.removeprefix("static:").lstrip("/")).resolve()
                if path.is_file() and path.is_relative_to(static_root):
                    return super().fetch(path.as_uri(), headers)
            raise FatalURLFetchingError(f"not a static file: {url[:80]}")

    return StaticOnlyFetcher()
