"""Needs and leads: the board by stage, the list, one lead's page, and lines on others' pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Case, Count, F, IntegerField, Value, When, Window
from django.db.models.functions import RowNumber

from accounts.enums import Role
from accounts.models import AuditEvent
from coaching.models import Enrolment
from core.registry import audit_sentences
from employers.access import can_add_lead, can_edit_lead
from employers.enums import OPEN_STAGES, ContactRole, LeadKind, LeadStage, MatchState
from employers.forms.lead import likely_employers
from employers.models import ContactPerson, JobLead, LeadMatch
from employers.querysets.lead import EARLY_STAGES

ENDED_STAGES = (LeadStage.FILLED, LeadStage.PASSED_ON, LeadStage.CLOSED)
MOST_ON_BOARD = 400
NEWEST_ENDED = 5
ENDED_FOR = dt.timedelta(days=30)
MOST_EVENTS = 100
NEWEST_OF_EMPLOYER = 10
LONGEST_ID = 18  # digits
PERSON_ACTIONS = ("lead.person_linked", "lead.person_changed", "lead.person_unlinked")


@dataclass(frozen=True)
class LeadCard:
    """One lead as a card or a line. `people` are those linked for whom it may still be the one."""

    lead: JobLead
    days: int
    people: int
    is_still: bool
    is_late: bool
    may_edit: bool


@dataclass
class Column:
    """One stage of the board; `count` may be more than the cards that stand in it."""

    stage: str
    label: str
    is_end: bool
    cards: list[LeadCard] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True)
class Happening:
    """One line of a lead's history."""

    day: dt.date | None
    at: dt.datetime
    text: str
    who: str
    from_label: str = ""
    to_label: str = ""
    days: int | None = None


def card_of(lead: JobLead, *, user, today: dt.date) -> LeadCard:
    """`lead` comes with its `people` (`with_counts`)."""
    days = max((today - lead.stage_since).days, 0)
    return LeadCard(
        lead=lead,
        days=days,
        people=lead.people,
        is_still=lead.stage in EARLY_STAGES and days >= settings.LEAD_STUCK_DAYS,
        is_late=lead.is_open and lead.apply_by is not None and lead.apply_by < today,
        may_edit=can_edit_lead(user, lead),
    )


def lead_cards(leads: Iterable[JobLead], *, user, today: dt.date) -> list[LeadCard]:
    """The lines of a list, as on the board."""
    return [card_of(lead, user=user, today=today) for lead in leads]


def lead_board(user, *, today: dt.date) -> dict:
    """The context of the board: every open lead, longest in its stage first, and the newest of the ended
    ones. Three queries, however many there are."""
    visible = JobLead.objects.visible_to(user)
    shown = list(visible.open().with_names().with_counts().longest_first()[: MOST_ON_BOARD + 1])
    recent = visible.filter(stage__in=ENDED_STAGES, stage_since__gte=today - ENDED_FOR)
    rank = Window(RowNumber(), partition_by=[F("stage")], order_by=[F("stage_since").desc(), F("id").desc()])
    ended = recent.with_names().with_counts().annotate(rank=rank).filter(rank__lte=NEWEST_ENDED)
    columns = {
        stage: Column(stage=stage.value, label=str(stage.label), is_end=stage in ENDED_STAGES)
        for stage in LeadStage
    }
    for lead in [*shown[:MOST_ON_BOARD], *ended.newest_first()]:
        columns[lead.stage].cards.append(card_of(lead, user=user, today=today))
    counts = dict(recent.order_by().values_list("stage").annotate(Count("pk")))
    for column in columns.values():
        column.count = counts.get(column.stage, 0) if column.is_end else len(column.cards)
    return {
        "columns": list(columns.values()),
        "stages": LeadStage.choices,
        "has_more": len(shown) > MOST_ON_BOARD,
        "is_empty": not any(column.count for column in columns.values()),
        "may_add": can_add_lead(user),
        "recent_days": ENDED_FOR.days,
        "quick_kinds": LeadKind.choices,
    }


def cities_of(user) -> list[str]:
    """The municipalities of the leads, for the filter: one query."""
    cities = JobLead.objects.visible_to(user).exclude(city="").order_by("city").values_list("city", flat=True)
    return list(cities.distinct()[:200])


def people_to_link(user, lead: JobLead, *, today: dt.date):
    """Those of own months who are in the group and not linked to the lead yet."""
    return (
        Enrolment.objects.visible_to(user, today=today)
        .enrolled()
        .filter(month__state="open")
        .exclude(pk__in=LeadMatch.objects.filter(lead=lead).values("enrolment"))
        .select_related("participant", "month")
        .order_by("-month__starts_on", "participant__last_name", "participant__first_name", "id")
    )


def lead_page(lead: JobLead, *, user, today: dt.date) -> dict:
    """The context of one lead's page; who is linked is named where the user knows the person."""
    linked = LeadMatch.objects.filter(lead=lead)
    own = list(linked.visible_to(user, today=today).with_people().oldest_first())
    lead.people = linked.exclude(state=MatchState.NOT_THIS).count()
    may_edit = can_edit_lead(user, lead)
    return {
        "lead": lead,
        "card": card_of(lead, user=user, today=today),
        "matches": own,
        "others": linked.count() - len(own),
        "alike": list(likely_employers(lead.workplace_name)) if may_edit and not lead.employer_id else [],
        "history": history_of(lead),
        "stages": [(value, label) for value, label in LeadStage.choices if value != lead.stage],
        "next_stage": _stage_after(lead.stage),
        "may_edit": may_edit,
        "may_link": user.role in (Role.COACH, Role.COORDINATOR),
        "may_take": lead.owner_id is None and can_add_lead(user),
        "may_place": user.role == Role.COORDINATOR and lead.employer_id is not None,
        "match_states": MatchState.choices,
        "today": today,
    }


def _stage_after(stage: str) -> str:
    """The next one on the way to a filled place; "" from an ended one."""
    way = [*OPEN_STAGES, LeadStage.FILLED]
    return way[way.index(stage) + 1].value if stage in OPEN_STAGES else ""


def history_of(lead: JobLead) -> list[Happening]:
    """What happened to the lead, newest first, with the days in each stage, people left out. 1 query."""
    labels = dict(LeadStage.choices)
    events = (
        AuditEvent.objects.filter(object_type=JobLead._meta.label_lower, object_id=lead.pk)
        .exclude(action__in=PERSON_ACTIONS)
        .select_related("actor")
        .order_by("-id")[:MOST_EVENTS]
    )
    rows = []
    for event in events:
        facts = event.details
        rows.append(
            Happening(
                day=_day(facts.get("on", "")),
                at=event.at,
                text=str(audit_sentences.get(event.action, event.action)),
                who=event.actor.full_name if event.actor else "",
                from_label=str(labels.get(facts.get("from"), "")),
                to_label=str(labels.get(facts.get("to"), "")),
                days=facts.get("days"),
            )
        )
    return rows


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def stage_before(lead: JobLead) -> str:
    """The open stage in which the lead stood last; the first one when that is not known. One query."""
    event = (
        AuditEvent.objects.filter(
            object_type=JobLead._meta.label_lower, object_id=lead.pk, details__from__in=list(OPEN_STAGES)
        )
        .order_by("-id")
        .first()
    )
    return event.details["from"] if event else LeadStage.HINT.value


def leads_of_employer(employer, *, user, today: dt.date) -> dict:
    """What the employer's page shows of leads, those that can still lead to a place first: one query."""
    rank = Case(When(stage__in=OPEN_STAGES, then=Value(0)), default=Value(1), output_field=IntegerField())
    leads = JobLead.objects.visible_to(user).filter(employer=employer).with_names().with_counts()
    leads = leads.alias(rank=rank).order_by("rank", "-stage_since", "-id")[:NEWEST_OF_EMPLOYER]
    return {"lead_cards": lead_cards(leads, user=user, today=today), "may_add_lead": can_add_lead(user)}


def lead_of_trial(request_text: str, *, user, employer_id: int) -> JobLead | None:
    """The lead from which a work trial at this employer is planned, as its address says (`?lead=7`). None for
    anything odd, and for a lead of another employer."""
    if user.role != Role.COORDINATOR or not request_text.isascii() or not request_text.isdecimal():
        return None
    if len(request_text) > LONGEST_ID:
        return None
    return JobLead.objects.visible_to(user).filter(pk=int(request_text), employer=employer_id).first()


def placement_initial(lead: JobLead | None) -> dict:
    """What a work trial takes along from the lead: its tasks, and its contact person in the part that the
    person has at the workplace."""
    if lead is None:
        return {}
    taken = {"tasks": lead.tasks or lead.title}
    person = ContactPerson.objects.filter(pk=lead.contact_person_id, is_active=True).first()
    if person is not None:
        taken["supervisor" if person.role == ContactRole.SUPERVISOR else "guide"] = person.pk
    return taken
