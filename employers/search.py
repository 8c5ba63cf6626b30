"""Words of a name as PostgreSQL's text search sees them: prefixes, without any extension."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import CharField, Func

# signs that PostgreSQL's parser would keep inside one word (a path, an address, a hyphenated name)
SIGNS = "-/.@_&+:"
MAX_WORDS = 6


class SearchWords(Func):
    """`to_tsvector` of text columns joined by spaces; the same expression stands in the index."""

    function = "to_tsvector"
    template = (
        f"%(function)s('simple'::regconfig, translate(%(expressions)s, '{SIGNS}', '{' ' * len(SIGNS)}'))"
    )
    arg_joiner = " || ' ' || "
    output_field = SearchVectorField()


class PhoneTail(Func):
    """The last seven digits of a phone number, however it is written: `+358 40 123 4567` and
    `(040) 123-4567` are one number. The same expression stands in the index."""

    template = "right(regexp_replace(%(expressions)s, '\\D', '', 'g'), 7)"
    output_field = CharField()


def phone_tail(text: str) -> str:
    """What `PhoneTail` makes of `text`; "" when it has too few digits to tell numbers apart."""
    digits = re.sub(r"[^0-9]", "", text)
    return digits[-7:] if len(digits) >= 7 else ""


def words_of(text: str, *, most: int = MAX_WORDS) -> list[str]:
    """What a person typed, as lower-case words of letters and digits; at most `most`."""
    return re.findall(r"\w+", text.replace("_", " ").lower())[:most]


def prefix_query(words: list[str]) -> SearchQuery:
    """All `words` (of letters and digits only) must begin some word."""
    return SearchQuery(" & ".join(f"'{word}':*" for word in words), config="simple", search_type="raw")


def any_prefix_query(groups: list[list[str]]) -> SearchQuery:
    """All words of at least one group must begin some word."""
    each = (" & ".join(f"'{word}':*" for word in words) for words in groups)
    return SearchQuery(" | ".join(f"({words})" for words in each), config="simple", search_type="raw")
