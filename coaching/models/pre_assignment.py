"""A participant's own pre-assignment: sent, opened, returned, seen."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.models.enrolment import Enrolment
from coaching.models.programme import PreAssignmentTemplate


class PreAssignment(models.Model):
    """One task of one participant. What is typed is kept as it comes (`answers`), and stays the
    participant's own draft until it is returned.

    `answers` is a list of texts in the order of the template's questions. `texts` is what was asked, copied
    from the template when the task was sent: a later edit of the template changes no sent task.
    """

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="pre_assignments"
    )
    template = models.ForeignKey(
        PreAssignmentTemplate,
        verbose_name=_("pre-assignment of a programme"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    position = models.PositiveSmallIntegerField(_("order"))
    holds_goal = models.BooleanField(_("the first answer is the goal"), default=False)
    texts = models.JSONField(_("texts"), default=dict)
    due_on = models.DateField(_("due on"))
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        User, verbose_name=_("sent by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    answers = models.JSONField(_("answers"), default=list)
    answers_saved_at = models.DateTimeField(_("answers saved at"), null=True, blank=True)
    # the open page that saved last: its own next save is no conflict, whatever answer got lost on the way
    saved_from = models.CharField(max_length=32, blank=True, editable=False)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    returned_on_paper = models.BooleanField(_("returned on paper"), default=False)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    seen_by = models.ForeignKey(
        User, verbose_name=_("seen by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("pre-assignment")
        verbose_name_plural = _("pre-assignments")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "position"], name="pre_assignment_stands_once"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True) | Q(returned_at__isnull=False),
                name="pre_assignment_is_seen_after_it_was_returned",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("sent_at")),
                name="pre_assignment_is_returned_after_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"pre-assignment #{self.pk}"
