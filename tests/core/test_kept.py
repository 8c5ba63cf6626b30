"""`{% kept %}`: what is the same for everybody is rendered once, and nothing personal gets into it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template, TemplateSyntaxError, engines
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from core import kept, navigation
from core.kept import NotTheSameForEverybody


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.empty()
    with translation.override("en"):
        yield
    kept.empty()


@pytest.fixture
def rendered(monkeypatch):
    """How many parts were rendered rather than taken from the kept ones."""
    done = []
    alone = kept._alone
    monkeypatch.setattr(kept, "_alone", lambda *given: done.append(1) or alone(*given))
    return done


def asked_by(first_name: str, role: str = "coach", path: str = "/"):
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(
        is_authenticated=True,
        role=role,
        get_role_display=lambda: role,
        get_short_name=lambda: first_name,
        __str__=lambda: first_name,
    )
    return request


def kept_html() -> str:
    return "".join(kept._pieces.values())


# --- once, and for whom it is the same -----------------------------------------------------------
def test_a_part_is_rendered_once_for_each_key_and_language(rendered):
    template = Template(
        "{% load i18n %}{% kept role=role %}{{ role }}: {% translate 'Log out' %}{% endkept %}"
    )
    for _ in range(3):
        assert template.render(Context({"role": "coach"})) == "coach: Log out"
    assert template.render(Context({"role": "admin"})) == "admin: Log out"
    with translation.override("fi"):
        assert template.render(Context({"role": "coach"})) == "coach: Kirjaudu ulos"
    assert len(rendered) == 3


def test_two_parts_with_the_same_keys_are_two():
    template = Template("{% kept a=a %}one{% endkept %} {% kept a=a %}two{% endkept %}")
    assert [template.render(Context({"a": True})) for _ in range(2)] == ["one two"] * 2


def test_nothing_is_kept_while_templates_change(rendered, settings):
    settings.DEBUG = True
    template = Template("{% kept %}x{% endkept %}")
    assert template.render(Context()) + template.render(Context()) == "xx"
    assert len(rendered) == 2
    assert not kept._pieces


def test_new_catalogues_are_read_at_once(monkeypatch):
    from django.utils.translation import trans_real

    template = Template("{% load i18n %}{% kept %}{% translate 'Log out' %}{% endkept %}")
    with translation.override("fi"):
        assert template.render(Context()) == "Kirjaudu ulos"
        # what Django does when a .mo file changes
        fresh = trans_real.DjangoTranslation("fi")
        fresh.gettext = lambda message: {"Log out": "Poistu"}.get(message, message)
        with monkeypatch.context() as changed:
            changed.setitem(trans_real._translations, "fi", fresh)
            trans_real.activate("fi")
            assert template.render(Context()) == "Poistu"
        trans_real.activate("fi")  # or the next test would speak the fresh one


def test_another_navigation_empties_what_is_kept():
    Template("{% kept %}x{% endkept %}").render(Context())
    assert kept._pieces
    navigation.remove("no such section")
    assert not kept._pieces


def test_another_setting_empties_what_is_kept():
    Template("{% kept %}x{% endkept %}").render(Context())
    assert kept._pieces
    with override_settings(IS_DEMO=True):
        assert not kept._pieces


def test_there_is_an_end_to_what_is_kept(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    template = Template("{% kept a=a %}{{ a }}{% endkept %}")
    assert [template.render(Context({"a": word})) for word in "abcabc"] == list("abcabc")
    assert len(kept._pieces) == 2


# --- nothing personal ----------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted(kept.PERSONAL))
@pytest.mark.parametrize(
    "use", ["{{ NAME }}", "{% if NAME %}x{% endif %}", "{% for a in NAME %}x{% endfor %}"]
)
def test_what_belongs_to_the_request_cannot_be_asked_for(name, use):
    template = Template("{% kept %}" + use.replace("NAME", name) + "{% endkept %}")
    with pytest.raises(NotTheSameForEverybody):
        template.render(Context({name: "Aino"}))
    assert not kept._pieces


def test_a_form_that_is_included_cannot_keep_its_token():
    template = Template('{% kept %}{% include "components/_language_switch.html" %}{% endkept %}')
    with pytest.raises(NotTheSameForEverybody, match="csrf_token"):
        template.render(Context({"csrf_token": "secret"}))


def test_a_page_s_own_variable_is_as_undefined_as_any():
    """Undefined variables fail the tests (FAIL_INVALID_TEMPLATE_VARS) and are empty elsewhere."""
    template = Template("{% kept %}[{{ person }}]{% endkept %}")
    with pytest.raises(pytest.fail.Exception, match="person"):
        template.render(Context({"person": "Aino"}))
    assert not kept._pieces
    engine = engines["django"].engine
    told = engine.string_if_invalid
    engine.string_if_invalid = ""
    try:
        assert template.render(Context({"person": "Aino"})) == "[]"
    finally:
        engine.string_if_invalid = told


@pytest.mark.parametrize("value", ["Aino", "aino koivuniemi", "a@b.example", "<b>", "x" * 41, 7, ["coach"]])
def test_a_key_is_a_short_word_and_no_text_about_a_person(value):
    with pytest.raises(TemplateSyntaxError, match="'who'"):
        Template("{% kept who=value %}{{ who }}{% endkept %}").render(Context({"value": value}))


@pytest.mark.parametrize(
    "inside", ["{% block title %}x{% endblock %}", "{% csrf_token %}", "{% kept %}x{% endkept %}"]
)
def test_blocks_tokens_and_kept_parts_are_refused_when_the_template_is_read(inside):
    with pytest.raises(TemplateSyntaxError, match="must not hold"):
        Template("{% kept %}{% if True %}" + inside + "{% endif %}{% endkept %}")


def test_a_value_without_a_name_is_refused():
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        Template("{% kept role %}x{% endkept %}")


# --- the frame around every page -----------------------------------------------------------------
def test_neither_the_reader_nor_the_address_nor_the_token_stands_in_what_the_frame_keeps():
    request = asked_by("Ainotar", path="/salainen/?q=koivu")
    html = render_to_string("base.html", {"heading": "x"}, request=request)
    token = request.META["CSRF_COOKIE"]
    assert "Ainotar" in html
    assert "/salainen/" in html
    assert kept._pieces
    for secret in ("Ainotar", "salainen", "koivu", token, "csrfmiddlewaretoken", "X-CSRFToken"):
        assert secret not in kept_html()


def test_the_next_reader_gets_the_own_name_token_and_place():
    first = render_to_string("base.html", request=asked_by("Ainotar", path="/a/"))
    second = render_to_string("base.html", request=asked_by("Toivotar", role="admin", path="/b/"))
    nobody = asked_by("x", path="/c/")
    nobody.user = AnonymousUser()
    third = render_to_string("base.html", request=nobody)
    assert "Ainotar" in first
    for other in (second, third):
        assert "Ainotar" not in other
        assert 'value="/a/"' not in other
    assert "Toivotar" in second
    assert "main-nav" not in third


def test_the_frame_s_second_rendering_renders_no_part_anew(rendered):
    render_to_string("base.html", request=asked_by("Ainotar"))
    number = len(rendered)
    assert number >= 8
    render_to_string("base.html", request=asked_by("Toivotar"))
    assert len(rendered) == number
