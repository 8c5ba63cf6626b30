"""Reading summaries and period ends."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.enums import Role
from accounts.models import AuditEvent
from coaching.querysets import coached_months_q
from participants.enums import ConsentItem, ConsentRecipient
from participants.models import Consent
from reports.enums import IN_WORK, SummaryState

OPENED = "summary.opened"
DOWNLOADED = "summary.downloaded"
COPIED = "summary.text_copied"
RECEIPTS = (OPENED, DOWNLOADED, COPIED)
# without these nothing leaves, since the mandatory blocks stand on them (te-summary.md)
RELEASE_ITEMS = (ConsentItem.CONTACT, ConsentItem.ATTENDANCE, ConsentItem.GOALS, ConsentItem.ASSESSMENT)


def is_taken_back() -> Q:
    """A summary whose every release to an office was taken back; one that no link carried never is."""
    items = apps.get_model("reports", "DeliveryItem").objects.filter(summary=models.OuterRef("pk"))
    gone = items.filter(delivery__revoked_at__isnull=False)
    return Q(models.Exists(gone)) & ~Q(models.Exists(items.filter(delivery__revoked_at__isnull=True)))


class SummaryVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The month's own coach sees every version; a TE officer what was released to the own office,
        superseded versions included once they were released; nobody else (permissions.md)."""
        if user.role == Role.COACH:
            return self.filter(coached_months_q(user, prefix="enrolment__month__"))
        if user.role == Role.TE_OFFICER:
            return self.at_office(user.authority_id)
        return self.none()

    def at_office(self, authority_id: int | None):
        """What was released to the office and not taken back from it."""
        return self.filter(recipient=authority_id, released_at__isnull=False).exclude(is_taken_back())

    def in_work(self):
        """Those not released yet: at most one of a person."""
        return self.filter(state__in=IN_WORK)

    def current(self):
        """The newest version of each person's summary."""
        newest = (
            self.model.objects.filter(enrolment=models.OuterRef("enrolment"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(newest))

    def with_recall(self):
        """With `is_recalled`: every release of it was taken back, and the office reads nothing of it."""
        return self.annotate(is_recalled=models.ExpressionWrapper(is_taken_back(), models.BooleanField()))

    def with_person(self):
        return self.select_related(
            "enrolment__participant", "enrolment__month", "recipient", "author", "approved_by", "released_by"
        )

    def inbox(self):
        """What an office has to read, newest first: the version that holds now, with `opened_at`, the moment
        when somebody of an office first opened it (None while it is new)."""
        opened = AuditEvent.objects.filter(
            object_type="reports.summaryversion", object_id=models.OuterRef("pk"), action=OPENED
        ).order_by("id")
        return (
            self.filter(state=SummaryState.RELEASED)
            .annotate(opened_at=models.Subquery(opened.values("at")[:1]))
            .order_by("-released_at", "-id")
        )

    def consented_on(self, day: dt.date):
        """Without those whose participant has since taken back what the release stood on."""
        for item in RELEASE_ITEMS:
            given = Consent.objects.valid_on(day).filter(
                participant=models.OuterRef("enrolment__participant"),
                recipient=ConsentRecipient.AUTHORITY,
                item=item,
            )
            self = self.filter(models.Exists(given))
        return self

    def named(self, words: str):
        """Every word of `words` stands in the first or the last name."""
        for word in words.split():
            self = self.filter(
                Q(enrolment__participant__first_name__icontains=word)
                | Q(enrolment__participant__last_name__icontains=word)
            )
        return self

    def with_hash_prefix(self, prefix: str):
        """Versions that were released and whose hash begins with `prefix` (hex digits)."""
        return self.filter(content_hash__startswith=prefix.lower(), released_at__isnull=False)


class PeriodEndQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The period end of a month is its own coach's."""
        if user.role == Role.COACH:
            return self.filter(coached_months_q(user, prefix="month__"))
        return self.none()


class OfPersonQuerySet(models.QuerySet):
    """Rows with an `enrolment`."""

    def visible_to(self, user):
        """The month's own coach, and the officers of the participant's office whose summary has come."""
        if user.role == Role.COACH:
            return self.filter(coached_months_q(user, prefix="enrolment__month__"))
        if user.role == Role.TE_OFFICER:
            versions = apps.get_model("reports", "SummaryVersion").objects.at_office(user.authority_id)
            own = self.filter(enrolment__participant__authority=user.authority_id)
            return own.filter(models.Exists(versions.filter(enrolment=models.OuterRef("enrolment"))))
        return self.none()


class AftercareQuerySet(OfPersonQuerySet):
    def visible_to(self, user):
        """As other rows of a person; who takes care of it sees it too."""
        if user.role in (Role.COACH, Role.COORDINATOR):
            mine = Q(carer=user)
            if user.role == Role.COACH:
                mine |= coached_months_q(user, prefix="enrolment__month__")
            return self.filter(mine)
        return super().visible_to(user)

    def running_on(self, day: dt.date):
        """Accepted, and `day` lies in the window."""
        return self.filter(answer="accepted", starts_on__lte=day, ends_on__gte=day)

    def waiting_for_office(self, authority_id: int | None, *, today: dt.date):
        """Accepted, not over, and without the office's approval; each with `summary_id`, the newest summary
        that this office has of the person."""
        versions = apps.get_model("reports", "SummaryVersion").objects.at_office(authority_id)
        newest = versions.filter(enrolment=models.OuterRef("enrolment")).order_by("-number").values("pk")
        rows = self.filter(answer="accepted", officer_approved_on__isnull=True, ends_on__gte=today)
        return rows.annotate(summary_id=models.Subquery(newest[:1])).order_by("starts_on", "id")


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Releases of a month are its own coach's; the office reads by the link or in its inbox."""
        if user.role == Role.COACH:
            return self.filter(coached_months_q(user, prefix="month__"))
        return self.none()

    def newest_first(self):
        return self.order_by("-made_at", "-id")


class FileJobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files are for whoever asked for them."""
        return self.filter(requested_by=user.pk)

    def expired_by(self, now: dt.datetime):
        """Those whose file is to be thrown away."""
        return self.filter(expires_at__lte=now)


class OwnDataRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The register is the manager's and the administrator's; a coach sees those of own participants."""
        if user.role in (Role.MANAGER, Role.ADMIN):
            return self
        if user.role == Role.COACH:
            mine = coached_months_q(user, prefix="participant__enrolments__month__")
            return self.filter(mine).distinct()
        return self.none()


class OfficeDigestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Managers write them; an office reads those that were sent to it."""
        if user.role == Role.MANAGER:
            return self
        if user.role == Role.TE_OFFICER:
            return self.filter(authority=user.authority_id, sent_at__isnull=False)
        return self.none()
