"""What differs between two versions of a summary, in the words that the document shows."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from html.parser import HTMLParser

from django.template.loader import render_to_string
from django.utils import translation

from reports.summary.present import present

ENDS_LINE = frozenset({"p", "li", "tr", "blockquote", "dd", "h3", "caption"})
SILENT = frozenset({"h2", "thead"})  # the heading stands above; the cells say their labels themselves


@dataclass(frozen=True)
class BlockChange:
    """One block that differs: the lines that went and those that came."""

    title: str
    gone: list[str]
    new: list[str]


def changes_between(old, new, *, for_office: bool = False) -> list[BlockChange]:
    """The blocks of SummaryVersion `new` that say something else than in `old`, in the document's order, in
    the newer one's language. No queries.

    `for_office` tells only of blocks that the newer one shows: what a participant leaves out, or allows no
    more, is not pointed at."""
    before, after = _lines_of(old), _lines_of(new)
    titles = {code: title for code, (title, _lines) in (before | after).items()}
    order = [*after, *(code for code in before if code not in after and not for_office)]
    found = []
    for code in order:
        gone, came = _difference(before.get(code, ("", []))[1], after.get(code, ("", []))[1])
        if gone or came:
            found.append(BlockChange(titles[code], gone, came))
    return found


def _difference(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    gone, came = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += before[a:b]
            came += after[c:d]
    return gone, came


def _lines_of(version) -> dict[str, tuple[str, list[str]]]:
    """{block: (title, lines)} as the page shows them."""
    page = present(version)
    with translation.override(version.language):
        return {
            block["code"]: (
                block["title"],
                _read(render_to_string(block["template"], {**page, "block": block})),
            )
            for block in (*page["page_one"], *page["page_two"])
        }


def _read(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return reader.lines


class _Reader(HTMLParser):
    """The words of a block, a line for each paragraph, list item and table row."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs) -> None:
        given = dict(attrs)
        if tag in SILENT:
            self._silent += 1
        elif tag in ("td", "th") and given.get("data-label"):
            self._words.append(f"{' · ' if self._has_words else ''}{given['data-label']}: ")
        elif tag in ("td", "th") and self._has_words:
            self._words.append(" · " if tag == "td" and not self._after_head else ": ")
        if tag == "img" and given.get("alt"):
            self._words.append(given["alt"])
        self._after_head = tag == "th"

    @property
    def _has_words(self) -> bool:
        """Whether the line has begun; the white space of the markup is no beginning."""
        return any(word.strip() for word in self._words)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent -= 1
        elif tag in ENDS_LINE:
            self.end_line()
        self._after_head = tag == "th"

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)
            if data.strip():
                self._after_head = False

    def end_line(self) -> None:
        """What was read so far is a line."""
        line = " ".join("".join(self._words).split()).strip(" ·")
        if line:
            self.lines.append(line)
        self._words.clear()
