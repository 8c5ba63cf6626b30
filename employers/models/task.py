"""What the desk has to do: promises, the paperwork and the contacts after a hire, finding a place."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.models import Enrolment
from employers.enums import TaskKind
from employers.models.employer import ContactEvent, Employer
from employers.models.placement import Placement
from employers.querysets import DeskTaskQuerySet
from employers.search import SearchWords


class DeskTask(models.Model):
    """One thing to do for an employer, a work trial or a person without a place; done or dropped, never
    deleted."""

    kind = models.CharField(_("kind"), max_length=16, choices=TaskKind, default=TaskKind.OTHER)
    employer = models.ForeignKey(
        Employer,
        verbose_name=_("employer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
    )
    placement = models.ForeignKey(
        Placement,
        verbose_name=_("work trial"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="desk_tasks",
    )
    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name=_("enrolment"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="desk_tasks",
    )
    contact_event = models.ForeignKey(
        ContactEvent,
        verbose_name=_("came from the contact"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tasks",
    )
    visit = models.ForeignKey(
        "employers.Visit",
        verbose_name=_("agreed at the visit"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
    )
    text = models.CharField(_("what"), max_length=200)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    responsible = models.ForeignKey(
        User,
        verbose_name=_("responsible"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="desk_tasks",
    )  # None: whoever is the employer's named contact, or the month's coordinator
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        User, verbose_name=_("done by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_reason = models.CharField(_("why it was dropped"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: the program
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = DeskTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of the desk")
        verbose_name_plural = _("tasks of the desk")
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(done_at__isnull=True), name="desk_task_due"),
            GinIndex(
                SearchWords("text"),
                condition=Q(employer__isnull=False, placement__isnull=True, enrolment__isnull=True),
                name="desk_task_words",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="desk_task_says_what",
                violation_error_message=_("Write what is to be done."),
            ),
            models.CheckConstraint(
                condition=Q(employer__isnull=False) | Q(placement__isnull=False) | Q(enrolment__isnull=False),
                name="desk_task_is_about_something",
                violation_error_message=_("Say whom the task is about."),
            ),
            models.CheckConstraint(
                condition=Q(dropped_reason="") | Q(done_at__isnull=False),
                name="desk_task_dropped_is_over",
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(kind="find_place"),
                name="desk_task_find_place_once",
            ),
        ]

    def __str__(self) -> str:
        return f"task #{self.pk}"
