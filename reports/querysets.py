"""Reading summaries and period ends."""

from __future__ import annotations

import datetime as dt

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


class SummaryVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The month's own coach sees every version; a TE officer what was released to the own office,
        superseded versions included once they were released; nobody else (permissions.md)."""
        if user.role == Role.COACH:
            return self.filter(coached_months_q(user, prefix="enrolment__month__"))
        if user.role == Role.TE_OFFICER:
            return self.filter(recipient=user.authority_id, released_at__isnull=False)
        return self.none()

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
