"""A list of employers that waits for its decision."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from employers.querysets import EmployerImportQuerySet
from participants.enums import ImportState


class EmployerImport(models.Model):
    """One uploaded list of employers: its rows wait here, encrypted, for the decision and are dropped after
    it (or after a day, `employers.tasks.drop_expired_employer_lists`). Only the counts stay."""

    uploaded_by = models.ForeignKey(
        User, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.PREVIEW)
    file_kind = models.CharField(_("kind of file"), max_length=4, default="csv")
    columns = models.JSONField(_("recognised columns"), default=list)
    rows_encrypted = models.TextField(_("rows with their verdicts"), blank=True, editable=False)
    good_count = models.PositiveIntegerField(_("good rows"), default=0)
    known_count = models.PositiveIntegerField(_("already known"), default=0)
    undecided_count = models.PositiveIntegerField(_("rows to decide"), default=0)
    failed_count = models.PositiveIntegerField(_("rows to mend"), default=0)
    imported_count = models.PositiveIntegerField(_("taken in"), default=0)
    imported_at = models.DateTimeField(_("imported at"), null=True, blank=True)

    objects = EmployerImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of employers")
        verbose_name_plural = _("lists of employers")
        indexes = [
            models.Index(fields=["uploaded_at"], condition=Q(state="preview"), name="employer_list_waits")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="preview") | Q(rows_encrypted=""),
                name="employer_list_rows_go_after_the_decision",
            ),
            models.CheckConstraint(
                condition=Q(state="imported", imported_at__isnull=False)
                | (~Q(state="imported") & Q(imported_at__isnull=True)),
                name="employer_list_imported_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"list of employers #{self.pk}"
