"""Extracting, checking and compiling translations without system gettext."""

from __future__ import annotations

import gettext
import os

import pytest

from core import catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
a = _("Save the day")
b = ngettext("%(count)s person", "%(count)s people", 2)
c = pgettext_lazy("half of a day", "morning")
d = _(name)
"""
TEMPLATE = """{% load i18n %}
   <h1>{% translate "Today" %}</h1>
      {% blocktranslate trimmed with name=x %}
        Hello
        {{ name }}, 100 % done
      {% endblocktranslate %}
  {% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
    {{ _("Back") }} {% translate "May" context "month" %} {% include "x" with label=_("Next") %}
"""


@pytest.fixture
def project(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "views.py").write_text(PYTHON)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text('_("only in a test")')
    return tmp_path


def translate(language: str, **texts):
    """Fill the catalogue: each message gets its own text behind the language's name."""
    catalogue = catalogues.read_catalogue(language)
    for message in catalogue:
        if message.id:
            ids = message.id if message.pluralizable else (message.id,)
            filled = tuple(f"{language}: {text}" for text in ids)
            message.string = filled if message.pluralizable else filled[0]
    with catalogues.catalogue_path(language).open("wb") as file:
        catalogues.write_po(file, catalogue)


def test_messages_of_python_and_templates_are_found_with_plural_and_context(project):
    found = {(message.id, message.context) for message in catalogues.source_messages(project) if message.id}
    assert found == {
        ("Save the day", None),
        (("%(count)s person", "%(count)s people"), None),
        ("morning", "half of a day"),
        ("Today", None),
        ("Hello %(name)s, 100 %% done", None),
        (("%(n)s day", "%(n)s days"), None),
        ("Back", None),
        ("May", "month"),
        ("Next", None),
    }


def test_what_is_missing_empty_fuzzy_or_loses_a_placeholder_is_named(project):
    sources = catalogues.source_messages(project)
    assert len(catalogues.faults_of("fi", sources)) == 9
    catalogues.update_catalogue("fi", sources)
    assert all("not translated" in fault for fault in catalogues.faults_of("fi", sources))
    translate("fi")
    assert catalogues.faults_of("fi", sources) == []
    path = catalogues.catalogue_path("fi")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("fi: Hello %(name)s", "fi: Hello %(nmae)s"), encoding="utf-8")
    assert "placeholder" in catalogues.faults_of("fi", sources)[0]
    path.write_text(text.replace('msgid "Today"', '#, fuzzy\nmsgid "Today"'), encoding="utf-8")
    assert catalogues.faults_of("fi", sources) == ["fi: fuzzy: 'Today' (templates/page.html)"]


def test_updating_keeps_translations_guesses_nothing_and_drops_what_went(project):
    catalogues.update_catalogue("fi", catalogues.source_messages(project))
    translate("fi")
    (project / "shop" / "views.py").write_text('_("Save the week")')
    new, gone = catalogues.update_catalogue("fi", catalogues.source_messages(project))
    assert (new, gone) == (1, 3)
    catalogue = catalogues.read_catalogue("fi")
    assert catalogue.get("Save the week").string == ""
    assert catalogue.get("Today").string == "fi: Today"
    text = catalogues.catalogue_path("fi").read_text(encoding="utf-8")
    assert "fuzzy" not in text
    assert "#:" not in text  # line numbers would change with every edit


def test_updating_twice_changes_nothing(project):
    sources = catalogues.source_messages(project)
    catalogues.update_catalogue("sv", sources)
    before = catalogues.catalogue_path("sv").read_bytes()
    catalogues.update_catalogue("sv", sources)
    assert catalogues.catalogue_path("sv").read_bytes() == before


def test_a_catalogue_is_compiled_once_per_change(project):
    catalogues.update_catalogue("fi", catalogues.source_messages(project))
    translate("fi")
    assert catalogues.compile_catalogue("fi")
    assert not catalogues.compile_catalogue("fi")
    path = catalogues.catalogue_path("fi")
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Today") == "fi: Today"
    assert compiled.ngettext("%(n)s day", "%(n)s days", 2) == "fi: %(n)s days"
    later = path.with_suffix(".mo").stat().st_mtime + 5
    os.utime(path, (later, later))
    assert catalogues.compile_catalogue("fi")
