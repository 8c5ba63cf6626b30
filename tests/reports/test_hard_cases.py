"""Hard cases of issue 5: each gives a correct, archivable document, or a clear refusal."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.models import AttendanceMark
from coaching.services.schedule import holiday_name, is_weekday
from core import clock
from reports.errors import ReleaseRefused
from reports.models import SummaryVersion
from reports.services.release import release_summary
from reports.services.versions import make_draft
from reports.summary.document import render_document, summary_html
from tests.support import factories
from tests.support.archive import assert_archivable, pages_of
from tests.support.summaries import HELSINKI, give_consents, make_approved, make_whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
DAY = dt.timedelta(days=1)


def working_days(month) -> list[dt.date]:
    days = [month.starts_on + DAY * n for n in range((month.ends_on - month.starts_on).days + 1)]
    return [day for day in days if is_weekday(day) and not holiday_name(day)]


def attend(enrolment, days) -> None:
    """A logged session on each day, and the person there."""
    month = enrolment.month
    for day in days:
        session = month.sessions.filter(held_on=day).first() or factories.SessionFactory(
            month=month,
            held_on=day,
            state="logged",
            logged_at=dt.datetime.combine(day, dt.time(13), tzinfo=HELSINKI),
        )
        factories.MarkFactory(enrolment=enrolment, session=session)


def person_in(starts_on: dt.date, coach, office, **more):
    """Somebody in a month that begins then, with everything but the days."""
    month = factories.MonthFactory(coach=coach, authority=office, starts_on=starts_on, name="Vaikea")
    person = factories.ParticipantFactory(
        authority=office, officer_name="Outi Virkailija", labour_status="unemployed_over_year"
    )
    enrolment = factories.EnrolmentFactory(
        month=month, participant=person, joined_on=more.pop("joined_on", starts_on), **more
    )
    make_whole(enrolment, days=0)
    AttendanceMark.objects.filter(enrolment=enrolment).delete()
    return enrolment


def document(enrolment) -> tuple[dict, list[str]]:
    """(the data, the words of the pages) of the summary made two days after the month."""
    today = enrolment.month.ends_on + 2 * DAY
    made_at = dt.datetime.combine(today, dt.time(0, 30), tzinfo=HELSINKI)  # in UTC it is the day before
    made = make_draft(actor=enrolment.month.coach, enrolment_id=enrolment.pk, now=made_at, today=today)
    made = SummaryVersion.objects.with_person().get(pk=made.pk)
    html, embedded = summary_html(made)
    content = render_document(html, embedded=embedded, made_at=made.created_at)
    data = assert_archivable(content, language=made.language)
    assert data["made_on"] == today.isoformat()
    return data, pages_of(content)


def strip_days(data: dict) -> list[str]:
    return [day["day"] for day in data["happened"]["strip"] if day["verdict"] not in ("holiday", "nothing")]


@pytest.mark.parametrize(
    ("starts_on", "arranged", "off"),
    [
        (dt.date(2026, 3, 16), 18, "2026-04-03"),  # Good Friday and Easter Monday, and the clocks of March
        (dt.date(2026, 6, 8), 19, "2026-06-19"),  # midsummer eve
        (dt.date(2026, 10, 5), 20, ""),  # the clocks of October
        (dt.date(2026, 12, 14), 16, "2026-12-25"),  # Christmas, New Year and Epiphany
    ],
)
def test_a_month_over_days_off_and_changed_clocks(coach, office, starts_on, arranged, off):
    enrolment = person_in(starts_on, coach, office)
    days = working_days(enrolment.month)
    attend(enrolment, days)
    data, pages = document(enrolment)
    assert (data["happened"]["days_arranged"], data["happened"]["days_attended"]) == (arranged, arranged)
    assert strip_days(data) == [day.isoformat() for day in days]
    assert off not in strip_days(data)
    assert f"{arranged} / {arranged}" in pages[0]
    last = enrolment.month.ends_on
    assert (
        f"{starts_on.day}.{starts_on.month}.{starts_on.year}–{last.day}.{last.month}.{last.year}" in pages[0]
    )
    assert len(pages) == 2


def test_who_leaves_for_work_on_day_six_has_six_days(coach, office):
    start = dt.date(2026, 2, 2)
    enrolment = person_in(start, coach, office)
    days = working_days(enrolment.month)
    enrolment.left_on, enrolment.exit_kind = days[5], "left_for_work"
    enrolment.exit_reason = "Sai paikan Rautakauppa Sahasta"
    enrolment.save()
    attend(enrolment, days[:6])
    for day in days[6:]:  # the group went on
        factories.SessionFactory(month=enrolment.month, held_on=day, state="logged", logged_at=clock.now())
    data, pages = document(enrolment)
    assert data["happened"]["days_arranged"] == data["happened"]["days_attended"] == 6
    assert strip_days(data)[-1] == days[5].isoformat()
    assert "Rautakauppa Sahasta" in pages[0]
    assert not data["provisional"]


def test_who_joins_on_day_three_is_not_asked_for_the_days_before(coach, office):
    start = dt.date(2026, 2, 2)
    enrolment = person_in(start, coach, office, joined_on=start + 2 * DAY)
    days = working_days(enrolment.month)
    for day in days[:2]:
        factories.SessionFactory(month=enrolment.month, held_on=day, state="logged", logged_at=clock.now())
    attend(enrolment, days[2:])
    data, pages = document(enrolment)
    assert data["happened"]["days_arranged"] == data["happened"]["days_attended"] == 18
    assert "4.2.2026–27.2.2026" in pages[0]


def test_without_a_placement_the_page_says_so(coach, office):
    enrolment = person_in(dt.date(2026, 2, 2), coach, office)
    enrolment.participant.placements.all().delete()
    attend(enrolment, working_days(enrolment.month))
    data, pages = document(enrolment)
    assert data["happened"]["work_trials"] == []
    assert "työkokeilua" in " ".join(pages).lower()
    assert len(pages) == 2


def test_three_placements_stand_in_their_order(coach, office):
    enrolment = person_in(dt.date(2026, 2, 2), coach, office)
    enrolment.participant.placements.all().delete()
    for number, name in enumerate(("Alfa Oy", "Beeta Oy", "Gamma Oy")):
        start = enrolment.month.starts_on + 7 * number * DAY
        factories.PlacementFactory(
            month=enrolment.month,
            participant=enrolment.participant,
            employer__name=name,
            starts_on=start,
            ends_on=start + 4 * DAY,
            state="completed",
        )
    attend(enrolment, working_days(enrolment.month))
    data, pages = document(enrolment)
    assert [trial["employer"] for trial in data["happened"]["work_trials"]] == [
        "Alfa Oy",
        "Beeta Oy",
        "Gamma Oy",
    ]
    assert pages[0].index("Alfa Oy") < pages[0].index("Beeta Oy") < pages[0].index("Gamma Oy")


def test_a_restricted_persons_places_are_in_no_word_and_no_data(coach, office):
    enrolment = person_in(dt.date(2026, 2, 2), coach, office)
    type(enrolment.participant).objects.filter(pk=enrolment.participant_id).update(
        is_restricted=True, street_address="Salapolku 3"
    )
    enrolment.participant.refresh_from_db()
    attend(enrolment, working_days(enrolment.month))
    data, pages = document(enrolment)
    for secret in ("Salapolku", "Rautakauppa Saha"):
        assert secret not in str(data)
        assert secret not in " ".join(pages)


def test_without_any_consent_nothing_leaves_and_the_refusal_names_each(coach, office):
    enrolment = person_in(dt.date(2026, 2, 2), coach, office)
    attend(enrolment, working_days(enrolment.month))
    enrolment.participant.consents.all().delete()
    data, pages = document(enrolment)
    assert not {"happened", "change", "start", "opinions"} & set(data)
    assert "Rautakauppa" not in " ".join(pages)
    summary = make_approved(enrolment)
    with pytest.raises(ReleaseRefused) as refused:
        release_summary(
            actor=coach,
            summary_id=summary.pk,
            version=summary.version,
            now=clock.now(),
            today=dt.date(2026, 3, 2),
        )
    assert sum(hole.code == "consent_missing" for hole in refused.value.holes) == 4


def test_a_name_of_sixty_characters_with_accents_stays_whole(coach, office):
    enrolment = person_in(dt.date(2026, 2, 2), coach, office)
    first, last = "Élžbieta-Marjaana Åsa Katariina", "O'Shaughnessy-Žitný-Lehtovaara"
    assert len(f"{first} {last}") > 60
    type(enrolment.participant).objects.filter(pk=enrolment.participant_id).update(
        first_name=first, last_name=last
    )
    attend(enrolment, working_days(enrolment.month))
    _data, pages = document(enrolment)
    assert first.split()[0] in pages[0].replace("- ", "-")
    assert "Žitný" in pages[0]
    assert len(pages) == 2


def test_eight_thousand_characters_run_on_and_lose_nothing(coach, office):
    enrolment = person_in(dt.date(2026, 2, 2), coach, office)
    attend(enrolment, working_days(enrolment.month))
    words = "".join(f"Lause numero {n} kertoo pitkästi. " for n in range(240))[:8000]
    enrolment.discussions.update(participant_view=words, coach_view=words)
    data, pages = document(enrolment)
    text = " ".join(pages)
    assert "Lause numero 0 kertoo" in text
    assert text.count("Lause numero 230 kertoo") == 2
    assert len(data["opinions"]["participant"]["text"]) >= 7990


def test_a_group_of_one_and_of_twelve_have_the_same_document(coach, office):
    alone = person_in(dt.date(2026, 2, 2), coach, office)
    attend(alone, working_days(alone.month))
    before, _pages = document(alone)
    for _person in range(11):
        other = factories.EnrolmentFactory(month=alone.month)
        give_consents(other.participant)
    alone.summary_versions.all().delete()
    after, pages = document(alone)
    assert before["happened"] == after["happened"]
    assert len(pages) == 2


def test_a_month_without_a_logged_session_is_provisional_and_says_why(coach, office):
    enrolment = person_in(dt.date(2026, 2, 2), coach, office)
    for day in working_days(enrolment.month):
        factories.SessionFactory(month=enrolment.month, held_on=day, state="planned")
    data, pages = document(enrolment)
    assert data["provisional"]
    assert data["happened"]["days_arranged"] == 0
    assert "alustava" in " ".join(pages).lower()
    assert data["happened"]["missing"] or data["happened"]["sessions_unlogged"] == 20
