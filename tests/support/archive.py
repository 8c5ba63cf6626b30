"""Whether a PDF is what an archive and a screen reader need: one check for every document."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import pikepdf
from django.conf import settings
from pypdf import PdfReader


def pages_of(content: bytes) -> list[str]:
    """The words of each page, in one line each."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary)]


def tags_of(pdf: pikepdf.Pdf) -> list[str]:
    """The tags in reading order."""
    found: list[str] = []

    def walk(node) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found


def assert_archivable(content: bytes, *, language: str) -> dict:
    """PDF/A-3a by its marks, title, language, bookmarks, headings in order, cells that name their headers,
    words for each figure, fonts inside, and the data that travels with it. Answers that data."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["dc:title"]
        with pdf.open_outline() as outline:
            assert outline.root, "bookmarks"
        headings = [int(tag[2]) for tag in tags_of(pdf) if tag in ("/H1", "/H2", "/H3", "/H4")]
        assert headings[0] == 1
        assert headings.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(headings, headings[1:], strict=False))
        nodes = dictionaries(pdf)
        assert all(str(node.get("/Alt", "")) for node in nodes if node.get("/S") == "/Figure")
        cells = [node for node in nodes if node.get("/S") == "/TD"]
        assert all("/Headers" in node.A for node in cells), "each cell names the headers above and beside it"
        fonts = [node for node in nodes if "/FontDescriptor" in node]
        assert fonts
        for font in fonts:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
        assert {str(node.AFRelationship) for node in nodes if "/AFRelationship" in node} == {"/Data"}
        data = json.loads(pdf.attachments["summary.json"].get_file().read_bytes())
    schema = json.loads(Path(settings.BASE_DIR, f"docs/schemas/{data['schema']}.json").read_text("utf-8"))
    jsonschema.validate(data, schema, format_checker=jsonschema.FormatChecker())
    return data
