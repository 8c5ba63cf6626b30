"""Reading the months: the vocabulary of the pages."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, JSONObject

from accounts.enums import Role
from core import clock

MONTH_PEOPLE = ("coach", "second_coach", "coordinator", "te_sponsor")
MONTH_COACHES = ("coach", "second_coach")


def own_months_q(user, today: dt.date, *, prefix: str = "") -> Q:
    """Months in which the user is coach, second coach, coordinator, TE sponsor or today's substitute.

    A UNION of ids, each found by its index: with an OR over the four PostgreSQL would read every month and,
    behind them, every enrolment (100 000 people: 1 ms instead of 90)."""
    return Q(**{f"{prefix}pk__in": _ids(_own_months_sql(), user, today)})


def coached_months_q(user, *, prefix: str = "") -> Q:
    """Months in which the user is the coach or the second coach, whatever the day; a union, as above."""
    return Q(**{f"{prefix}pk__in": _ids(_coached_months_sql(), user)})


# The stand-ins for the user and the day in the two queries below.
_USER, _DAY = -1, dt.date.min


def _ids(compiled: tuple[str, tuple], user, today: dt.date | None = None) -> RawSQL:
    """A compiled query of ids with this user and day as its parameters."""
    sql, stand_ins = compiled
    values = {_USER: user.pk, _DAY: today}
    return RawSQL(sql, tuple(values[stand_in] for stand_in in stand_ins))  # noqa: S611 -- the ORM wrote it


@lru_cache
def _own_months_sql() -> tuple[str, tuple]:
    """The ids behind `own_months_q`, compiled once: every page asks for them, and the ORM took 2 ms to write
    the same five queries again."""
    substitution = apps.get_model("coaching", "Substitution").objects.order_by()
    standing_in = substitution.filter(user=_USER, starts_on__lte=_DAY, ends_on__gte=_DAY).values("month_id")
    return standing_in.union(*_months(MONTH_PEOPLE)).query.sql_with_params()


@lru_cache
def _coached_months_sql() -> tuple[str, tuple]:
    """The ids behind `coached_months_q`, compiled once."""
    first, *others = _months(MONTH_COACHES)
    return first.union(*others).query.sql_with_params()


def _months(parts: tuple[str, ...]) -> list[models.QuerySet]:
    """The ids of the months in which the user has this part, for each part."""
    month = apps.get_model("coaching", "CoachingMonth").objects.order_by()
    return [month.filter(**{part: _USER}).values("pk") for part in parts]


def _count_of(rows):
    """How many rows of one month, as a subquery; 0 for none."""
    counted = rows.values("month").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Templates are read by everybody who makes or manages months, and by the administrator; a month's
        own copy by those who see the month (permissions.md)."""
        today = today or clock.today()
        if user.role == Role.MANAGER:
            return self
        if user.role == Role.ADMIN:
            return self.filter(copied_for__isnull=True)
        if user.role in (Role.COACH, Role.COORDINATOR):
            month = apps.get_model("coaching", "CoachingMonth")
            own = month.objects.visible_to(user, today=today).filter(pk=OuterRef("copied_for_id"))
            return self.filter(Q(copied_for__isnull=True) | Q(Exists(own)))
        return self.none()

    def templates(self):
        """Not the months' own copies; the newest version of each name first."""
        return self.filter(copied_for__isnull=True).order_by("name", "-version", "-id")

    def in_use(self, *, today: dt.date):
        """Active templates that are valid on `today`, newest version first."""
        return self.templates().filter(is_active=True, valid_from__lte=today)

    def newest_of_each_name(self):
        """One row per name, the highest version."""
        return self.order_by("name", "-version", "-id").distinct("name")

    def with_months_count(self):
        return self.annotate(months_count=models.Count("months", distinct=True))


class MonthQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Own months; the manager reads all (permissions.md). Default deny."""
        today = today or clock.today()
        if user.role == Role.MANAGER:
            return self
        if user.role in (Role.COACH, Role.COORDINATOR, Role.TE_OFFICER):
            return self.filter(own_months_q(user, today))
        return self.none()

    def newest_first(self):
        return self.order_by("-starts_on", "-id")

    def with_counts(self, *, today: dt.date):
        """`waiting`: people on the waiting list; `unlogged`: past sessions without their log."""
        enrolments = apps.get_model("coaching", "Enrolment").objects.filter(month=OuterRef("pk"))
        sessions = apps.get_model("coaching", "Session").objects.filter(month=OuterRef("pk"))
        return self.annotate(
            waiting=_count_of(enrolments.waiting().order_by()),
            unlogged=_count_of(sessions.filter(state="planned", held_on__lt=today).order_by()),
        )

    def for_today_page(self, user, today: dt.date):
        """Open months that the user coaches, as their coach or as today's substitute, oldest first."""
        substitution = apps.get_model("coaching", "Substitution")
        standing_in = substitution.objects.filter(
            month=OuterRef("pk"), user=user, starts_on__lte=today, ends_on__gte=today
        )
        return (
            self.filter(Q(coach=user) | Q(second_coach=user) | Exists(standing_in), state="open")
            .select_related("coach", "second_coach")
            .order_by("starts_on", "id")
        )

    def running_on(self, day: dt.date):
        return self.filter(starts_on__lte=day, ends_on__gte=day, state="open")


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Sessions of own months; a substitute's access is to the month on the days of the substitution."""
        today = today or clock.today()
        if user.role == Role.MANAGER:
            return self
        if user.role in (Role.COACH, Role.COORDINATOR, Role.TE_OFFICER):
            return self.filter(own_months_q(user, today, prefix="month__"))
        return self.none()

    def in_order(self):
        return self.order_by("held_on", "begins_at", "id")

    def begun(self):
        """Sessions in whose log something stands already, whether or not it counts as logged."""
        own = Q(pk__isnull=True)
        for name in ("marks", "steps_forward", "tips", "job_search_actions", "individual_times"):
            rows = self.model._meta.get_field(name).related_model._base_manager
            own |= Exists(rows.filter(session=OuterRef("pk")))
        notes = Q(group_note="", trial_note="", trial_advice="")
        return self.filter(own | ~notes)

    def with_tips(self):
        """`log_tips`: the tips and praise of the session, a list of dicts, in the order of the log."""
        tips = apps.get_model("coaching", "SharedTip").objects.filter(session=OuterRef("pk"))
        said = JSONObject(kind="kind", text="text", by="given_by", to="given_to")
        return self.annotate(log_tips=ArraySubquery(tips.order_by("position").values(said=said)))

    def with_prompts(self):
        """`week_prompts`: what the programme suggests to write about in the session's week, a line each."""
        weeks = apps.get_model("coaching", "ProgrammeWeek").objects
        week = weeks.filter(programme=OuterRef("month__programme"), number=OuterRef("week"))
        return self.annotate(week_prompts=Subquery(week.values("prompts")[:1]))

    def with_group_counts(self):
        """`group_size` on the session's day, and `missing`: how many of them have no mark yet."""
        enrolment = apps.get_model("coaching", "Enrolment")
        mark = apps.get_model("coaching", "AttendanceMark")
        group = enrolment.objects.in_group_on(OuterRef("held_on")).filter(month=OuterRef("month")).order_by()
        marked = mark.objects.filter(
            enrolment=OuterRef("pk"), day=OuterRef(OuterRef("held_on")), half=OuterRef(OuterRef("half"))
        )
        return self.annotate(group_size=_count_of(group), missing=_count_of(group.filter(~Exists(marked))))


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """People of own months, for coach, substitute and coordinator. A TE officer knows a person only
        through a released summary, a manager only through figures."""
        today = today or clock.today()
        if user.role in (Role.COACH, Role.COORDINATOR):
            return self.filter(own_months_q(user, today, prefix="month__"))
        return self.none()

    def enrolled(self):
        return self.filter(state="enrolled")

    def holding_a_place(self):
        """In the group and not gone: who leaves early frees a place."""
        return self.enrolled().filter(left_on__isnull=True)

    def waiting(self):
        """The waiting list in its order."""
        return self.filter(state="waiting").order_by("queued_at", "id")

    def own_place_first(self, today: dt.date):
        """The place that one's own pages are about comes first: a running month that the person is in, else
        the newest. Somebody in a group who waits for the next month stays in the group."""
        is_in = Q(state="enrolled", month__starts_on__lte=today, month__ends_on__gte=today)
        still = Q(left_on__isnull=True) | Q(left_on__gte=today)
        is_running = Case(When(is_in & still, then=Value(1)), default=Value(0))
        return self.alias(is_running=is_running).order_by("-is_running", "-month__starts_on", "-id")

    def in_group_on(self, day: dt.date):
        """Who belongs to the group on `day`: joined by then and not gone before."""
        return self.enrolled().filter(Q(left_on__isnull=True) | Q(left_on__gte=day), joined_on__lte=day)

    def with_log_of(self, *, session_id: int, day: dt.date, half: str):
        """Each person's mark (`log_mark`), step forward (`log_step`) and individual time (`log_time`) of this
        session in the same row, at most one of each by their constraints, and the acts of looking for work
        (`log_acts`, a list of dicts)."""
        acts = (
            apps.get_model("coaching", "JobSearchAction")
            .objects.filter(enrolment=OuterRef("pk"), session=session_id)
            .order_by("pk")
        )
        return self.annotate(
            log_mark=FilteredRelation("marks", condition=Q(marks__day=day, marks__half=half)),
            log_step=FilteredRelation("steps_forward", condition=Q(steps_forward__session=session_id)),
            log_time=FilteredRelation("individual_times", condition=Q(individual_times__session=session_id)),
            log_acts=ArraySubquery(acts.values(act=JSONObject(kind="kind", text="text", by="done_by"))),
        )

    def by_name(self):
        return self.select_related("participant").order_by(
            "participant__last_name", "participant__first_name", "id"
        )


class AttendanceMarkQuerySet(models.QuerySet):
    def of_month(self, month):
        return self.filter(enrolment__month=month)


class StepForwardQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-day", "-id")


class PhraseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only one's own."""
        return self.filter(user=user.pk)

    def most_used(self, user_id: int):
        """This user's own, the most used first."""
        return self.filter(user=user_id).order_by("-used_count", "text", "id")
