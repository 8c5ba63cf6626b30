"""Message catalogues without system gettext: Babel extracts, updates, checks and compiles."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

TRANSLATED = ("fi", "sv")  # the sources are English
KEYWORDS: dict[str, tuple | None] = {
    "_": None,
    "gettext": None,
    "_gettext": None,  # as forms name it beside the lazy one
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SKIPPED_FOLDERS = {"migrations", "node_modules", "tests", "var", "build", "staticfiles", "locale", "docs"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")

Id = str | tuple[str, str]  # a message, or its singular and plural


def catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(
            locale=language,
            charset="utf-8",
            project="Valmennuskuukausi",
            version="1",
            header_comment="# Valmennuskuukausi",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def source_messages(root: Path) -> Catalog:
    """Every message of the Python sources and templates below `root`, with the files it stands in."""
    found = Catalog(charset="utf-8")
    for path in _source_files(root):
        place = path.relative_to(root).as_posix()
        for message, context, comments in _messages_of(path):
            found.add(message, context=context, locations=[(place, 0)], auto_comments=comments)
    return found


def _source_files(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(
            name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith(".")
        )
        inside_templates = "templates" in Path(folder).relative_to(root).parts
        for name in sorted(files):
            if name.endswith(".py") or (inside_templates and name.endswith((".html", ".txt", ".svg"))):
                yield Path(folder) / name


def _messages_of(path: Path) -> Iterator[tuple[Id, str | None, list[str]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # each call that templatize writes stands on one line; indentation means nothing there
        lines = (line.strip() for line in templatize(source, origin=path.name).splitlines())
        source = "\n".join(lines) + "\n"
    file = io.BytesIO(source.encode())
    for _line, function, arguments, comments in extract_python(file, KEYWORDS, ["Translators:"], {}):
        yield from _one_message(function, arguments, comments)


def _one_message(function: str, arguments, comments) -> Iterator[tuple[Id, str | None, list[str]]]:
    texts = list(arguments) if isinstance(arguments, list | tuple) else [arguments]
    context = texts.pop(0) if function.lstrip("n").startswith("pgettext") and texts else None
    wanted = 2 if function.startswith(("ngettext", "npgettext")) else 1
    texts = texts[:wanted]
    if len(texts) < wanted or not all(texts):
        return  # built at run time: nothing a catalogue could hold
    yield (texts[0] if wanted == 1 else (texts[0], texts[1])), context, comments


def update_catalogue(language: str, sources: Catalog) -> tuple[int, int]:
    """Bring one catalogue in line with `sources`: new messages empty, gone ones dropped, nothing guessed.

    Returns how many are new and how many went.
    """
    catalogue = read_catalogue(language)
    before = {(message.id, message.context) for message in catalogue if message.id}
    catalogue.update(sources, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.fuzzy = False
    catalogue.obsolete.clear()
    after = {(message.id, message.context) for message in catalogue if message.id}
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, catalogue, width=100, sort_output=True, no_location=True, ignore_obsolete=True)
    _write_whole(path, out.getvalue())
    return len(after - before), len(before - after)


def compile_catalogue(language: str) -> bool:
    """Write the `.mo` that the program reads; False when it was newer than its source already."""
    path = catalogue_path(language)
    target = path.with_suffix(".mo")
    if not path.exists():
        return False
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    out = io.BytesIO()
    write_mo(out, read_catalogue(language))
    _write_whole(target, out.getvalue())
    return True


def faults_of(language: str, sources: Catalog) -> list[str]:
    """What keeps a catalogue from being complete, one line each."""
    catalogue = read_catalogue(language)
    faults = []
    for message in sources:
        if not message.id:
            continue
        singular = message.id[0] if message.pluralizable else message.id
        translated = catalogue.get(singular, message.context)
        where = ", ".join(sorted({place for place, _line in message.locations}))
        fault = _fault_of(message, translated)
        if fault:
            faults.append(f"{language}: {fault}: {singular!r} ({where})")
    return faults


def _fault_of(message: Message, translated: Message | None) -> str:
    if translated is None or translated.pluralizable != message.pluralizable:
        return "missing"
    texts = translated.string if isinstance(translated.string, list | tuple) else [translated.string]
    if not all(texts):
        return "not translated"
    if translated.fuzzy:
        return "fuzzy"
    ids = message.id if isinstance(message.id, list | tuple) else [message.id]
    allowed = set().union(*(_placeholders(text) for text in ids))
    if any(not _placeholders(text) <= allowed for text in texts):
        return "has a placeholder that the source lacks"
    if not message.pluralizable and _placeholders(texts[0]) != allowed:
        return "lacks a placeholder"
    return ""


def _placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text)}


def _write_whole(path: Path, content: bytes) -> None:
    """Never leaves half a file for a running server to read."""
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.write_bytes(content)
    fresh.replace(path)
