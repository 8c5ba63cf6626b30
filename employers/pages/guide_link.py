"""How the guide's link stands, on the work trial's page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core import clock
from employers.access import can_give_guide_link
from employers.enums import PlacementState, WorkplacePurpose
from employers.models import ContactPerson, Placement, WorkplaceLink
from employers.pages.guide_hours import guide_weeks
from employers.reminding import reminder_obstacle
from employers.services.guide_hours import guide_of, why_not_by_mail
from employers.services.workplace_links import latest_link, mail_trouble


@dataclass(frozen=True)
class GuideLinkPanel:
    """Whom the link is for, how the last one stands, and what can be done now."""

    person: ContactPerson | None
    latest: WorkplaceLink | None
    is_live: bool
    may_give: bool
    mail_obstacle: str
    unmarked: int
    remind_obstacle: str
    trouble: str = ""  # why the mail with the link did not arrive

    @property
    def may_remind(self) -> bool:
        """Is there something to remind of, and a way?"""
        return self.may_give and self.is_live and self.unmarked > 0 and not self.mail_obstacle


def guide_link_panel(placement: Placement, *, user, enrolment, today: dt.date) -> GuideLinkPanel | None:
    """The panel, or None for a trial that did not start or has no place in a month. Three queries."""
    if enrolment is None or placement.state == PlacementState.DID_NOT_START:
        return None
    now = clock.now()
    latest = latest_link(purpose=WorkplacePurpose.HOURS, subject_id=placement.pk)
    is_live = latest is not None and latest.token.revoked_at is None and latest.token.expires_at > now
    person = guide_of(placement)
    return GuideLinkPanel(
        person=person,
        latest=latest,
        is_live=is_live,
        may_give=can_give_guide_link(user, placement, today=today),
        mail_obstacle=why_not_by_mail(placement, person),
        unmarked=unmarked_days(placement, enrolment, today=today),
        remind_obstacle=reminder_obstacle(
            now=now, last_sent_at=latest.created_at if latest and latest.email else None
        ),
        trouble=mail_trouble(latest),
    )


def unmarked_days(placement: Placement, enrolment, *, today: dt.date) -> int:
    """How many agreed days up to today wait for a mark. Two queries."""
    return sum(week.unmarked for week in guide_weeks(placement, enrolment, today=today))
