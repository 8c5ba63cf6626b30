"""The short address on paper: this version, this hash, released on, superseded by, and nothing else."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import AuditEvent
from core.templatetags.page_pieces import date_fi
from reports.models import SummaryVersion

pytestmark = pytest.mark.django_db


def page_of(client, summary) -> str:
    answer = client.get(reverse("verify-summary", args=[summary.short_hash]))
    assert answer.status_code == 200
    return answer.content.decode()


def facts_of(page: str) -> list[str]:
    """The values of the page's list of facts, in words."""
    return [
        " ".join(re.sub(r"<[^>]+>", " ", value).split()) for value in re.findall(r"<dd.*?</dd>", page, re.S)
    ]


@pytest.fixture
def superseded(released):
    """The released version, after the next one was released."""
    SummaryVersion.objects.filter(pk=released.pk).update(state="superseded")
    newer = SummaryVersion.objects.get(pk=released.pk)
    newer.pk, newer.state, newer.number, newer.content_hash = None, "released", 2, "b" * 64
    newer.save()
    return SummaryVersion.objects.get(pk=released.pk)


def test_it_answers_three_facts_of_the_version_that_holds(client, released):
    assert facts_of(page_of(client, released)) == [
        "1",
        released.short_hash,
        date_fi(localdate(released.released_at)),
    ]


def test_of_a_superseded_version_it_also_says_which_took_its_place(client, superseded):
    page = page_of(client, superseded)
    day = date_fi(localdate(superseded.released_at))
    assert facts_of(page) == ["1", superseded.short_hash, day, f"versio 2, {day}"]
    assert "Uudempi versio" in page


def test_it_says_the_same_to_whoever_is_signed_in_and_leaves_no_trace(client, client_of, coach, released):
    before = AuditEvent.objects.count()
    assert facts_of(page_of(client_of(coach), released)) == facts_of(page_of(client, released))
    assert AuditEvent.objects.count() == before


def test_no_word_of_the_summary_is_on_the_page(client, superseded):
    page = page_of(client, superseded)
    basics = superseded.data["basics"]
    for word in (basics["last_name"], basics["month"], basics["authority"], basics["contact"]["name"]):
        assert word
        assert word not in page
    assert superseded.content_hash not in page  # no more of the hash than stands on paper
