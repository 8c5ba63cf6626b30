"""The competence profile as a printable page, made by a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching.models.enrolment import Enrolment
from core.work_rows import WorkRow


class ProfileFile(WorkRow):
    """One made PDF of the profile; the same content is not made twice."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="profile_files"
    )
    language = models.CharField(_("language"), max_length=2)
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    file = models.FileField(_("file"), upload_to="profiles/", blank=True)
    requested_by = models.ForeignKey(
        User, verbose_name=_("asked for by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("file of a competence profile")
        verbose_name_plural = _("files of competence profiles")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "content_hash"], name="profile_file_is_made_once")
        ]

    def __str__(self) -> str:
        return f"profile file #{self.pk}"
