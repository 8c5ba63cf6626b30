"""The register's list and one employer's page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from employers.agreement import address_of
from employers.models import ContactEvent, Employer, Placement
from employers.pages.lead import leads_of_employer

NEWEST_CONTACTS = 20
ALL_CONTACTS = 300


@dataclass(frozen=True)
class RegisterRow:
    """One line of the list."""

    employer: Employer
    last_contact_on: dt.date | None
    next_action_on: dt.date | None
    is_overdue: bool
    is_left_in_peace: bool


def register_rows(employers: list[Employer], *, today: dt.date) -> list[RegisterRow]:
    """The lines of one page of employers, with what the contact log says of them: one query."""
    is_open = Q(next_action_on__isnull=False, next_action_done_at__isnull=True)
    facts = {
        row["employer"]: row
        for row in ContactEvent.objects.filter(employer__in=[employer.pk for employer in employers])
        .values("employer")
        .annotate(last=Max("happened_on"), next=Min("next_action_on", filter=is_open))
        .order_by()
    }
    rows = []
    for employer in employers:
        fact = facts.get(employer.pk, {"last": None, "next": None})
        rows.append(
            RegisterRow(
                employer=employer,
                last_contact_on=fact["last"],
                next_action_on=fact["next"],
                is_overdue=bool(fact["next"] and fact["next"] < today),
                is_left_in_peace=is_left_in_peace(employer, today=today),
            )
        )
    return rows


def is_left_in_peace(employer: Employer, *, today: dt.date) -> bool:
    """Whether the employer asked not to be asked before a day that is still ahead."""
    return employer.do_not_ask_before is not None and employer.do_not_ask_before > today


def employer_page(employer: Employer, *, user, today: dt.date, shows_all: bool) -> dict:
    """The context of an employer's page: people, contact log, work trials. Four queries."""
    limit = ALL_CONTACTS if shows_all else NEWEST_CONTACTS
    events = list(employer.contact_events.newest_first()[: limit + 1])
    trials = Placement.objects.filter(employer=employer)
    own = trials.visible_to(user, today=today).with_names().newest_first()[:10]
    return {
        "employer": employer,
        "people": list(employer.contact_persons.active_first()),
        "events": events[:limit],
        "has_more_events": len(events) > limit and not shows_all,
        "trials": list(own),
        "trial_counts": trials.aggregate(
            all=Count("pk", filter=~Q(state="did_not_start")), now=Count("pk", filter=Q(state="ongoing"))
        ),
        "is_left_in_peace": is_left_in_peace(employer, today=today),
        **leads_of_employer(employer, user=user, today=today),
        "address": address_of(employer),
        "today": today,
    }
