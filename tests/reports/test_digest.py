"""The office digest: figures, small groups, stories without names, sending, the PDF, who reads."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from core.errors import AccessDenied, DomainError, StaleVersion
from core.models import OutgoingMail
from employers.models import JobLead
from reports.digest_figures import figures_of, span_of
from reports.files import MAKERS
from reports.models import FileJob, OfficeDigest
from reports.pages.digest import period_words, periods_to_choose, present_digest
from reports.services.digests import make_digest, save_stories, send_digest, send_mail_again
from tests.support import factories
from tests.support.aftercare import agreed_aftercare, given

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = dt.date(2026, 2, 10)
NOW = dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)
JANUARY = span_of("month", dt.date(2026, 1, 1))
STORIES = ["Pitkä tauko töistä, kolme viikkoa varastossa, nyt palkkatyö.", "Alanvaihto: opinnot alkoivat."]


def ended(office, count, *, month=None, **more):
    """`count` people of the office whose month ended on 30.1.2026."""
    month = month or factories.MonthFactory(
        starts_on=dt.date(2026, 1, 5), ends_on=dt.date(2026, 1, 30), authority=office
    )
    people = []
    for _n in range(count):
        person = factories.ParticipantFactory(authority=office)
        people.append(
            factories.EnrolmentFactory(
                month=month,
                participant=person,
                joined_on=month.starts_on,
                onward_recorded_at=NOW if more.get("onward_path") else None,
                **more,
            )
        )
    return people


# --- periods ----------------------------------------------------------------------------------------
def test_a_half_year_is_compared_with_the_one_before():
    span = span_of("half_year", dt.date(2026, 1, 1))
    assert (span.last, span.before) == (dt.date(2026, 6, 30), dt.date(2025, 7, 1))


def test_the_last_periods_can_be_chosen(english):
    months, halves = (choices for _label, choices in periods_to_choose(TODAY))
    assert (months[0][0], months[1][0]) == ("month:2026-02-01", "month:2026-01-01")
    assert [code for code, _words in halves][:2] == ["half_year:2026-01-01", "half_year:2025-07-01"]
    assert period_words("month", dt.date(2026, 1, 1)) == "January 2026"


# --- figures ----------------------------------------------------------------------------------------
def test_onward_paths_hires_and_trials_are_counted_of_those_who_ended(office, other_office):
    found = ended(office, 3, onward_path="paid_work")
    ended(office, 2, onward_path="none_yet", month=found[0].month)
    ended(other_office, 7, onward_path="study")
    factories.PlacementFactory(month=found[0].month, participant=found[0].participant, state="completed")
    people = figures_of(office, JANUARY)["people"]["now"]
    assert (people["all"], people["found"], people["hired"], people["tried"]) == (5, 3, 3, 1)
    assert people["paths"]["paid_work"] == 3


def test_who_left_early_counts_in_the_period_of_the_last_day(office):
    month = factories.MonthFactory(starts_on=dt.date(2026, 1, 26), ends_on=dt.date(2026, 2, 20))
    ended(office, 1, month=month, left_on=dt.date(2026, 1, 30), exit_kind="left_for_work")
    ended(office, 1, month=month)
    assert figures_of(office, JANUARY)["people"]["now"]["all"] == 1


def test_a_group_of_four_is_not_broken_down_and_one_of_five_is(office):
    month = ended(office, 4, onward_path="paid_work")[0].month
    four = figures_of(office, JANUARY)["people"]["now"]
    assert four == {"all": 4, "found": None, "hired": None, "tried": None, "paths": None}
    ended(office, 1, month=month)
    assert figures_of(office, JANUARY)["people"]["now"]["found"] == 4


def test_areas_that_rose_in_the_coachs_view_are_counted(office):
    for number, enrolment in enumerate(ended(office, 5)):
        for moment, level in (("start", "developing"), ("end", "good" if number < 2 else "developing")):
            factories.AreaAssessmentFactory(
                enrolment=enrolment, area="skills", moment=moment, viewpoint="coach", level=level
            )
        factories.AreaAssessmentFactory(
            enrolment=enrolment, area="skills", moment="end", viewpoint="participant", level="strength"
        )
    soft = figures_of(office, JANUARY)["soft"]["now"]
    assert (soft["assessed"], soft["risen"], soft["areas"]["skills"]) == (5, 2, {"up": 2, "of": 5})


def test_leads_passed_on_and_aftercare_are_compared_with_the_period_before(office, coach, english):
    for day in (dt.date(2025, 12, 10), dt.date(2026, 1, 10), dt.date(2026, 1, 20)):
        JobLead.objects.create(
            kind="hidden_job",
            title="Varasto",
            heard_on=day,
            stage="passed_on",
            stage_since=day,
            authority=office,
            passed_on=day,
            created_by=coach,
        )
    enrolment = ended(office, 1)[0]
    row = agreed_aftercare(enrolment, starts_on=dt.date(2026, 1, 12), most_minutes=300)
    given(row, minutes=90, held_on=dt.date(2026, 1, 20))
    given(row, minutes=60, held_on=dt.date(2026, 2, 3))
    figures = figures_of(office, JANUARY)
    assert (figures["leads"]["now"]["all"], figures["leads"]["before"]["all"]) == (2, 1)
    assert figures["aftercare"]["now"] == {"used": 90, "agreed": 300, "people": None}
    assert figures["aftercare"]["before"]["agreed"] == 0


def test_the_figures_take_at_most_twelve_queries_however_many_months(office, django_assert_max_num_queries):
    for start in (dt.date(2026, 1, 5), dt.date(2025, 8, 4), dt.date(2025, 10, 6)):
        month = factories.MonthFactory(starts_on=start, ends_on=start + dt.timedelta(days=25))
        ended(office, 6, month=month, onward_path="study")
    with django_assert_max_num_queries(8):
        figures_of(office, span_of("half_year", dt.date(2025, 7, 1)))


def test_no_number_stands_alone(office, digest, english):
    ended(office, 6, onward_path="study")
    page = present_digest(digest, today=TODAY)
    assert page["percent"] == 100
    for figure in page["figures"]:
        assert figure.share or figure.before
    assert page["figures"][4].share == "as many as before"


def test_what_is_frozen_reads_as_what_was_counted(office, digest):
    """Through JSON and back: the page of a sent digest says the same."""
    ended(office, 6, onward_path="study")
    live = present_digest(digest, today=TODAY)
    digest.data, digest.sent_at = json.loads(json.dumps(figures_of(office, JANUARY))), NOW
    assert present_digest(digest, today=TODAY)["figures"] == live["figures"]


# --- making and stories -----------------------------------------------------------------------------
def test_a_digest_of_a_period_stands_once(manager, office, digest):
    again = make_digest(
        actor=manager, authority=office, period="month", starts_on=dt.date(2026, 1, 1), today=TODAY
    )
    assert again == digest
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeDigest.objects.create(
            authority=office, period="month", starts_on=digest.starts_on, ends_on=digest.ends_on
        )


@pytest.mark.parametrize(
    ("period", "starts_on"),
    [
        ("month", dt.date(2026, 1, 2)),
        ("month", dt.date(2026, 3, 1)),
        ("half_year", dt.date(2026, 2, 1)),
        ("week", dt.date(2026, 1, 1)),
    ],
)
def test_a_senseless_period_is_refused(manager, office, period, starts_on):
    with pytest.raises(DomainError):
        make_digest(actor=manager, authority=office, period=period, starts_on=starts_on, today=TODAY)


@pytest.mark.parametrize(
    "story",
    [
        "Ainolle löytyi työ.",
        "Koivuniemen polku alkoi varastosta.",
        "Soita 040 123 4567.",
        "Kirjoita aino@posti.example",
        "Hetu 131052-308T",
        "x" * 301,
    ],
)
def test_a_story_that_tells_who_it_is_is_refused_at_its_field(manager, office, digest, story):
    month = ended(office, 5)[0].month
    person = factories.ParticipantFactory(first_name="Aino", last_name="Koivuniemi")
    factories.EnrolmentFactory(month=month, participant=person, joined_on=month.starts_on)
    with pytest.raises(DomainError) as refusal:
        save_stories(actor=manager, digest_id=digest.pk, stories=[STORIES[0], story, ""], base_version=1)
    assert refusal.value.field == "story_2"


def test_with_four_people_any_story_would_tell_who_it_is(manager, office, digest):
    ended(office, 4)
    with pytest.raises(DomainError):
        save_stories(actor=manager, digest_id=digest.pk, stories=STORIES, base_version=1)


def test_only_managers_write_and_two_do_not_overwrite_each_other(manager, coach, officer, office, digest):
    ended(office, 5)
    for user in (coach, officer):
        with pytest.raises(AccessDenied):
            save_stories(actor=user, digest_id=digest.pk, stories=STORIES, base_version=1)
    save_stories(actor=manager, digest_id=digest.pk, stories=STORIES, base_version=1)
    save_stories(actor=manager, digest_id=digest.pk, stories=STORIES, base_version=1)  # a second click
    with pytest.raises(StaleVersion):
        save_stories(actor=manager, digest_id=digest.pk, stories=STORIES[:1], base_version=1)


# --- sending ----------------------------------------------------------------------------------------
def sent(manager, digest, *, version=2, today=TODAY):
    return send_digest(actor=manager, digest_id=digest.pk, version=version, now=NOW, today=today)


@pytest.fixture
def written(manager, office, digest):
    office.email = "kirjaamo@alue.example"
    office.save()
    ended(office, 5, onward_path="paid_work")
    return save_stories(actor=manager, digest_id=digest.pk, stories=STORIES, base_version=1)


def test_sending_freezes_the_figures_and_mails_once_without_personal_data(manager, office, written):
    first = sent(manager, written)
    ended(office, 3)
    again = sent(manager, written)
    assert again.data == first.data
    assert again.data["people"]["now"]["all"] == 5
    mail = OutgoingMail.objects.get()
    assert reverse("reports:digest", args=[written.pk]) in mail.body
    assert mail.recipient == "kirjaamo@alue.example"


def test_nothing_is_sent_before_its_time_or_without_stories(manager, office, digest, written):
    with pytest.raises(DomainError):
        sent(manager, written, today=dt.date(2026, 1, 31))
    save_stories(actor=manager, digest_id=digest.pk, stories=STORIES[:1], base_version=2)
    with pytest.raises(DomainError):
        sent(manager, written, version=3)
    with pytest.raises(StaleVersion):
        sent(manager, written, version=2)
    assert not OutgoingMail.objects.exists()


def test_who_came_into_a_group_after_the_story_was_written_is_still_not_named(manager, office, written):
    person = factories.ParticipantFactory(first_name="Varasto", last_name="Palkkatyö")
    late = factories.MonthFactory(starts_on=dt.date(2026, 1, 12), ends_on=dt.date(2026, 2, 6))
    factories.EnrolmentFactory(month=late, participant=person, joined_on=late.starts_on)
    with pytest.raises(DomainError):
        sent(manager, written)


def test_a_small_period_is_sent_without_stories(manager, office, digest):
    ended(office, 2)
    assert sent(manager, digest, version=1).sent_at


def test_what_was_sent_stays_and_its_mail_can_go_again(manager, written):
    with pytest.raises(DomainError):
        send_mail_again(actor=manager, digest_id=written.pk)
    sent(manager, written)
    with pytest.raises(DomainError):
        save_stories(actor=manager, digest_id=written.pk, stories=STORIES[:1], base_version=3)
    send_mail_again(actor=manager, digest_id=written.pk)
    assert OutgoingMail.objects.count() == 2


# --- pages and file ---------------------------------------------------------------------------------
def test_the_officers_of_the_office_read_what_was_sent(client_of, officer, other_officer, manager, written):
    page = reverse("reports:digest", args=[written.pk])
    assert client_of(officer).get(page).status_code == 404
    sent(manager, written)
    answer = client_of(officer).get(page)
    assert STORIES[0] in answer.content.decode()
    assert client_of(other_officer).get(page).status_code == 404
    assert "Tammikuu 2026" in client_of(officer).get(reverse("reports:digest-list")).content.decode()


def test_a_refused_story_keeps_everything_that_was_typed(client_of, manager, office, digest):
    ended(office, 5)
    typed = {"base_version": 1, "story_1": "Soita 040 123 4567", "story_2": STORIES[1], "story_3": ""}
    answer = client_of(manager).post(reverse("reports:digest-stories", args=[digest.pk]), typed)
    assert answer.status_code == 422
    assert STORIES[1] in answer.content.decode()
    assert "Soita 040 123 4567" in answer.content.decode()


def test_both_versions_of_the_stories_are_shown(client_of, manager, written):
    typed = {"base_version": 1, "story_1": "Toinen tarina.", "story_2": "", "story_3": ""}
    answer = client_of(manager).post(reverse("reports:digest-stories", args=[written.pk]), typed)
    assert answer.status_code == 422
    assert STORIES[0] in answer.content.decode()
    assert 'name="base_version" value="2"' in answer.content.decode()


def test_the_button_makes_a_digest_of_the_chosen_period(client_of, manager, office):
    data = {"authority": office.pk, "period": "half_year:2025-07-01"}
    answer = client_of(manager).post(reverse("reports:digest-new"), data)
    made = OfficeDigest.objects.get()
    assert answer.url == reverse("reports:digest", args=[made.pk])
    assert made.ends_on == dt.date(2025, 12, 31)


def test_the_list_costs_the_same_with_many(client_of, manager, office, count_queries):
    def cost():
        client = client_of(manager)
        client.get(reverse("reports:digest-list"))
        with count_queries() as queries:
            client.get(reverse("reports:digest-list"))
        return len(queries)

    make_digest(actor=manager, authority=office, period="month", starts_on=dt.date(2025, 1, 1), today=TODAY)
    one = cost()
    for number in range(2, 13):
        starts_on = dt.date(2025, number, 1)
        make_digest(actor=manager, authority=office, period="month", starts_on=starts_on, today=TODAY)
    assert cost() == one


def test_the_pdf_tells_the_same_in_the_offices_language(manager, officer, written, coach):
    sent(manager, written)
    job = FileJob.objects.create(
        kind="digest", format="pdf", requested_by=officer, params={"digest": written.pk}
    )
    target = io.BytesIO()
    MAKERS["digest"](job, target, lambda done, total: None)
    text = " ".join(page.extract_text() for page in PdfReader(target).pages)
    assert "100 %" in text
    assert "Tammikuu 2026" in text
    job.requested_by = coach
    with pytest.raises(DomainError):
        MAKERS["digest"](job, io.BytesIO(), lambda done, total: None)
