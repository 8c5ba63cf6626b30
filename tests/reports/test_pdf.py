"""The file itself: two tagged, archivable pages with their data inside, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
from pathlib import Path

import jsonschema
import pikepdf
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from pypdf import PdfReader

from core.pdf import AsksForOutside, render_pdf
from reports.models import SummaryVersion
from reports.summary.document import render_document, summary_html
from reports.summary.present import present
from tests.support import factories
from tests.support.summaries import give_consents, make_summary

SCHEMA = json.loads(Path(settings.BASE_DIR, "docs/schemas/summary-2.json").read_text("utf-8"))
LONG_NAME = ("Élžbieta-Marjaana Åsa Katariina", "O'Shaughnessy-Žitný-Lehtovaara")


def render(summary) -> bytes:
    html, embedded = summary_html(summary)
    return render_document(html, embedded=embedded, made_at=summary.created_at)


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.fixture
def full(whole):
    summary = make_summary(whole)
    summary.texts = {"overall": "Rohkeus kasvoi.", "aftercare": "Kaksi soittoa keväällä."}
    summary.participant_comment = "Tämä kuvaa minua."
    return summary


@pytest.fixture
def structure():
    """`structure(pdf)`: the tags of the document in reading order."""

    def tags(pdf) -> list[str]:
        found = []

        def walk(node):
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

    return tags


def test_a_usual_month_takes_two_pages_and_page_one_holds_what_the_decision_needs(full):
    pages = PdfReader(io.BytesIO(render(full))).pages
    assert len(pages) == 2
    first, second = (" ".join(page.extract_text().split()) for page in pages)
    shown = present(full)
    for block in shown["page_one"]:
        assert block["title"] in first
    for block in shown["page_two"]:
        assert block["title"] in second
    assert "Aino Koivuniemi" in first
    assert "Kaksi soittoa keväällä." in second
    assert "Tämä kuvaa minua." in second


def test_page_one_suffices_also_with_a_decision_and_two_work_trials(full):
    full.data["proposal"]["decision"] = {
        "kind": "wage_subsidy",
        "where": "Keittiö Kuismala Oy",
        "programme": "",
        "starts_on": "2026-03-09",
        "ends_on": None,
        "conditions": "Valmentaja soittaa ensimmäisen viikon jälkeen.",
        "decided_on": "2026-03-02",
        "decided_by": "Olli Nurmela",
        "participant_comment": "Hyvä, että pääsen heti.",
    }
    full.data["happened"]["work_trials"] *= 2
    pages = PdfReader(io.BytesIO(render(full))).pages
    assert len(pages) == 2
    first = " ".join(pages[0].extract_text().split())
    assert full.plan_text[:50] in first
    assert "Keittiö Kuismala Oy" in first


def test_it_is_tagged_archivable_and_says_its_language_and_title(full, structure):
    with pikepdf.open(io.BytesIO(render(full))) as pdf:
        assert str(pdf.Root.Lang) == "fi"
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["dc:title"] == present(full)["title"]
        tags = structure(pdf)
        assert [tag for tag in tags if tag.startswith("/H")][0] == "/H1"
        assert tags.count("/H1") == 1
        assert {tag for tag in tags if tag in ("/H1", "/H2", "/H3")} == {"/H1", "/H2"}
        assert {"/Table", "/TH", "/TD", "/Figure"} <= set(tags)
        assert pdf.Root.MarkInfo.Marked
        fonts = [
            obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/FontDescriptor" in obj
        ]
        assert fonts
        for font in fonts:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())


def test_every_figure_has_its_words(full):
    with pikepdf.open(io.BytesIO(render(full))) as pdf:
        figures = [
            obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == "/Figure"
        ]
        assert figures
        assert all(str(figure.Alt) for figure in figures)


def test_every_table_header_says_what_it_heads(full):
    html, _embedded = summary_html(full)
    assert html.count("<th ") == html.count('<th scope="')


def test_its_data_travels_inside_and_validates(full):
    content = render(full)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert list(pdf.attachments) == ["summary.json"]
        data = json.loads(pdf.attachments["summary.json"].get_file().read_bytes())
        files = [
            obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/AFRelationship" in obj
        ]
        assert {str(file.AFRelationship) for file in files} == {"/Data"}
    jsonschema.validate(data, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert data["hash"] == full.content_hash
    assert data["copy_text"] == full.plan_text
    assert " ".join(data["copy_text"].split())[:60] in words(content)


def test_the_same_version_gives_the_same_bytes(full):
    assert render(full) == render(full)


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fi", "Mitä jaksolla tapahtui"),
        ("sv", "Vad hände under perioden"),
        ("en", "What happened in the period"),
    ],
)
def test_it_speaks_the_participants_language(whole, language, heading):
    type(whole.participant).objects.update(language=language)
    summary = make_summary(whole)
    assert summary.language == language
    assert heading in words(render(summary))


def test_a_month_that_is_not_all_logged_carries_the_provisional_mark(whole):
    whole.marks.filter(day=dt.date(2026, 2, 6)).delete()
    summary = make_summary(whole)
    mark = render_to_string("reports/pdf/summary.html", {**present(summary), "qr": ""})
    assert 'class="mark"' in mark
    summary.is_provisional = False
    assert 'class="mark"' not in render_to_string("reports/pdf/summary.html", {**present(summary), "qr": ""})


def test_hash_version_page_and_address_of_verification_stand_on_paper(full):
    text = words(render(full))
    assert present(full)["hash_groups"] in text
    assert f"/v/{full.short_hash}/" in text
    assert "1/2" in text
    assert "2/2" in text


@pytest.mark.parametrize("kind", ["empty", "long", "three placements", "withheld"])
def test_hard_cases_render_without_a_complaint(whole, other_office, kind, caplog):
    enrolment = whole
    if kind == "empty":
        enrolment = factories.EnrolmentFactory(month=whole.month)
        give_consents(enrolment.participant)
    elif kind == "long":
        first, last = LONG_NAME
        type(whole.participant).objects.update(first_name=first, last_name=last)
        whole.discussions.update(participant_view="Pitkä kertomus. " * 250, coach_view="Näkemys. " * 440)
        whole.area_assessments.update(sentence="Todistelausunto " * 25)
    elif kind == "three placements":
        for n in (14, 21):
            start = whole.month.starts_on + dt.timedelta(days=n)
            factories.PlacementFactory(
                month=whole.month,
                participant=whole.participant,
                starts_on=start,
                ends_on=start + dt.timedelta(days=4),
            )
    else:
        whole.participant.consents.exclude(item="contact").delete()
    summary = make_summary(enrolment)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        content = render(SummaryVersion.objects.with_person().get(pk=summary.pk))
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []
    text = words(content)
    if kind == "long":
        assert LONG_NAME[1].split("-")[0] in text
        assert len(PdfReader(io.BytesIO(content)).pages) > 2
    else:
        # with next to nothing allowed there is no second page to fill
        assert len(PdfReader(io.BytesIO(content)).pages) == (1 if kind == "withheld" else 2)


@pytest.mark.parametrize(
    "address", ["https://example.org/x.css", "file:///etc/passwd", "static:/../manage.py", "/etc/passwd"]
)
def test_nothing_but_static_files_is_fetched(address):
    with pytest.raises(AsksForOutside):
        render_pdf(f'<html lang="fi"><title>x</title><img alt="x" src="{address}">')


def test_finnish_words_break_at_syllables():
    from pyphen import Pyphen

    render_pdf('<html lang="fi"><title>x</title><p>x')
    finnish = Pyphen(lang="fi")
    assert finnish.inserted("valmennuskuukausi") == "val-men-nus-kuu-kau-si"
    assert finnish.inserted("yhteenveto") == "yh-teen-ve-to"


def test_the_pdf_asks_no_database(full, django_assert_num_queries):
    summary = SummaryVersion.objects.with_person().get(pk=full.pk)
    with django_assert_num_queries(0):
        summary_html(summary)
