"""The list of participants, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch

from participants.models import Participant, Referral

# value of ?show= -> which people
GROUPS = ("", "referred", "month")


@dataclass(frozen=True)
class ParticipantRow:
    """One line: the newest referral and the newest month, either may be None."""

    person: Participant
    referral: Referral | None
    enrolment: object | None


def participants_for_list(user, *, show: str, text: str, today: dt.date):
    """An ordered queryset with what the rows need. `show`: "" everybody, "referred" with an open referral,
    "month" in a month that is not over."""
    enrolments = apps.get_model("coaching", "Enrolment").objects.exclude(state="cancelled")
    people = Participant.objects.visible_to(user, today=today).named_like(text)
    if show == "referred":
        people = people.filter(Exists(Referral.objects.open().filter(participant=OuterRef("pk"))))
    elif show == "month":
        people = people.filter(
            Exists(enrolments.filter(participant=OuterRef("pk"), month__ends_on__gte=today))
        )
    return people.by_name().prefetch_related(
        Prefetch("referrals", Referral.objects.newest_first(), to_attr="newest_referrals"),
        Prefetch(
            "enrolments",
            enrolments.select_related("month").order_by("-month__starts_on", "-id"),
            to_attr="newest_enrolments",
        ),
    )


def rows_of(people) -> list[ParticipantRow]:
    """Rows of a page of `participants_for_list`."""
    return [
        ParticipantRow(
            person=person,
            referral=next(iter(person.newest_referrals), None),
            enrolment=next(iter(person.newest_enrolments), None),
        )
        for person in people
    ]
