"""The register's list and one employer's page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from employers.agreement import address_of
from employers.business_id import normalise_business_id
from employers.models import ContactEvent, Employer, Placement
from employers.pages.lead import leads_of_employer
from employers.services.employer import may_be_contact

NEWEST_CONTACTS = 20
ALL_CONTACTS = 300
SHORTEST_NAME = 3  # letters before a name is compared


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


def employer_facts(employer: Employer) -> dict:
    """What the card of facts needs. One query."""
    return {
        "employer": employer,
        "address": address_of(employer),
        "contact_is_gone": employer.own_contact is not None and not may_be_contact(employer.own_contact),
        "deputy_is_gone": employer.deputy is not None and not may_be_contact(employer.deputy),
        "merged_names": list(employer.merged.by_name().values_list("name", flat=True)),
    }


def employer_page(employer: Employer, *, user, today: dt.date, shows_all: bool) -> dict:
    """The context of an employer's page: people, contact log, work trials. Four queries."""
    limit = ALL_CONTACTS if shows_all else NEWEST_CONTACTS
    events = list(employer.contact_events.newest_first()[: limit + 1])
    trials = Placement.objects.filter(employer=employer)
    own = trials.visible_to(user, today=today).with_names().newest_first()[:10]
    return {
        **employer_facts(employer),
        "people": list(employer.contact_persons.active_first()),
        "events": events[:limit],
        "has_more_events": len(events) > limit and not shows_all,
        "trials": list(own),
        "trial_counts": trials.aggregate(
            all=Count("pk", filter=~Q(state="did_not_start")), now=Count("pk", filter=Q(state="ongoing"))
        ),
        "is_left_in_peace": is_left_in_peace(employer, today=today),
        **leads_of_employer(employer, user=user, today=today),
        "today": today,
    }


MANY_TWINS = 5


def alike_while_typing(*, name: str, business_id: str, phone: str, own_id: int | None) -> list[Employer]:
    """Employers on record that these words may mean, the surest first: the business ID, the phone, the name.
    `own_id` is the one that is being edited. At most three queries."""
    others = Employer.objects.standing().exclude(pk=own_id)
    normal = normalise_business_id(business_id)
    found: dict[int, Employer] = {}
    for queryset in (
        others.filter(business_id=normal) if normal else others.none(),
        others.reached_by(phone).by_name(),
        others.named_like(name) if len(name.strip()) >= SHORTEST_NAME else others.none(),
    ):
        for employer in queryset[:MANY_TWINS]:
            found.setdefault(employer.pk, employer)
    return list(found.values())[:MANY_TWINS]


def likely_twins(employer: Employer) -> list[Employer]:
    """Other records that may be the same employer."""
    return alike_while_typing(
        name=employer.name, business_id=employer.business_id, phone=employer.phone, own_id=employer.pk
    )
