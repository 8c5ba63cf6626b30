"""Whom a coach or coordinator can take into a month: people with an open referral, searched by name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from coaching.models import CoachingMonth, Enrolment
from core.pagination import page_of
from core.search_terms import Search, search_of
from participants.enrolment_hooks import has_officer
from participants.models import Participant, Referral


@dataclass(frozen=True)
class Candidate:
    """A person who may come. `busy_in` names another open month of the same days, "" when free."""

    person: Participant
    referral: Referral
    has_officer: bool
    busy_in: str


@dataclass(frozen=True)
class EnrolPage:
    """One page of candidates and what the group still holds."""

    month: CoachingMonth
    candidates: list[Candidate]
    page: object
    search: Search
    in_group: int
    waiting: int
    first_day: dt.date
    is_under_way: bool

    @property
    def free_places(self) -> int:
        return max(0, self.month.capacity - self.in_group)


def enrol_page(request, month: CoachingMonth, *, today: dt.date) -> EnrolPage:
    """Six queries, whatever the number of people."""
    search = search_of(request)
    already = month.enrolments.filter(state__in=["enrolled", "waiting"]).values("participant")
    referrals = (
        Referral.objects.visible_to(request.user)
        .open()
        .exclude(participant__in=already)
        .select_related("participant", "participant__authority")
        .order_by("participant__last_name", "participant__first_name", "id")
    )
    for word in search.words.split():
        referrals = referrals.filter(
            Q(participant__last_name__istartswith=word) | Q(participant__first_name__istartswith=word)
        )
    page = page_of(referrals, request)
    found = list(page.object_list)
    busy = dict(
        Enrolment.objects.holding_a_place()
        .filter(
            participant__in=[referral.participant_id for referral in found],
            month__state="open",
            month__starts_on__lte=month.ends_on,
            month__ends_on__gte=max(month.starts_on, today),
        )
        .values_list("participant_id", "month__name")
    )
    return EnrolPage(
        month=month,
        candidates=[
            Candidate(
                referral.participant,
                referral,
                has_officer(referral.participant),
                busy.get(referral.participant_id, ""),
            )
            for referral in found
        ],
        page=page,
        search=search,
        in_group=month.enrolments.holding_a_place().count(),
        waiting=month.enrolments.waiting().count(),
        first_day=max(month.starts_on, today),
        is_under_way=month.starts_on <= today,
    )
