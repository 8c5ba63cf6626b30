"""The profile on one page: the person's own paper, without health, barriers or other people's views."""

import datetime as dt
import io
import logging

import pypdf
import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from coaching.models import Barrier, CompetenceProfile, ProfileFile, SkillAssessment
from coaching.profile_paper import build_profile_paper, profile_paper_html
from coaching.services.profile_file import make_profile_file, request_profile_file
from core import clock, pdf
from participants.models import Certificate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "own_files")]
TODAY = dt.date(2026, 2, 10)


@pytest.fixture
def profile(enrolment, participant):
    """Aino's profile, with what belongs on it and what does not."""
    Barrier.objects.create(enrolment=enrolment, text="Bussi ei kulje aamuvuoroon.")
    Certificate.objects.create(participant=participant, name="Hygieniapassi")
    Certificate.objects.create(
        participant=participant, name="Vanha kortti", expires_on=TODAY - dt.timedelta(days=1)
    )
    for skill, moment, viewpoint, level in (
        ("time", "start", "participant", "developing"),
        ("time", "end", "participant", "strength"),
        ("team_work", "start", "participant", "good"),
        ("planning", "start", "participant", "needs_support"),
        ("conduct", "start", "coach", "strength"),
    ):
        SkillAssessment.objects.create(
            enrolment=enrolment, skill=skill, moment=moment, viewpoint=viewpoint, level=level
        )
    return CompetenceProfile.objects.create(
        enrolment=enrolment, strengths="Olen tarkka ja rauhallinen.", from_work="Hoidin kassaa."
    )


def test_the_paper_holds_own_words_valid_certificates_and_what_goes_well(profile, enrolment):
    with translation.override("en"):
        paper = build_profile_paper(enrolment, today=TODAY)
    assert [text for _label, text in paper.who_i_am + paper.competence] == [
        "Olen tarkka ja rauhallinen.",
        "Hoidin kassaa.",
    ]
    assert [row.name for row in paper.certificates] == ["Hygieniapassi"]
    assert (len(paper.strengths), len(paper.good)) == (1, 1)
    assert paper.language == "fi"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_is_one_tagged_page_in_the_persons_language(profile, enrolment, language, caplog):
    enrolment.participant.language = language
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        data = pdf.render_pdf(profile_paper_html(build_profile_paper(enrolment, today=TODAY)))
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Olen tarkka" in text
    assert "Hygieniapassi" in text
    assert [word for word in ("Bussi", "Vanha kortti", "Koivu1", "040") if word in text] == []
    assert not caplog.records


@pytest.mark.parametrize("length", [100, 290, 400])
def test_long_words_still_fit_on_one_page(profile, enrolment, length):
    sentence = "Olen tehnyt tätä työtä pitkään ja pidän siitä. "
    text = (sentence * 30)[:length]
    CompetenceProfile.objects.update(
        strengths=text,
        personality=text,
        temperament=text,
        suitable_tasks=text,
        from_education=text,
        from_work=text,
        from_hobbies=text,
    )
    paper = build_profile_paper(enrolment, today=TODAY)
    pages = len(pypdf.PdfReader(io.BytesIO(pdf.render_pdf(profile_paper_html(paper)))).pages)
    assert pages == 1
    assert not paper.is_longer_than_a_page


def test_the_same_content_is_made_once_and_the_making_is_audited(profile, enrolment, coach):
    ask = {"actor": coach, "enrolment_id": enrolment.pk, "now": clock.now(), "today": TODAY}
    first, second = request_profile_file(**ask), request_profile_file(**ask)
    assert first.pk == second.pk
    assert make_profile_file(profile_file_id=first.pk, now=clock.now(), today=TODAY) == "done"
    assert make_profile_file(profile_file_id=first.pk, now=clock.now(), today=TODAY) == ""
    assert request_profile_file(**ask).state == "done"
    event = AuditEvent.objects.filter(action="profile.paper_requested").first()
    assert event.participant_id == enrolment.participant_id


def test_what_changed_meanwhile_is_not_made_under_the_old_name(profile, enrolment, coach):
    row = request_profile_file(actor=coach, enrolment_id=enrolment.pk, now=clock.now(), today=TODAY)
    CompetenceProfile.objects.update(strengths="Toiset sanat.")
    assert make_profile_file(profile_file_id=row.pk, now=clock.now(), today=TODAY) == "failed"


def test_the_pages_lead_from_the_button_to_the_file(profile, enrolment, coach, client_of):
    pages = client_of(coach)
    url = reverse("coaching:profile-paper", args=[enrolment.pk])
    assert "Olen tarkka" in pages.get(url).content.decode()
    assert pages.post(url).status_code == 302
    row = ProfileFile.objects.get()
    make_profile_file(profile_file_id=row.pk, now=clock.now(), today=TODAY)
    address = reverse("coaching:profile-pdf", args=[enrolment.pk, row.pk])
    assert address in pages.get(url).content.decode()
    answer = pages.get(address)
    assert "Aino" not in answer["Content-Disposition"]
    assert "Koivuniemi" not in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_without_words_there_is_nothing_to_print(enrolment, coach, client_of):
    url = reverse("coaching:profile-paper", args=[enrolment.pk])
    assert client_of(coach).post(url).status_code == 422
    assert not ProfileFile.objects.exists()
