"""The cards of what a person can and wants, on the person's page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coaching.enums import BarrierHelp, InterviewKind, WorkplaceColour
from coaching.models import CompetenceProfile, Enrolment, TargetWorkplace
from coaching.pages.person_cards import PersonFacts, SectionCard
from coaching.services.profile import PROFILE_FIELDS
from participants.models import Certificate, CvCheck

EXPIRES_SOON = dt.timedelta(days=60)
# a colour never stands alone: its name goes with it
COLOUR_WORDS = {
    WorkplaceColour.GREEN: pgettext_lazy("colour of a workplace", "green"),
    WorkplaceColour.YELLOW: pgettext_lazy("colour of a workplace", "yellow"),
    WorkplaceColour.ORANGE: pgettext_lazy("colour of a workplace", "orange"),
}
NO_WORKPLACES = gettext_lazy(
    "Workplaces where the person would like to work: green most of all, yellow possible, orange at the edge "
    "of possible. Each gets a next step."
)


@dataclass(frozen=True)
class WorkplaceLine:
    """One target workplace with its colour in words and the colours it had before."""

    workplace: TargetWorkplace
    colour_word: str
    earlier: list[tuple[str, dt.date]]


@dataclass(frozen=True)
class CertificateLine:
    """One certificate; `state` is "valid", "soon", "over" or "" (valid for good)."""

    certificate: Certificate
    state: str


def colour_choices() -> list[tuple[str, str]]:
    """The three colours with their names: "green – most of all"."""
    return [(value, f"{COLOUR_WORDS[value]} – {label}") for value, label in WorkplaceColour.choices]


def profile_card(enrolment: Enrolment, facts: PersonFacts) -> SectionCard:
    """Strengths, personality, temperament, tasks that would suit, and competence, in own words."""
    profile = CompetenceProfile.objects.filter(enrolment=enrolment).first()
    written = [
        (profile._meta.get_field(name).verbose_name, getattr(profile, name))
        for name in PROFILE_FIELDS
        if profile and getattr(profile, name)
    ]
    edit = _("Edit the profile") if written else _("Write the profile")
    actions = [(edit, reverse("coaching:profile", args=[enrolment.pk]))]
    if written:
        actions.append((_("Print the profile"), reverse("coaching:profile-paper", args=[enrolment.pk])))
    return SectionCard(
        code="profile",
        title=_("What I can and what suits me"),
        summary=""
        if written
        else _(
            "Strengths, personality and temperament in own words, tasks that would suit, and what education, "
            "work and hobbies have taught. It becomes a one-page profile on paper."
        ),
        actions=tuple(actions),
        template="coaching/_profile_card.html",
        context={"written": written, "profile": profile},
        order=30,
    )


def workplaces_card(enrolment: Enrolment, facts: PersonFacts) -> SectionCard:
    """Target workplaces, green first."""
    rank = {value: number for number, value in enumerate(WorkplaceColour.values)}
    found = enrolment.target_workplaces.prefetch_related("colour_changes")
    lines = [
        WorkplaceLine(
            workplace,
            str(COLOUR_WORDS[WorkplaceColour(workplace.colour)]),
            [
                (str(COLOUR_WORDS[WorkplaceColour(change.colour)]), change.changed_on)
                for change in sorted(workplace.colour_changes.all(), key=lambda change: change.pk)
            ],
        )
        for workplace in sorted(found, key=lambda row: (rank[row.colour], row.name.lower(), row.pk))
    ]
    return SectionCard(
        code="workplaces",
        title=_("Target workplaces"),
        summary="" if lines else str(NO_WORKPLACES),
        actions=((_("Add a workplace"), reverse("coaching:workplace-new", args=[enrolment.pk])),),
        template="coaching/_workplaces_card.html",
        context={"lines": lines},
        order=31,
    )


def interviews_card(enrolment: Enrolment, facts: PersonFacts) -> SectionCard:
    """Interviews, newest first."""
    found = list(enrolment.interviews.order_by("-held_on", "-pk"))
    real = sum(1 for interview in found if interview.kind == InterviewKind.REAL)
    return SectionCard(
        code="interviews",
        title=_("Interviews"),
        summary=""
        if found
        else _("Practice interviews and real ones: what went well, and what was learned for the next."),
        actions=((_("Add an interview"), reverse("coaching:interview-new", args=[enrolment.pk])),),
        template="coaching/_interviews_card.html",
        context={
            "interviews": found,
            "real": real,
            "practice": len(found) - real,
            "today": facts.today,
        },
        order=32,
    )


def certificates_card(enrolment: Enrolment, facts: PersonFacts) -> SectionCard:
    """Certificates with their expiry, and when the CV was gone through."""
    found = enrolment.participant.certificates.select_related("seen_by").order_by("name", "pk")
    lines = [CertificateLine(row, certificate_state(row, today=facts.today)) for row in found]
    checks = list(
        CvCheck.objects.filter(participant=enrolment.participant)
        .select_related("checked_by")
        .order_by("-checked_on", "-pk")[:5]
    )
    return SectionCard(
        code="certificates",
        title=_("Certificates and CV"),
        actions=(
            (_("Add a certificate"), reverse("coaching:certificate-new", args=[enrolment.pk])),
            (_("Record a CV check"), reverse("coaching:cv-check", args=[enrolment.pk])),
        ),
        template="coaching/_certificates_card.html",
        context={"lines": lines, "cv": checks[0] if checks else None, "earlier": checks[1:]},
        order=33,
    )


def barriers_card(enrolment: Enrolment, facts: PersonFacts) -> SectionCard:
    """What stands in the way and where the person was helped on to; what is open comes first."""
    found = sorted(enrolment.barriers.all(), key=lambda row: (row.solved_on is not None, row.pk))
    return SectionCard(
        code="barriers",
        title=_("What stands in the way, and who helps"),
        summary=""
        if found
        else _(
            "In the person's own words, without diagnoses: what makes getting work hard, and who helps "
            "with it."
        ),
        actions=((_("Add a barrier"), reverse("coaching:barrier-new", args=[enrolment.pk])),),
        template="coaching/_barriers_card.html",
        context={"barriers": found, "not_yet": BarrierHelp.NOT_YET.value},
        order=34,
    )


def certificate_state(certificate: Certificate, *, today: dt.date) -> str:
    """ "over", "soon" (within 60 days), "valid", or "" without an end."""
    if certificate.expires_on is None:
        return ""
    if certificate.expires_on < today:
        return "over"
    return "soon" if certificate.expires_on <= today + EXPIRES_SOON else "valid"
