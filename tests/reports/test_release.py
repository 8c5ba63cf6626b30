"""What a release needs, what it does, and who may read afterwards."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEvent
from core.errors import AccessDenied, StaleVersion
from core.registry import ways_out
from participants.consent import ConsentMissing, require_way_out
from participants.models import Consent
from reports.errors import ReleaseRefused, WrongState
from reports.models import SummaryVersion
from reports.services import release as service
from reports.services.versions import make_draft
from reports.summary.holes import find_holes
from tests.support import factories
from tests.support.summaries import AUTHORITY_ITEMS, HELSINKI, give_consents, make_approved, make_summary

TODAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 13, tzinfo=HELSINKI)


def release(summary, **more):
    more = {"actor": summary.enrolment.month.coach, "version": summary.version, **more}
    return service.release_summary(summary_id=summary.pk, now=NOW, today=TODAY, **more)


def codes(summary):
    return [hole.code for hole in find_holes(summary, today=TODAY) if hole.blocks]


def test_an_approved_summary_goes_to_the_participants_office(approved, office, coach):
    sent = release(approved)
    assert (sent.state, sent.recipient, sent.released_by, sent.released_at) == (
        "released",
        office,
        coach,
        NOW,
    )
    assert AuditEvent.objects.filter(action="summary.released", object_id=sent.pk).count() == 1


def test_a_new_release_supersedes_the_one_before(released):
    fresh = make_draft(
        actor=released.enrolment.month.coach,
        enrolment_id=released.enrolment_id,
        now=NOW,
        today=TODAY,
        even_if_same=True,
    )
    SummaryVersion.objects.filter(pk=fresh.pk).update(
        state="approved",
        signed_on=TODAY,
        signed_method="paper",
        approved_at=NOW,
        pdf=released.pdf.name,
        pdf_content_hash="a" * 64,
    )
    fresh.refresh_from_db()
    sent = release(fresh)
    released.refresh_from_db()
    assert (released.state, sent.state) == ("superseded", "released")
    assert released.superseded_by() == sent


@pytest.mark.parametrize("item", ["contact", "attendance", "goals", "assessment"])
def test_a_consent_taken_back_refuses_the_release(approved, item):
    Consent.objects.filter(item=item).update(revoked_at=NOW)
    assert {"consent_over", "consent_missing"} <= set(codes(approved))
    with pytest.raises(ReleaseRefused):
        release(approved)


def test_an_optional_consent_taken_back_asks_to_make_the_summary_again(approved):
    Consent.objects.filter(item="work_trial").update(revoked_at=NOW)
    assert codes(approved) == ["consent_over"]
    with pytest.raises(ReleaseRefused):
        release(approved)


def test_without_any_consent_every_item_is_named(enrolment):
    assert codes(make_summary(enrolment)).count("consent_missing") == 4


def test_an_empty_month_names_every_mandatory_block(enrolment):
    give_consents(enrolment.participant)
    type(enrolment.participant).objects.update(labour_status="", officer_name="")
    wanted = [
        *("officer", "labour_status", "goal", "days", "areas", "next_steps", "proposal", "final"),
        "signature",
    ]
    found = codes(make_summary(type(enrolment).objects.get(pk=enrolment.pk)))
    assert found == wanted


def test_each_hole_leads_to_the_page_that_fills_it(enrolment, client_of, coach, today):
    give_consents(enrolment.participant, items=AUTHORITY_ITEMS[1:])
    type(enrolment.participant).objects.update(labour_status="")
    holes = find_holes(make_summary(enrolment), today=TODAY)
    client = client_of(coach)
    for hole in holes:
        if hole.url.startswith("/"):
            assert client.get(hole.url).status_code == 200, hole
    assert [hole.code for hole in holes if not hole.url] == []


def test_a_planned_final_discussion_is_enough(whole):
    whole.discussions.all().delete()
    factories.DiscussionFactory(enrolment=whole, held_on=None, planned_on=dt.date(2026, 3, 5))
    assert "final" not in codes(make_summary(whole))


def test_an_area_answered_as_not_assessed_is_an_answer(whole):
    whole.area_assessments.filter(area="plan").update(level="not_assessed", sentence="Ei ehditty.")
    assert "areas" not in codes(make_summary(whole))


def test_an_area_with_one_view_missing_is_named(whole, english):
    whole.area_assessments.filter(area="plan", viewpoint="participant", moment="end").delete()
    holes = find_holes(make_summary(whole), today=TODAY)
    assert [hole.sentence for hole in holes if hole.code == "areas"] == [
        "The assessment by both at start and end is not whole yet: clarity of the plan."
    ]


def test_an_unlogged_session_is_pointed_out_but_does_not_refuse(whole):
    whole.marks.filter(day=dt.date(2026, 2, 6)).delete()
    hole = next(hole for hole in find_holes(make_summary(whole), today=TODAY) if hole.code == "provisional")
    assert not hole.blocks


def test_without_the_fresh_pdf_nothing_is_released(approved):
    SummaryVersion.objects.filter(pk=approved.pk).update(pdf_content_hash="")
    with pytest.raises(ReleaseRefused) as refusal:
        release(SummaryVersion.objects.get(pk=approved.pk))
    assert [hole.code for hole in refusal.value.holes] == ["pdf"]


def test_without_the_participants_approval_nothing_is_released(draft):
    with pytest.raises(ReleaseRefused) as refusal:
        release(draft)
    assert [hole.code for hole in refusal.value.holes] == ["signature"]


def test_without_the_coachs_approval_nothing_is_released(approved):
    SummaryVersion.objects.filter(pk=approved.pk).update(state="participant_review")
    with pytest.raises(WrongState):
        release(approved)


def test_a_version_that_moved_on_is_not_released(approved):
    with pytest.raises(StaleVersion):
        release(approved, version=approved.version + 1)


def test_a_substitute_does_not_release(approved, substitute):
    with pytest.raises(AccessDenied):
        release(approved, actor=substitute)


def test_a_consent_taken_back_after_the_release_closes_the_door(released):
    service.require_reading(summary=released, today=TODAY)
    Consent.objects.filter(participant=released.enrolment.participant, item="goals").update(revoked_at=NOW)
    with pytest.raises(AccessDenied):
        service.require_reading(summary=released, today=TODAY)


def test_every_way_out_of_summaries_is_registered_and_gated(whole):
    doors = {way.code: way for way in ways_out if way.code.startswith("summary.")}
    assert set(doors) == {"summary.release", "summary.read", "summary.mail", "summary.verify"}
    stranger = make_approved(factories.EnrolmentFactory(month=whole.month)).enrolment.participant
    for code, door in doors.items():
        if door.items:
            with pytest.raises(ConsentMissing):
                require_way_out(code=code, participant=stranger, today=TODAY)
        else:
            assert door.why_none
