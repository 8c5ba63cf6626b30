"""The workplace's feedback: at most ten items, two open questions, several assessors."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from employers.enums import FeedbackChannel, FeedbackItem, TakeAgain
from employers.models.employer import ContactPerson
from employers.models.placement import Placement
from employers.querysets import EmployerFeedbackQuerySet


class EmployerFeedback(models.Model):
    """One assessor's feedback on one work trial: asked for, then given by link, on the phone, or on paper."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("work trial"), on_delete=models.CASCADE, related_name="feedbacks"
    )
    assessor = models.ForeignKey(
        ContactPerson,
        verbose_name=_("who answers"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feedbacks",
    )
    assessor_name = models.CharField(_("name of who answered"), max_length=160, blank=True)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)
    channel = models.CharField(_("how"), max_length=5, choices=FeedbackChannel, blank=True)
    succeeded = models.TextField(
        _("where did we succeed"), blank=True, validators=[MaxLengthValidator(1000)]
    )  # Missä onnistuimme? (evidence 003 F14)
    differently = models.TextField(
        _("what could we have done differently"), blank=True, validators=[MaxLengthValidator(1000)]
    )  # Mitä olisimme voineet tehdä toisin?
    take_again = models.CharField(_("would take again"), max_length=7, choices=TakeAgain, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: by link
    agrees = models.BooleanField(_("the participant agrees"), null=True, blank=True)
    participant_comment = models.TextField(
        _("the participant's comment"), blank=True, validators=[MaxLengthValidator(1000)]
    )
    participant_answered_at = models.DateTimeField(_("participant answered at"), null=True, blank=True)
    draft = models.JSONField(
        _("unsent answers"), default=dict, blank=True, editable=False
    )  # the assessor's own until they are sent: the form's fields as they were typed
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EmployerFeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("workplace's feedback")
        verbose_name_plural = _("workplaces' feedback")
        indexes = [models.Index(fields=["placement", "given_at"], name="feedback_of_placement")]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "assessor"],
                condition=Q(assessor__isnull=False),
                name="feedback_of_an_assessor_stands_once",
                violation_error_message=_("This person has been asked already."),
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, channel="")
                | (Q(given_at__isnull=False) & ~Q(channel="") & ~Q(assessor_name="")),
                name="feedback_given_says_by_whom_and_how",
                violation_error_message=_("Write who gives the feedback."),
            ),
            models.CheckConstraint(
                condition=Q(agrees__isnull=True) | Q(participant_answered_at__isnull=False),
                name="feedback_agreement_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"feedback #{self.pk}"


class FeedbackAnswer(models.Model):
    """One item of one feedback. No value means: not seen (ei havaittu)."""

    feedback = models.ForeignKey(
        EmployerFeedback, verbose_name=_("feedback"), on_delete=models.CASCADE, related_name="answers"
    )
    item = models.CharField(_("item"), max_length=12, choices=FeedbackItem)
    value = models.PositiveSmallIntegerField(_("1 to 5"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer of a feedback")
        verbose_name_plural = _("answers of feedback")
        constraints = [
            models.UniqueConstraint(fields=["feedback", "item"], name="feedback_item_is_answered_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5),
                name="feedback_value_is_one_to_five",
                violation_error_message=_("Choose 1 to 5, or not seen."),
            ),
        ]

    def __str__(self) -> str:
        return f"answer #{self.pk}"
