"""Links to workplaces whose mail did not arrive, on the coordinator's desk."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.mail import why_lost
from core.models import LOST
from core.registry import TodayLine
from employers.desk import DeskSection, desk_line
from employers.enums import WorkplacePurpose
from employers.models import Placement, WorkplaceLink

# where on the work trial's page a new link of this purpose is given
ANCHORS = {
    WorkplacePurpose.SIGN: "#signatures",
    WorkplacePurpose.HOURS: "#days",
    WorkplacePurpose.FEEDBACK: "#feedback",
}


def lost_mail_lines(user, today: dt.date) -> list[TodayLine]:
    """Live links of the own work trials whose mail is lost and that nobody used. One query."""
    links = (
        WorkplaceLink.objects.filter(
            placement__in=Placement.objects.visible_to(user, today=today).values("pk"),
            purpose__in=ANCHORS,
            mail__state__in=LOST,
            last_opened_at__isnull=True,
            token__revoked_at__isnull=True,
            token__expires_at__date__gte=today,
        )
        .select_related("placement__participant", "mail", "contact_person")
        .order_by("id")
    )
    return [_line(link) for link in links]


def _line(link: WorkplaceLink) -> TodayLine:
    page = reverse("employers:placement", args=[link.placement_id])
    hides = link.placement.participant.is_restricted  # then not even who guides
    whom = "" if hides or link.contact_person is None else link.contact_person.name
    words = (link.get_purpose_display(), whom, why_lost(link.mail))
    return desk_line(
        DeskSection.LOST_MAIL,
        title=link.placement.participant.full_name,
        title_url=page,
        detail=" · ".join(word for word in words if word),
        url=page + ANCHORS[WorkplacePurpose(link.purpose)],
        link_text=_("Give a new link"),
        icon="mail",
        is_late=True,
        alarm=_("did not arrive"),
        day=timezone.localdate(link.created_at),
    )
