"""Following a work trial: talks and visits with the four checks, and early concerns."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from employers.enums import CheckValue, ConcernSource, VisitChannel, VisitCheck, VisitKind, VisitState
from employers.models.employer import ContactEvent
from employers.models.placement import Placement
from employers.querysets import ConcernQuerySet, VisitQuerySet


class Visit(models.Model):
    """One contact with the workplace during a work trial (ohjauskäynti): planned, then held or cancelled."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("work trial"), on_delete=models.CASCADE, related_name="visits"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=VisitKind)
    state = models.CharField(_("state"), max_length=9, choices=VisitState, default=VisitState.PLANNED)
    planned_on = models.DateField(_("planned for"))
    planned_at = models.TimeField(_("at"), null=True, blank=True)
    is_day_chosen = models.BooleanField(
        _("the day was chosen by a person"), default=False, editable=False
    )  # such a day stays when the work trial's dates change, as long as it lies inside them
    day_order = models.PositiveSmallIntegerField(_("place in the order of the day"), null=True, blank=True)
    responsible = models.ForeignKey(
        User,
        verbose_name=_("who goes"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
    )  # None: the month's coordinator
    with_authority = models.BooleanField(_("together with the authority"), default=False)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    channel = models.CharField(_("how"), max_length=7, choices=VisitChannel, default=VisitChannel.ON_SITE)
    met = models.CharField(_("whom we met"), max_length=200, blank=True)
    check_work = models.CharField(VisitCheck.WORK.label, max_length=9, choices=CheckValue, blank=True)
    note_work = models.CharField(_("note"), max_length=300, blank=True)
    check_learning = models.CharField(VisitCheck.LEARNING.label, max_length=9, choices=CheckValue, blank=True)
    note_learning = models.CharField(_("note"), max_length=300, blank=True)
    check_cooperation = models.CharField(
        VisitCheck.COOPERATION.label, max_length=9, choices=CheckValue, blank=True
    )
    note_cooperation = models.CharField(_("note"), max_length=300, blank=True)
    check_terms = models.CharField(VisitCheck.TERMS.label, max_length=9, choices=CheckValue, blank=True)
    note_terms = models.CharField(_("note"), max_length=300, blank=True)
    participant_view = models.TextField(
        _("the participant's own view"), blank=True, validators=[MaxLengthValidator(1000)]
    )
    employer_view = models.TextField(
        _("the workplace's own view"), blank=True, validators=[MaxLengthValidator(1000)]
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    cancelled_reason = models.CharField(_("why it was not held"), max_length=200, blank=True)
    contact_event = models.OneToOneField(
        ContactEvent,
        verbose_name=_("line of the contact log"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="visit",
    )
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [
            models.Index(fields=["planned_on", "id"], condition=Q(state="planned"), name="visit_due"),
            models.Index(fields=["placement", "planned_on"], name="visit_of_placement"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", held_on__isnull=False)
                | (~Q(state="done") & Q(held_on__isnull=True)),
                name="visit_held_has_its_day",
                violation_error_message=_("Say on which day it was held."),
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_reason=""),
                name="visit_cancelled_says_why",
                violation_error_message=_("Say why it was not held."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=480),
                name="visit_minutes_fit_a_day",
                violation_error_message=_("Give 1 to 480 minutes."),
            ),
            models.UniqueConstraint(
                fields=["placement", "kind"],
                condition=Q(kind__in=["opening", "closing"]) & ~Q(state="cancelled"),
                name="visit_opening_and_closing_once",
                violation_error_message=_("There is such a talk already."),
            ),
        ]

    def __str__(self) -> str:
        return f"visit #{self.pk}"


class Concern(models.Model):
    """Something that worries somebody early: it reaches the coach and the coordinator at once."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("work trial"), on_delete=models.CASCADE, related_name="concerns"
    )
    source = models.CharField(_("from"), max_length=11, choices=ConcernSource)
    raised_by_name = models.CharField(_("who tells"), max_length=160, blank=True)
    text = models.TextField(_("what worries"), validators=[MaxLengthValidator(1000)])
    wants_call = models.BooleanField(_("wants a call"), default=False)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    raised_at = models.DateTimeField(_("told at"))
    raised_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(_("what was done"), max_length=500, blank=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        User, verbose_name=_("handled by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="concern_has_words",
                violation_error_message=_("Write what worries you."),
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | (Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(answer="")),
                name="concern_handled_says_how",
                violation_error_message=_("Write what was done."),
            ),
        ]

    def __str__(self) -> str:
        return f"concern #{self.pk}"
