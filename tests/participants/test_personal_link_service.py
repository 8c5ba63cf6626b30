"""The personal link: given, opened by the second factor, locked, expired, revoked."""

import datetime as dt
import logging

import pytest

from accounts.models import AuditEvent
from core import clock
from core.errors import DomainError, LinkGone
from core.logs import HideLinkSecrets
from core.models import LinkToken, OutgoingMail
from core.tasks import drop_old_technical_rows
from participants.enums import LinkChannel
from participants.models import OwnDraft, Participant, PersonalLink
from participants.pages.personal_link import lost_link_lines, state_of
from participants.person_data import forget_links
from participants.services import personal_links as services
from tests.support.own_pages import give

BORN = "17.5.1980"


def open_with(link, typed=BORN, **more):
    return services.open_link(link_id=link.pk, birth_date=typed, now=clock.now(), **more)


def actions():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def keep(person, content):
    services.keep_draft(participant_id=person.pk, key="goal.1", content=content, base="", now=clock.now())


def test_a_mailed_link_says_nothing_about_the_person(participant, coach, today):
    participant.language = "sv"
    participant.save(update_fields=["language"])
    given = give(participant, channel=LinkChannel.EMAIL, actor=coach)
    mail = OutgoingMail.objects.get()
    assert mail.recipient == participant.email
    assert given.address in mail.body
    assert "länken" in mail.body
    words = (participant.first_name, participant.last_name, "17.5", participant.phone)
    assert not [word for word in words if word in mail.body + mail.subject]
    assert actions() == ["link.sent"]


def test_the_secret_is_kept_nowhere_but_in_the_mail(participant, coach, today):
    given = give(participant, actor=coach)
    secret = given.address.rstrip("/").rsplit("/", 1)[1]
    assert secret not in str(LinkToken.objects.values())
    assert secret not in str(AuditEvent.objects.values())


def test_a_second_click_sends_no_second_mail(participant, coach, today):
    now = clock.now()
    send = {"actor": coach, "participant_id": participant.pk}
    first = services.send_link(**send, now=now)
    assert services.send_link(**send, now=now + dt.timedelta(seconds=5)) == first
    assert OutgoingMail.objects.count() == 1
    assert services.send_link(**send, now=now + dt.timedelta(minutes=1)) != first
    assert OutgoingMail.objects.count() == 2


def test_a_new_link_revokes_the_old(participant, coach, today):
    old, new = give(participant, actor=coach), give(participant, actor=coach)
    with pytest.raises(LinkGone):
        open_with(old.link)
    assert open_with(new.link).pk == new.link.pk


def test_without_a_date_of_birth_there_is_no_link(participant, coach, today):
    Participant.objects.filter(pk=participant.pk).update(birth_date=None)
    with pytest.raises(services.BirthDateMissing):
        give(participant, actor=coach)
    assert not PersonalLink.objects.exists()


def test_without_an_address_it_can_only_be_printed(participant, coach, today):
    Participant.objects.filter(pk=participant.pk).update(email="")
    with pytest.raises(DomainError):
        give(participant, channel=LinkChannel.EMAIL, actor=coach)
    assert give(participant, actor=coach).link.channel == "paper"


def test_a_protected_persons_link_never_goes_by_mail(participant, coach, today):
    Participant.objects.filter(pk=participant.pk).update(is_restricted=True)
    with pytest.raises(DomainError):
        give(participant, channel=LinkChannel.EMAIL, actor=coach)
    assert not OutgoingMail.objects.exists()


def test_it_lives_sixty_days(participant, today):
    assert give(participant).link.token.expires_at == clock.now() + dt.timedelta(days=60)


def test_it_lives_two_weeks_over_the_end_of_a_late_month(enrolment, today):
    enrolment.month.ends_on = dt.date(2026, 6, 30)
    enrolment.month.save(update_fields=["ends_on"])
    assert give(enrolment.participant).link.token.expires_at.date() == dt.date(2026, 7, 14)


def test_the_right_date_opens_and_notes_when(participant, coach, today):
    link = give(participant, actor=coach).link
    open_with(link)
    link.refresh_from_db()
    assert link.opened_at == link.last_opened_at == clock.now()
    event = AuditEvent.objects.order_by("id").last()
    assert (event.action, event.actor, event.actor_label) == ("link.opened", None, "participant link")


def test_five_wrong_dates_lock_it_for_good(participant, coach, today):
    link = give(participant, actor=coach).link
    left = []
    for _try in range(4):
        with pytest.raises(services.WrongBirthDate) as wrong:
            open_with(link, "1.1.1990")
        left.append(wrong.value.tries_left)
    assert left == [4, 3, 2, 1]
    with pytest.raises(LinkGone):
        open_with(link, "1.1.1990")
    with pytest.raises(LinkGone):
        open_with(link)  # the right one comes too late
    assert actions() == ["link.printed", "link.locked"]


def test_what_is_no_date_costs_no_try(participant, today):
    link = give(participant).link
    with pytest.raises(DomainError):
        open_with(link, "kesällä")
    link.token.refresh_from_db()
    assert link.token.wrong_tries == 0


def test_the_right_date_forgives_earlier_slips(participant, today):
    link = give(participant).link
    with pytest.raises(services.WrongBirthDate):
        open_with(link, "1.1.1990")
    open_with(link)
    link.token.refresh_from_db()
    assert link.token.wrong_tries == 0


def test_an_expired_link_does_not_open(participant, today):
    link = give(participant).link
    with pytest.raises(LinkGone):
        services.open_link(link_id=link.pk, birth_date=BORN, now=clock.now() + dt.timedelta(days=61))


def test_taking_it_back_works_at_once_and_twice_is_harmless(participant, coach, today):
    link = give(participant, actor=coach).link
    assert services.revoke_link(actor=coach, participant_id=participant.pk, now=clock.now())
    assert not services.revoke_link(actor=coach, participant_id=participant.pk, now=clock.now())
    with pytest.raises(LinkGone):
        open_with(link)
    assert actions() == ["link.printed", "link.revoked"]


def test_every_state_has_its_word(participant, today):
    now = clock.now()
    link = give(participant).link
    words = [state_of(link, now=now).word]
    link.opened_at = now
    words.append(state_of(link, now=now).word)
    words.append(state_of(link, now=now + dt.timedelta(days=61)).word)
    link.token.wrong_tries = 5
    words.append(state_of(link, now=now).word)
    link.token.revoked_at = now
    words.append(state_of(link, now=now).word)
    assert len(set(words)) == 5


def test_plain_finnish_is_remembered_with_the_person(participant, today):
    link = give(participant).link
    services.choose_reading(link_id=link.pk, language="fi", is_plain=True)
    participant.refresh_from_db()
    assert participant.wants_plain_finnish
    services.choose_reading(link_id=link.pk, language="en", is_plain=False)
    participant.refresh_from_db()
    assert participant.wants_plain_finnish  # it comes back with Finnish
    with pytest.raises(DomainError):
        services.choose_reading(link_id=link.pk, language="xx", is_plain=False)


def test_a_draft_that_is_too_long_is_refused(participant, today):
    with pytest.raises(DomainError):
        keep(participant, {"text": "a" * 100_001})
    assert not OwnDraft.objects.exists()


def test_forgetting_a_person_closes_links_and_drops_drafts(participant, today):
    link = give(participant).link
    keep(participant, {"text": "a"})
    assert forget_links(participant) == 2
    with pytest.raises(LinkGone):
        open_with(link)


def test_a_link_that_ended_long_ago_goes_with_its_token(participant, today, monkeypatch):
    give(participant)
    moment = clock.now() + dt.timedelta(days=60 + 366)
    monkeypatch.setattr(clock, "now", lambda: moment)
    drop_old_technical_rows()
    assert not PersonalLink.objects.exists()


def test_the_secret_of_a_refused_link_stays_out_of_the_log(participant, today):
    path = "/o/" + give(participant).address.split("/o/", 1)[1]
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "Gone: %s", (path,), None)
    assert HideLinkSecrets().filter(record)
    assert record.getMessage() == "Gone: /o/l/(secret)"


# --- the mail with the link did not arrive ------------------------------------------------------------------
@pytest.fixture
def lost_link(enrolment, coach, today):
    """A link whose mail came back."""
    given = give(enrolment.participant, channel=LinkChannel.EMAIL, actor=coach)
    OutgoingMail.objects.update(state="bounced", sent_at=clock.now(), error="5.1.1")
    return PersonalLink.objects.get(pk=given.link.pk)


def test_a_lost_mail_stands_on_the_links_page_and_on_today(lost_link, enrolment, coach, today):
    assert state_of(lost_link, now=clock.now()).tone == "danger"
    (line,) = lost_link_lines(coach, {enrolment.month_id: enrolment.month}, today)
    assert "tällaista osoitetta ei ole" in line.detail
    assert line.title == enrolment.participant.full_name
    assert not lost_link_lines(coach, {}, today)


@pytest.mark.parametrize("end", ["opened", "new one"])
def test_it_goes_when_the_person_came_in_or_got_another(lost_link, enrolment, coach, today, end):
    if end == "opened":
        open_with(lost_link)
    else:
        give(enrolment.participant, actor=coach)
    assert not lost_link_lines(coach, {enrolment.month_id: enrolment.month}, today)
