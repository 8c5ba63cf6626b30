"""Block 3 says what its strip shows, and the text to copy tells the decision once there is one."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from django.conf import settings

from reports.summary.build import build_summaries
from reports.summary.canonical import as_json
from reports.summary.document import document_json
from reports.summary.present import present
from tests.support import factories
from tests.support.summaries import make_summary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
TODAY = dt.date(2026, 3, 2)
NOTE = "jommassakummassa puoliskossa"


def happened(enrolment):
    """(the summary's data, block 3 as it is shown)."""
    summary = make_summary(enrolment)
    return summary, present(summary)["blocks"]["happened"]


def a_day(enrolment, day: dt.date, *, coaching: str, trial: str):
    """One day of the person anew, with its session; "" leaves a half without a mark."""
    session = enrolment.month.sessions.filter(held_on=day, half="morning").first()
    session = session or factories.SessionFactory(month=enrolment.month, held_on=day, state="planned")
    enrolment.marks.filter(day=day).delete()
    if coaching:
        factories.MarkFactory(enrolment=enrolment, session=session, mark=coaching)
    if trial:
        factories.MarkFactory(enrolment=enrolment, session=None, day=day, half="afternoon", mark=trial)


def test_a_day_with_one_half_away_is_explained(whole):
    assert NOTE not in " ".join(happened(whole)[1]["notes"])
    a_day(whole, dt.date(2026, 2, 24), coaching="own_illness", trial="present")
    assert NOTE in " ".join(happened(whole)[1]["notes"])


def test_a_half_that_waits_for_its_log_is_not_drawn_as_not_arranged(whole):
    a_day(whole, dt.date(2026, 2, 24), coaching="", trial="present")
    summary, block = happened(whole)
    (day,) = [day for day in summary.data["happened"]["strip"] if day["day"] == "2026-02-24"]
    assert (day["verdict"], day["unlogged"]) == ("attended", 1)
    assert "ei vielä kirjattu" in unquote(block["strip"]["address"])
    schema = json.loads(Path(settings.BASE_DIR, "docs/schemas/summary-2.json").read_text(encoding="utf-8"))
    jsonschema.validate(document_json(summary), schema)


def test_days_without_anything_to_log_carry_no_such_number(whole):
    days = as_json(build_summaries([whole.pk], today=TODAY)[0])["happened"]["strip"]
    assert days
    assert not [day for day in days if "unlogged" in day and day["verdict"] == "attended"]


def test_every_sign_of_the_strip_stands_in_its_legend(whole):
    a_day(whole, dt.date(2026, 2, 24), coaching="present", trial="")
    drawn = unquote(happened(whole)[1]["strip"]["address"])
    assert "ei järjestetty" in drawn


def test_the_text_to_copy_tells_the_decision_in_place_of_the_proposal(whole, decision):
    text = make_summary(whole).plan_text
    assert "Ehdotus" not in text
    assert "Päätös 2.3.2026: työkokeilu, Hoivakoti Onni" in text
    assert len(text) <= 800


@pytest.fixture
def decision(whole):
    """The officer said yes to a work trial."""
    from reports.models import Decision

    return Decision.objects.create(
        enrolment=whole,
        kind="work_trial",
        where="Hoivakoti Onni",
        starts_on=dt.date(2026, 3, 9),
        ends_on=dt.date(2026, 4, 3),
        decided_on=TODAY,
        decided_by_name="Veera Virkailija",
    )
