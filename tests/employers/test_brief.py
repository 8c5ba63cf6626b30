"""The candidate brief: consents of one employer, the person's approval, delivery, withdrawal at once."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEvent
from core.errors import DomainError, LinkGone, StaleVersion
from core.models import OutgoingMail
from employers.models import CandidateBrief, WorkplaceLink
from employers.pages.brief import brief_desk_lines
from employers.registrations_brief import brief_section, forget_briefs
from employers.services import brief as services
from employers.services.brief_delivery import brief_of_link, deliver_brief
from employers.services.workplace_links import find_workplace_link
from participants.consent import ConsentMissing
from participants.services.consents import revoke_consent
from tests.support.briefs import NOW, TODAY
from tests.support.factories import ContactPersonFactory, EmployerFactory

pytestmark = pytest.mark.django_db
MAIL = {"how": "email", "now": NOW, "today": TODAY}
LINK = {"how": "link", "now": NOW, "today": TODAY}


def make(trial, actor, employer=None):
    return services.make_brief(
        actor=actor,
        participant_id=trial.participant_id,
        employer_id=(employer or trial.employer).pk,
        now=NOW,
        today=TODAY,
    )


def edit(brief, actor, **texts):
    return services.edit_brief(
        actor=actor,
        brief_id=brief.pk,
        version=brief.version,
        language="fi",
        texts=texts,
        now=NOW,
        today=TODAY,
    )


def approve(brief, **more):
    facts = {"seen_hash": brief.content_hash, "method": "link", "approved_on": TODAY, "now": NOW}
    return services.approve_brief(
        **{"actor": None, "actor_label": "participant link", "brief_id": brief.pk, "today": TODAY}
        | facts
        | more
    )


def test_without_a_consent_for_this_employer_none_is_made(brief_trial, allow, coordinator):
    other = EmployerFactory(name="Toinen Oy")
    allow(brief_trial, "strengths", to=other)
    allow(brief_trial, "contact")
    with pytest.raises(ConsentMissing):
        make(brief_trial, coordinator)
    assert make(brief_trial, coordinator, other).items == {"strengths": "Olen tarkka ja rauhallinen."}


def test_it_says_only_what_was_allowed_and_a_double_click_makes_one(written_brief, brief_trial, coordinator):
    assert list(written_brief.items) == ["strengths", "support"]
    assert make(brief_trial, coordinator).pk == written_brief.pk
    with pytest.raises(ConsentMissing):
        edit(written_brief, coordinator, strengths="Tarkka", wishes="Hyllytys")


def test_exactly_the_text_that_was_read_is_approved(written_brief, coordinator):
    seen = written_brief.content_hash
    newer = edit(written_brief, coordinator, strengths="Olen tarkka.")
    with pytest.raises(StaleVersion):
        approve(newer, seen_hash=seen)
    for wrong in (TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)):
        with pytest.raises(DomainError):
            approve(newer, approved_on=wrong)
    done = approve(newer)
    assert (done.state, done.approved_method, done.approval_recorded_by) == ("approved", "link", None)
    assert approve(done).version == done.version


def test_an_edit_clears_the_approval_the_delivery_and_the_link(approved_brief, coordinator):
    given = deliver_brief(actor=coordinator, brief_id=approved_brief.pk, **LINK)
    brief = CandidateBrief.objects.get()
    unchanged = edit(brief, coordinator, **brief.items)
    assert unchanged.state == "approved"
    brief = edit(brief, coordinator, strengths="Uusi sana.")
    assert (brief.state, brief.approved_on, brief.delivered_at, brief.delivered_how) == (
        "draft",
        None,
        None,
        "",
    )
    secret = given.address.rstrip("/").rsplit("/", 1)[1]
    with pytest.raises(LinkGone):
        find_workplace_link(purpose="brief", secret=secret, now=NOW)


def test_two_who_word_it_at_once_both_see_it(written_brief, coordinator):
    edit(written_brief, coordinator, strengths="Ensimmäinen")
    with pytest.raises(StaleVersion):
        edit(written_brief, coordinator, strengths="Toinen")


def test_the_participant_leaves_an_item_out_and_it_stays_out(written_brief, coordinator):
    brief = approve(written_brief, struck=("support",), comment="Tuesta kerron itse.")
    assert list(brief.items) == ["strengths"]
    assert (brief.struck, brief.comment, brief.state) == (["support"], "Tuesta kerron itse.", "approved")
    again = edit(brief, coordinator, strengths="Tarkka", support="takaisin")
    assert list(again.items) == ["strengths"]
    with pytest.raises(DomainError):
        approve(again, struck=("strengths",))


def test_a_wish_for_another_wording_takes_the_approval_back(approved_brief):
    told = {"now": NOW, "actor_label": "participant link"}
    with pytest.raises(DomainError):
        services.comment_brief(brief_id=approved_brief.pk, comment="", **told)
    brief = services.comment_brief(brief_id=approved_brief.pk, comment="Ei näin.", **told)
    assert (brief.state, brief.comment) == ("draft", "Ei näin.")


def test_it_leaves_only_when_approved(written_brief, coordinator):
    with pytest.raises(DomainError):
        deliver_brief(actor=coordinator, brief_id=written_brief.pk, **LINK)
    assert not WorkplaceLink.objects.exists()


def test_it_goes_by_a_mail_that_tells_nothing_of_the_person(approved_brief, coordinator):
    boss = ContactPersonFactory(employer=approved_brief.employer, email="eero@saha.example")
    with pytest.raises(DomainError):
        deliver_brief(actor=coordinator, brief_id=approved_brief.pk, **MAIL)
    stranger = ContactPersonFactory(employer=EmployerFactory(), email="muu@muu.example")
    with pytest.raises(DomainError):
        deliver_brief(actor=coordinator, brief_id=approved_brief.pk, contact_person=stranger, **MAIL)
    deliver_brief(actor=coordinator, brief_id=approved_brief.pk, contact_person=boss, **MAIL)
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "eero@saha.example"
    for name in (approved_brief.participant.first_name, approved_brief.participant.last_name, "Saha"):
        assert name not in mail.subject + mail.body
    event = AuditEvent.objects.get(action="brief.delivered")
    assert event.participant_id == approved_brief.participant_id


def test_on_paper_it_has_the_day_on_which_it_was_given(approved_brief, coordinator):
    paper = {"how": "paper", "now": NOW, "today": TODAY}
    for wrong in (TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)):
        with pytest.raises(DomainError):
            deliver_brief(actor=coordinator, brief_id=approved_brief.pk, delivered_on=wrong, **paper)
    assert deliver_brief(actor=coordinator, brief_id=approved_brief.pk, delivered_on=TODAY, **paper) is None
    assert CandidateBrief.objects.get().is_delivered


def test_a_protected_persons_brief_leaves_on_paper_only_and_names_no_phone(
    approved_brief, allow, coordinator
):
    person = approved_brief.participant
    person.is_restricted = True
    person.save(update_fields=["is_restricted"])
    with pytest.raises(DomainError):
        deliver_brief(actor=coordinator, brief_id=approved_brief.pk, **LINK)
    allow(approved_brief, "contact")
    brief = edit(approved_brief, coordinator, strengths="Tarkka", contact="yes")
    assert brief.items["contact"] == person.full_name


def test_a_consent_taken_back_stops_the_link_in_the_same_moment(approved_brief, coordinator, today):
    given = deliver_brief(actor=coordinator, brief_id=approved_brief.pk, **LINK)
    consent = approved_brief.participant.consents.get(item="support")
    revoke_consent(actor=None, actor_label="participant link", consent=consent)
    brief = CandidateBrief.objects.get()
    assert (brief.state, brief.withdrawn_at is not None) == ("withdrawn", True)
    assert brief.withdrawn_reason
    secret = given.address.rstrip("/").rsplit("/", 1)[1]
    with pytest.raises(LinkGone):
        find_workplace_link(purpose="brief", secret=secret, now=NOW)
    again = make(approved_brief, coordinator)
    assert list(again.items) == ["strengths"]


def test_a_consent_for_another_employer_or_item_withdraws_nothing(approved_brief, allow, coordinator):
    (other,) = allow(approved_brief, "strengths", to=EmployerFactory(name="Toinen Oy"))
    (unused,) = allow(approved_brief, "skills")
    for consent in (other, unused):
        revoke_consent(actor=coordinator, consent=consent)
    assert CandidateBrief.objects.get().state == "approved"


def test_a_consent_that_ran_out_closes_the_page(approved_brief, coordinator):
    given = deliver_brief(actor=coordinator, brief_id=approved_brief.pk, **LINK)
    assert brief_of_link(link=given.link, today=TODAY).pk == approved_brief.pk
    approved_brief.participant.consents.update(expires_on=TODAY)
    with pytest.raises(LinkGone):
        brief_of_link(link=given.link, today=TODAY + dt.timedelta(days=1))


def test_no_brief_wanted_is_an_answer_and_can_be_changed(approved_brief, coordinator):
    told = {"participant_id": approved_brief.participant_id, "employer_id": approved_brief.employer_id}
    told |= {"now": NOW, "today": TODAY, "actor": coordinator}
    with pytest.raises(DomainError):
        services.decline_brief(declined_on=TODAY + dt.timedelta(days=1), **told)
    brief = services.decline_brief(declined_on=TODAY, **told)
    assert (brief.state, brief.declined_on, brief.content) == ("declined", TODAY, {})
    assert services.decline_brief(declined_on=TODAY, **told).version == brief.version
    assert make(brief, coordinator).state == "draft"


def test_the_desk_warns_until_it_is_given_or_refused(approved_brief, brief_trial, coordinator, coach, today):
    assert [line.title for line in brief_desk_lines(coordinator, today)] == ["Aino Koivuniemi"]
    assert brief_desk_lines(coordinator, today - dt.timedelta(days=3)) == []
    deliver_brief(actor=coordinator, brief_id=approved_brief.pk, **LINK)
    assert brief_desk_lines(coordinator, today) == []
    edit(CandidateBrief.objects.get(), coordinator, strengths="Muutettu")
    assert len(brief_desk_lines(coordinator, today)) == 1
    services.decline_brief(
        actor=None,
        actor_label="participant link",
        participant_id=brief_trial.participant_id,
        employer_id=brief_trial.employer_id,
        declined_on=today,
        now=NOW,
        today=today,
    )
    assert brief_desk_lines(coordinator, today) == []


def test_who_sees_a_brief_may_also_word_it(
    approved_brief,
    coach,
    second_coach,
    other_coach,
    substitute,
    coordinator,
    other_coordinator,
    officer,
    manager,
    today,
):
    from employers.access import can_edit_brief

    for user in (
        coach,
        second_coach,
        other_coach,
        substitute,
        coordinator,
        other_coordinator,
        officer,
        manager,
    ):
        visible = CandidateBrief.objects.visible_to(user, today=today).exists()
        assert visible == can_edit_brief(user, approved_brief.participant, today=today)
        assert visible == (user in (coach, second_coach, coordinator))


def test_the_own_export_holds_the_words_and_forgetting_takes_them(approved_brief, coordinator):
    deliver_brief(actor=coordinator, brief_id=approved_brief.pk, **LINK)
    _title, rows = brief_section(approved_brief.participant)
    assert "Olen tarkka ja rauhallinen." in str(rows)
    assert forget_briefs(approved_brief.participant)
    assert CandidateBrief.objects.get().content == {}
    assert not WorkplaceLink.objects.filter(token__revoked_at__isnull=True).exists()
