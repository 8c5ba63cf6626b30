"""What was sent to an office stays known: the next digest must not break it open by subtraction."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.digest_figures import figures_of, span_of
from reports.models import OfficeDigest
from reports.pages.digest import present_digest
from tests.support import factories
from tests.support.summaries import assess_areas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
NOW = dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)
TODAY = dt.date(2026, 2, 10)
JANUARY, FEBRUARY, MARCH = (dt.date(2025, number, 1) for number in (1, 2, 3))


def ended(office, first: dt.date, count: int, path: str = "study") -> list:
    month = factories.MonthFactory(
        authority=office, starts_on=first + dt.timedelta(days=5), ends_on=first + dt.timedelta(days=25)
    )
    return [
        factories.EnrolmentFactory(
            month=month,
            joined_on=month.starts_on,
            participant=factories.ParticipantFactory(authority=office),
            onward_path=path,
            onward_recorded_at=NOW,
        )
        for _person in range(count)
    ]


def told(office, period: str, first: dt.date) -> dict:
    return figures_of(office, span_of(period, first))


def sent(office, manager, period: str, first: dt.date) -> OfficeDigest:
    span = span_of(period, first)
    return OfficeDigest.objects.create(
        authority=office,
        period=period,
        starts_on=first,
        ends_on=span.last,
        author=manager,
        data=figures_of(office, span),
        sent_at=NOW,
    )


def test_a_half_year_minus_a_month_leaves_nobody_alone(office, manager):
    ended(office, JANUARY, 6, "paid_work")
    ended(office, FEBRUARY, 1)
    assert told(office, "half_year", JANUARY)["people"]["now"]["paths"]["study"] == 1
    sent(office, manager, "month", JANUARY)
    now = told(office, "half_year", JANUARY)["people"]["now"]
    assert now == {"all": 7, "found": None, "hired": None, "tried": None, "paths": None}


def test_a_month_beside_a_half_year_leaves_nobody_alone(office, manager):
    ended(office, JANUARY, 6, "paid_work")
    ended(office, FEBRUARY, 1)
    sent(office, manager, "half_year", JANUARY)
    assert told(office, "month", JANUARY)["people"]["now"]["paths"] is None


def test_the_side_before_is_held_to_the_same(office, manager):
    ended(office, JANUARY, 6, "paid_work")
    ended(office, FEBRUARY, 1)
    sent(office, manager, "month", JANUARY)
    later = dt.date(2025, 7, 1)
    ended(office, later, 6)
    figures = told(office, "half_year", later)["people"]
    assert figures["before"]["paths"] is None
    assert figures["now"]["paths"]["study"] == 6


def test_the_side_before_gives_way_to_the_month_itself(office, manager):
    ended(office, JANUARY, 6)
    ended(office, FEBRUARY, 6)
    ended(office, MARCH, 2)
    sent(office, manager, "half_year", JANUARY)
    figures = told(office, "month", FEBRUARY)["people"]
    assert figures["now"]["paths"]["study"] == 6
    assert figures["before"]["paths"] is None  # with both March would be the rest


def test_several_months_together_leave_nobody_alone(office, manager):
    for first in (JANUARY, MARCH):
        ended(office, first, 6)
        sent(office, manager, "month", first)
    ended(office, FEBRUARY, 3)
    assert told(office, "half_year", JANUARY)["people"]["now"]["paths"] is None


def test_what_leaves_nobody_or_five_is_told(office, manager):
    ended(office, JANUARY, 6)
    sent(office, manager, "month", JANUARY)
    assert told(office, "half_year", JANUARY)["people"]["now"]["paths"]["study"] == 6
    ended(office, FEBRUARY, 5)
    assert told(office, "half_year", JANUARY)["people"]["now"]["paths"]["study"] == 11


def test_who_came_in_since_is_not_told_by_comparing(office, manager):
    ended(office, JANUARY, 6)
    sent(office, manager, "month", JANUARY)
    ended(office, JANUARY, 1, "paid_work")
    ended(office, FEBRUARY, 6)
    assert told(office, "month", FEBRUARY)["people"]["before"]["paths"] is None


def test_another_offices_digest_and_one_not_sent_withhold_nothing(office, other_office, manager):
    ended(office, JANUARY, 6)
    ended(office, FEBRUARY, 1)
    ended(other_office, JANUARY, 6)
    sent(other_office, manager, "month", JANUARY)
    row = sent(office, manager, "month", JANUARY)
    row.sent_at = None
    row.save()
    assert told(office, "half_year", JANUARY)["people"]["now"]["paths"] is not None


def test_areas_and_work_trials_are_held_to_it_too(office, manager):
    for first, count in ((JANUARY, 6), (FEBRUARY, 2)):
        for enrolment in ended(office, first, count):
            assess_areas(enrolment, start="developing", end="good")
            factories.PlacementFactory(
                month=enrolment.month,
                participant=enrolment.participant,
                state="completed",
                starts_on=enrolment.month.starts_on,
                ends_on=enrolment.month.ends_on,
            )
    sent(office, manager, "month", JANUARY)
    figures = told(office, "half_year", JANUARY)
    assert (figures["soft"]["now"]["assessed"], figures["soft"]["now"]["risen"]) == (8, None)
    assert figures["soft"]["now"]["areas"] is None
    assert figures["trials"]["now"] == {"all": 8, "states": None}


def test_an_area_that_few_more_have_is_left_out_alone(office, manager):
    first, second = ended(office, JANUARY, 6), ended(office, FEBRUARY, 6)
    for enrolment in first + second:
        assess_areas(enrolment, start="developing", end="good")
    sent(office, manager, "month", JANUARY)
    some = second[0].area_assessments.values_list("area", flat=True).first()
    for enrolment in second[1:]:
        enrolment.area_assessments.filter(area=some).delete()
    areas = told(office, "half_year", JANUARY)["soft"]["now"]["areas"]
    assert areas[some] is None
    assert any(area is not None for area in areas.values())


def test_the_page_says_why_and_asks_for_stories(office, manager, settings):
    settings.LANGUAGE_CODE = "en"
    ended(office, JANUARY, 6)
    ended(office, FEBRUARY, 1)
    sent(office, manager, "month", JANUARY)
    digest = OfficeDigest(
        authority=office, period="half_year", starts_on=JANUARY, ends_on=dt.date(2025, 6, 30), author=manager
    )
    page = present_digest(digest, today=TODAY)
    assert (page["percent"], page["is_few"], page["people"]) == (None, False, 7)
    assert "earlier digest" in page["figures"][0].value
