"""Early concerns where staff see them: the work trial's page, Today, the desk, the timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.registry import TimelineEntry, TodayLine
from core.templatetags.page_pieces import datetime_fi
from employers.access import can_handle_concern
from employers.desk import DeskSection, desk_line
from employers.forms.guide import HandleConcernForm, StaffConcernForm
from employers.models import Concern, Placement


@dataclass
class ConcernsSection:
    """The concerns of one work trial, the open ones first; the forms are bound after a refusal."""

    open: list[Concern]
    handled: list[Concern]
    may_handle: bool
    raise_form: StaffConcernForm = field(default_factory=StaffConcernForm)
    answer_form: HandleConcernForm = field(default_factory=HandleConcernForm)
    answered_id: int = 0  # whose answer was refused


def concerns_section(placement: Placement, *, user, today: dt.date) -> ConcernsSection:
    """What the work trial's page shows of concerns. One query."""
    found = list(placement.concerns.select_related("raised_by", "handled_by").order_by("-raised_at", "-id"))
    return ConcernsSection(
        open=[concern for concern in found if concern.handled_at is None],
        handled=[concern for concern in found if concern.handled_at is not None],
        may_handle=can_handle_concern(user, placement, today=today),
    )


def concern_today_lines(user, months, today: dt.date) -> list[TodayLine]:
    """Open concerns of the months that the user coaches (a coach standing in sees none). One query."""
    return _lines(Concern.objects.visible_to(user, today=today).filter(placement__month__in=months))


def concern_desk_lines(user, today: dt.date) -> list[TodayLine]:
    """Open concerns of the coordinator's own work trials: one query."""
    return _lines(Concern.objects.visible_to(user, today=today))


def _lines(concerns) -> list[TodayLine]:
    found = concerns.open().select_related("placement__participant").order_by("raised_at", "id")
    lines = []
    for concern in found:
        page = reverse("employers:placement", args=[concern.placement_id])
        words = {"source": concern.get_source_display(), "when": datetime_fi(concern.raised_at)}
        detail = _("%(source)s, %(when)s") % words
        lines.append(
            desk_line(
                DeskSection.CONCERNS,
                title=concern.placement.participant.full_name,
                title_url=page,
                detail=f"{detail}, {_('wants a call')}" if concern.wants_call else detail,
                url=f"{page}#concerns",
                link_text=_("Read and answer"),
                icon="warning",
                is_late=True,
                alarm=_("concern"),
                day=timezone.localdate(concern.raised_at),
            )
        )
    return lines


def concern_timeline(enrolment, user) -> Iterator[TimelineEntry]:
    """Concerns of the month's work trials in the person's timeline. One query."""
    concerns = (
        Concern.objects.visible_to(user)
        .filter(placement__participant=enrolment.participant_id, placement__month=enrolment.month_id)
        .order_by("raised_at", "id")
    )
    kind = _("work trial")
    for concern in concerns:
        url = f"{reverse('employers:placement', args=[concern.placement_id])}#concerns"
        told = _("A concern was told (%(source)s)") % {"source": concern.get_source_display()}
        yield TimelineEntry(timezone.localdate(concern.raised_at), kind, told, url)
        if concern.handled_at is not None:
            day = timezone.localdate(concern.handled_at)
            yield TimelineEntry(
                day, kind, _("A concern was answered: %(answer)s") % {"answer": concern.answer}, url
            )
