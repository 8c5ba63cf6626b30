"""What every PDF of a summary must be, whatever stands in it: read from the bytes, not from the templates."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pikepdf
from django.conf import settings
from pypdf import PdfReader

from reports.summary.document import render_document, summary_html
from reports.summary.present import present

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


def render(summary) -> bytes:
    """The PDF of a version as the job makes it."""
    html, embedded = summary_html(summary)
    return render_document(html, embedded=embedded, made_at=summary.created_at)


def pages_of(content: bytes) -> list[str]:
    """The words of each page, in one line each, words that were broken at a line's end put together."""
    pages = PdfReader(io.BytesIO(content)).pages
    texts = [page.extract_text().replace("\u2010\n", "").replace("–\n", "–") for page in pages]
    return [" ".join(text.split()) for text in texts]


def words_of(content: bytes) -> str:
    return " ".join(pages_of(content))


def assert_whole_document(content: bytes, summary, *, pages: int | None = 2) -> dict:
    """Every property of the file; `pages` None leaves their number open. Returns the data inside."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not pdf.is_encrypted
        assert pages is None or len(pdf.pages) == pages, f"{len(pdf.pages)} pages"
        _assert_archivable(pdf, summary)
        _assert_bookmarks(pdf, summary)
        _assert_tags(pdf)
        _assert_fonts_inside(pdf)
        return _data_inside(pdf, summary)


def _assert_archivable(pdf: pikepdf.Pdf, summary) -> None:
    shown = present(summary)
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["dc:title"] == shown["title"]
    assert str(pdf.Root.Lang) == summary.language
    assert str(pdf.docinfo["/Title"]) == shown["title"]
    assert pdf.Root.MarkInfo.Marked
    assert [str(intent.S) for intent in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]
    for name in ("/JavaScript", "/OpenAction", "/AA"):
        assert name not in pdf.Root, name


def _assert_bookmarks(pdf: pikepdf.Pdf, summary) -> None:
    """One mark for each block, under the title of the document."""
    shown = present(summary)
    with pdf.open_outline() as outline:
        (top,) = outline.root
        assert top.title.startswith(shown["title"])
        assert [mark.title for mark in top.children] == [
            block["title"] for block in (*shown["page_one"], *shown["page_two"])
        ]


def _assert_tags(pdf: pikepdf.Pdf) -> None:
    found = list(_tags(pdf.Root.StructTreeRoot.K))
    levels = [HEADINGS.index(str(tag.S)) + 1 for tag in found if str(tag.S) in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), levels
    for tag in found:
        if str(tag.S) == "/Figure":
            assert str(tag.get("/Alt", "")).strip(), "a figure without words"
        if str(tag.S) == "/TH":
            assert _scope(tag) in ("/Row", "/Column"), "a table header that does not say what it heads"
        if str(tag.S) == "/Table":
            assert any(str(inner.S) == "/TH" for inner in _tags(tag.K)), "a table without headers"


def _scope(tag: pikepdf.Dictionary) -> str:
    attributes = tag.get("/A", pikepdf.Array())
    rows = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(row["/Scope"]) for row in rows if "/Scope" in row), "")


def _tags(node) -> Iterator[pikepdf.Dictionary]:
    """The structure elements below `node` in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _tags(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _tags(node.K)


def _assert_fonts_inside(pdf: pikepdf.Pdf) -> None:
    described = [
        obj
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and str(obj.get("/Type")) == "/FontDescriptor"
    ]
    assert described
    for descriptor in described:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()), descriptor["/FontName"]
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and str(font.get("/Type")) == "/Font":
            assert "/FontDescriptor" in font or "/DescendantFonts" in font, "a font that is only named"


def _data_inside(pdf: pikepdf.Pdf, summary) -> dict:
    assert list(pdf.attachments) == ["summary.json"]
    files = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/AFRelationship" in obj]
    assert {str(file.AFRelationship) for file in files} == {"/Data"}
    assert [str(file.UF) for file in pdf.Root.AF] == ["summary.json"]
    data = json.loads(pdf.attachments["summary.json"].get_file().read_bytes())
    schema = json.loads(
        Path(settings.BASE_DIR, f"docs/schemas/{data['schema']}.json").read_text(encoding="utf-8")
    )
    jsonschema.validate(data, schema, format_checker=jsonschema.FormatChecker())
    assert data["schema"] == "summary-2"
    assert data["hash"] == summary.content_hash
    return data
