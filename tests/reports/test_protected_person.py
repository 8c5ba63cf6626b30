"""A protected person's summary opens for the coach with a reason, like the file."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "own_files")]


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


@pytest.fixture
def protected(approved):
    person = approved.enrolment.participant
    person.is_restricted = True
    person.save(update_fields=["is_restricted"])
    return person


def test_a_protected_persons_summary_asks_for_a_reason_first(client_of, coach, approved, protected):
    client, state = client_of(coach), approved.state
    pages = [url(name, approved.pk) for name in ("summary", "summary-texts", "summary-pdf")]
    file_address = reverse("participants:participant-detail", args=[protected.pk])
    assert [client.get(page)["Location"] for page in pages] == [file_address] * 3
    release = client.post(url("summary-release", approved.pk), {"version": approved.version})
    assert release["Location"] == file_address
    approved.refresh_from_db()
    assert approved.state == state
    client.post(reverse("participants:participant-open", args=[protected.pk]), {"reason": "Loppukeskustelu"})
    answers = [client.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[-1].getvalue().startswith(b"%PDF")
    answers[-1].close()


def test_reading_the_free_texts_is_on_the_audit_trail(client_of, coach, draft):
    client_of(coach).get(url("summary-texts", draft.pk))
    event = AuditEvent.objects.get(action="participant.viewed")
    assert event.details == {"page": "reports:summary-texts"}


def test_a_null_byte_in_the_inboxs_search_finds_nothing_and_breaks_nothing(client_of, officer, released):
    answer = client_of(officer).post(url("inbox"), {"q": "Saar\x00elma"}, follow=True)
    assert answer.status_code == 200
    assert "Saarelma" in answer.content.decode()
