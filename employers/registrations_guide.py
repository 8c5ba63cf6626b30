"""What the guide's link, concerns and the workplace's feedback give to the registries of `core`."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.registry import (
    anonymisers,
    audit_sentences,
    desk_sources,
    person_sections,
    timeline_sources,
    today_sources,
)
from core.templatetags.page_pieces import datetime_fi
from employers.models import Concern
from employers.pages.concerns import concern_desk_lines, concern_timeline, concern_today_lines

REMOVED = "–"

AUDIT_SENTENCES = {
    "concern.raised": gettext_lazy("Told of a concern about a work trial"),
    "concern.handled": gettext_lazy("Answered a concern about a work trial"),
}


def register_guide() -> None:
    """Called once, when the app is ready."""
    today_sources.add(concern_today_lines)
    desk_sources.add(concern_desk_lines)
    timeline_sources.add(concern_timeline)
    person_sections.add(concern_section)
    anonymisers.add(anonymise_concerns)
    audit_sentences.update(AUDIT_SENTENCES)


def concern_section(participant) -> tuple[str, list[dict]]:
    """The concerns about the person's work trials in the own export."""
    concerns = Concern.objects.filter(placement__participant=participant).select_related(
        "placement__employer", "handled_by"
    )
    rows = [
        {
            _("workplace"): concern.placement.employer.name,
            _("told at"): datetime_fi(concern.raised_at),
            _("from"): concern.get_source_display(),
            _("who tells"): concern.raised_by_name,
            _("what worries"): concern.text,
            _("phone"): concern.phone,
            _("what was done"): concern.answer,
            _("handled at"): datetime_fi(concern.handled_at),
            _("handled by"): concern.handled_by.full_name if concern.handled_by else "",
        }
        for concern in concerns.order_by("raised_at", "id")
    ]
    return _("Concerns about work trials"), rows


def anonymise_concerns(participant) -> int:
    """Take the words, names and numbers out of the concerns about the person's work trials, and end the
    links to the workplaces; how many rows."""
    concerns = Concern.objects.filter(placement__participant=participant)
    concerns.exclude(answer="").update(answer=REMOVED)
    return concerns.update(text=REMOVED, raised_by_name="", phone="")
