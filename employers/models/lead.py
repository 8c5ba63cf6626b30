"""Needs and leads: open and hidden jobs, work-trial places, gigs; whoever heard of one shares it."""

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, User
from coaching.models import Enrolment
from employers.enums import OPEN_STAGES, LeadKind, LeadStage, MatchState
from employers.models.employer import ContactEvent, ContactPerson, Employer
from employers.querysets import JobLeadQuerySet, LeadMatchQuerySet
from employers.search import SearchWords


class JobLead(models.Model):
    """One need or lead (vihje, piilotyöpaikka). All coaches and coordinators see it (evidence 003 F40)."""

    kind = models.CharField(_("kind"), max_length=10, choices=LeadKind)
    title = models.CharField(_("what work"), max_length=160)
    employer = models.ForeignKey(
        Employer,
        verbose_name=_("employer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
    )
    workplace_name = models.CharField(
        _("workplace, when it is not in the register"), max_length=160, blank=True
    )
    city = models.CharField(_("municipality"), max_length=60, blank=True)
    contact_person = models.ForeignKey(
        ContactPerson,
        verbose_name=_("who at the workplace"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
    )
    tasks = models.TextField(
        _("tasks, also undone and tailored ones"), blank=True, validators=[MaxLengthValidator(2000)]
    )
    requirements = models.TextField(_("what it asks for"), blank=True, validators=[MaxLengthValidator(1000)])
    hours = models.CharField(_("when and how much"), max_length=200, blank=True)
    known_by = models.CharField(_("who knows of it"), max_length=160, blank=True)
    heard_on = models.DateField(_("heard on"))
    apply_by = models.DateField(_("until when"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=LeadStage, default=LeadStage.HINT)
    stage_since = models.DateField(_("in this stage since"))
    owner = models.ForeignKey(
        User,
        verbose_name=_("who takes care of it"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
    )
    authority = models.ForeignKey(
        Authority,
        verbose_name=_("passed to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
    )
    passed_on = models.DateField(_("passed on"), null=True, blank=True)
    share_text = models.TextField(
        _("text to share, without personal data"), blank=True, validators=[MaxLengthValidator(1000)]
    )
    closed_reason = models.CharField(_("why it came to nothing"), max_length=200, blank=True)
    contact_event = models.ForeignKey(
        ContactEvent,
        verbose_name=_("came from the contact"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="leads",
    )
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = JobLeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        indexes = [
            models.Index(fields=["stage", "-stage_since", "-id"], name="lead_by_stage"),
            models.Index(fields=["authority", "-passed_on"], name="lead_passed_on"),
            GinIndex(SearchWords("title", "workplace_name", "city", "tasks"), name="lead_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="lead_says_what_work",
                violation_error_message=_("Write what work it is."),
            ),
            models.CheckConstraint(
                condition=Q(stage="passed_on", authority__isnull=False, passed_on__isnull=False)
                | ~Q(stage="passed_on"),
                name="lead_passed_on_says_to_whom",
                violation_error_message=_("Say to which authority and when."),
            ),
            models.CheckConstraint(
                condition=~Q(stage="closed") | ~Q(closed_reason=""),
                name="lead_closed_says_why",
                violation_error_message=_("Say why it came to nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"lead #{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def place_name(self) -> str:
        """The workplace's name, from the register or as it was heard. Mind to select the employer."""
        return self.employer.name if self.employer_id else self.workplace_name


class LeadMatch(models.Model):
    """One person to whom the lead may suit."""

    lead = models.ForeignKey(
        JobLead, verbose_name=_("lead"), on_delete=models.CASCADE, related_name="matches"
    )
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="lead_matches"
    )
    state = models.CharField(_("state"), max_length=10, choices=MatchState, default=MatchState.SUGGESTED)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = LeadMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("person for a lead")
        verbose_name_plural = _("people for leads")
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "enrolment"],
                name="lead_match_stands_once",
                violation_error_message=_("This person is on the lead already."),
            )
        ]

    def __str__(self) -> str:
        return f"lead match #{self.pk}"
