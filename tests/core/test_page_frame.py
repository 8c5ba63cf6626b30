"""The frame around every page: navigation per role, language, messages, errors, components."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from core import context_processors, kept, navigation
from core.templatetags import page_pieces
from tests.support.client import faults_of


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def only_these_sections(monkeypatch):
    """Three sections on addresses that exist, whatever the apps registered."""
    kept.empty()
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add("start", "Start", "home", order=1, icon="home")
    navigation.add("tongue", "Tongue", "set-language", roles={"coach"}, order=3)
    navigation.add("health", "Health", "healthz", roles={"coach", "admin"}, order=2)
    navigation.add("later", "Later", "not-there-yet:list", order=4)
    yield
    kept.empty()


def somebody(role: str):
    return SimpleNamespace(
        is_authenticated=True,
        role=role,
        get_role_display=lambda: role,
        get_short_name=lambda: "Aino",
    )


def asked_by(user, path: str = "/"):
    request = RequestFactory().get(path)
    request.user = user
    return request


def labels(role: str) -> list[str]:
    return [item.label for item in navigation.items_for(role)]


# --- navigation ---------------------------------------------------------------------------------
@pytest.mark.usefixtures("only_these_sections")
def test_each_role_sees_its_own_sections_in_order():
    assert labels("coach") == ["Start", "Health", "Tongue"]
    assert labels("admin") == ["Start", "Health"]
    assert labels("manager") == ["Start"]


@pytest.mark.usefixtures("only_these_sections")
def test_a_section_whose_page_does_not_exist_is_left_out():
    assert "Later" not in labels("coach")


@pytest.mark.usefixtures("only_these_sections")
def test_nobody_has_no_navigation():
    assert context_processors.Frame(asked_by(AnonymousUser())).items == []
    assert context_processors.Frame(RequestFactory().get("/")).items == []
    assert navigation.items_for(None) == []


@pytest.mark.usefixtures("only_these_sections")
def test_an_unknown_role_or_a_taken_section_is_refused():
    with pytest.raises(ValueError, match="unknown roles"):
        navigation.add("x", "X", "home", roles={"boss"})
    with pytest.raises(ValueError, match="already leads"):
        navigation.add("start", "Start", "healthz")


@pytest.mark.usefixtures("only_these_sections")
@pytest.mark.parametrize(
    ("path", "section"),
    [("/", "start"), ("/healthz", "health"), ("/healthz/deeper", "health"), ("/elsewhere/", "")],
)
def test_the_longest_beginning_of_the_address_is_the_current_section(path, section):
    assert navigation.current_section(navigation.items_for("coach"), path) == section


@pytest.mark.usefixtures("only_these_sections")
def test_the_page_marks_where_we_are():
    html = render_to_string("base.html", request=asked_by(somebody("coach"), "/healthz"))
    assert html.count('href="/healthz" aria-current="page"') == 2  # the wide and the phone's menu
    below = render_to_string("base.html", {"section": "start"}, request=asked_by(somebody("coach"), "/x/"))
    assert 'href="/" aria-current="true"' in below


# --- the page -----------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_page_without_anybody_is_whole_and_in_its_language(language):
    with translation.override(language):
        html = render_to_string("base.html", request=asked_by(AnonymousUser(), "/x/?a=1&b=2"))
    assert faults_of(html) == []
    assert f'<html lang="{language}">' in html
    assert f'lang="{language}" aria-current="true"' in html
    assert 'value="/x/?a=1&amp;b=2"' in html
    assert "own-menu" not in html


@pytest.mark.usefixtures("only_these_sections")
def test_a_signed_in_page_is_whole_and_asks_the_database_nothing():
    # without the db fixture any query would fail
    html = render_to_string("base.html", request=asked_by(somebody("coach")))
    assert faults_of(html) == []
    assert "Aino" in html
    assert 'action="/account/log-out/"' in html


def test_the_version_comes_from_the_change_log(settings, tmp_path):
    context_processors.program_version.cache_clear()
    settings.BASE_DIR = tmp_path
    assert context_processors.program_version() == ""
    context_processors.program_version.cache_clear()
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## 1.4.0 – 2026-03-01\n\n## 1.3.9\n")
    assert context_processors.program_version() == "1.4.0"
    context_processors.program_version.cache_clear()


@pytest.mark.parametrize("code", ["400", "403", "404", "410"])
def test_error_pages_wear_the_same_dress_and_say_what_to_do(code):
    html = render_to_string(f"{code}.html", request=asked_by(AnonymousUser()))
    assert faults_of(html) == []
    assert html.count("<h1") == 1
    assert "site-header" in html


@pytest.mark.parametrize("code", ["403", "410"])
def test_a_refusal_shows_its_own_sentence_escaped(code):
    html = render_to_string(
        f"{code}.html", {"message": "Only <her> coach may."}, request=asked_by(AnonymousUser())
    )
    assert "Only &lt;her&gt; coach may." in html


def test_the_500_page_needs_no_context_no_request_and_no_manifest(monkeypatch):
    def broken(path):
        raise ValueError("no manifest")

    monkeypatch.setattr(page_pieces, "static", broken)
    html = render_to_string("500.html")
    assert faults_of(html) == []
    assert 'href="/static/css/app.css"' in html


def test_messages_can_be_closed_and_each_close_box_has_a_name():
    html = render_to_string(
        "components/_messages.html",
        {"messages": [SimpleNamespace(level_tag="danger", message="No <b>luck</b>.")]},
    )
    assert "message-danger" in html
    assert "No &lt;b&gt;luck&lt;/b&gt;." in html
    assert 'aria-label="Close the message"' in html
    assert render_to_string("components/_messages_oob.html", {"messages": []}).strip() == ""


# --- forms --------------------------------------------------------------------------------------
class Referral(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the referral.")
    language = forms.ChoiceField(
        label="Language", choices=[("fi", "fi"), ("sv", "sv")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    told = forms.BooleanField(label="Told")


def test_a_form_ties_labels_hints_and_errors_to_its_fields():
    form = Referral({"note": "kept"})
    form.add_error(None, "Already on the list.")
    html = render_to_string("components/_form.html", {"form": form, "submit": "Save", "cancel_url": "/"})
    assert faults_of(html) == []
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert "Already on the list." in html
    assert '<a href="#id_name">' in html
    assert '<a href="#id_language_0">' in html
    assert 'id="id_language_0"' in html
    assert "kept" in html
    assert html.count("<fieldset") == 1
    assert "marks the fields that must be filled in" in html


def test_a_form_without_required_fields_explains_no_mark():
    class Search(forms.Form):
        words = forms.CharField(label="Words", required=False)

    html = render_to_string("components/_form.html", {"form": Search(), "submit": "Find"})
    assert "required-mark" not in html
    assert "error-summary" not in html


# --- tags ---------------------------------------------------------------------------------------
def test_dates_and_times_are_written_the_finnish_way_in_local_time():
    winter = dt.datetime(2026, 3, 12, 7, 5, tzinfo=dt.UTC)
    summer = dt.datetime(2026, 6, 30, 21, 30, tzinfo=dt.UTC)
    assert page_pieces.date_fi(winter) == "12.3.2026"
    assert page_pieces.time_fi(winter) == "9.05"
    assert page_pieces.datetime_fi(summer) == "1.7.2026 0.30"
    assert page_pieces.date_fi(dt.date(2026, 3, 2)) == "2.3.2026"
    assert page_pieces.time_fi(dt.time(0, 0)) == "0.00"
    assert page_pieces.date_fi(None) == ""
    assert page_pieces.time_fi(None) == ""
    with translation.override("fi"):
        assert page_pieces.weekday_short(dt.date(2026, 3, 2)) == "ma"
        assert page_pieces.weekday_long(dt.date(2026, 3, 2)) == "maanantai"


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, [1, 2, 0, 9]), (3, [1, 2, 3, 4, 0, 9]), (5, [1, 0, 4, 5, 6, 0, 9]), (9, [1, 0, 8, 9])],
)
def test_the_pages_of_a_list_leave_gaps(number, shown):
    assert page_pieces.page_numbers(Paginator(range(90), 10).get_page(number)) == shown


def test_turning_a_page_keeps_the_filters():
    request = RequestFactory().get("/?office=3&page=2&office=4")
    page = Paginator(range(90), 10).get_page(2)
    html = render_to_string("components/_pagination.html", {"page": page}, request=request)
    assert 'href="?office=3&amp;office=4&amp;page=3"' in html
    assert faults_of(html) == []
    one = Paginator(range(5), 10).get_page(1)
    assert render_to_string("components/_pagination.html", {"page": one}, request=request).strip() == ""


def test_a_query_string_can_lose_a_key_and_stays_a_link():
    template = Template("{% querystring_with page=None q='å' %}|{% querystring_with page=None %}")
    request = RequestFactory().get("/?page=2")
    assert template.render(Context({"request": request})) == "?q=%C3%A5|?"
    assert template.render(Context({})) == "?q=%C3%A5|?"


def test_a_missing_fact_is_a_dash_that_is_read_aloud():
    assert "not given" in page_pieces.dl_item("phone", "")
    assert "<dd>0</dd>" in page_pieces.dl_item("days", 0)
    assert "&lt;i&gt;" in page_pieces.dl_item("note", "<i>")
    assert page_pieces.or_dash(0) == 0
    assert page_pieces.or_dash(None) == "–"


@pytest.mark.parametrize(("part", "whole", "percent"), [(0, 0, 0), (3, 5, 60), (None, 5, 0), (7, 5, 100)])
def test_a_share_is_in_full_percent_between_0_and_100(part, whole, percent):
    assert page_pieces.percent_of(part, whole) == percent


COMPONENTS = {
    "_audience_note": {"text": "t"},
    "_badge": {"tone": "success", "text": "t"},
    "_breadcrumb": {"here": "t", "crumbs": [("a", "/a")]},
    "_card": {"title": "t"},
    "_confirm": {"text": "t", "submit": "Go", "cancel_url": "/"},
    "_copy_button": {"target": "x", "text": "t"},
    "_description_list": {"rows": [("a", "b")]},
    "_empty_state": {"title": "t", "text": "t"},
    "_page_header": {"title": "t"},
    "_progress": {"label": "t", "value": 1, "max": 2, "text": "1/2"},
    "_stat": {"value": 1, "label": "t"},
    "_status_dot": {"tone": "danger", "text": "t"},
    "_table": {"caption": "t", "headers": ["a", "b"], "rows": [["1", None]]},
    "_tabs": {"label": "t", "tabs": [("a", "/a", True), ("b", "/b", False)]},
    "_timeline": {"events": [{"at": dt.date(2026, 2, 10), "title": "t"}]},
}


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_content_with_what_it_says_it_needs(name):
    # undefined variables fail the run (FAIL_INVALID_TEMPLATE_VARS)
    html = render_to_string(f"components/{name}.html", COMPONENTS[name])
    assert faults_of(html) == []
    assert html.strip()
