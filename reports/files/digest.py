"""The PDF of an office's digest, in the office's language."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.errors import AccessDenied
from core.pdf import render_pdf
from reports.enums import FileKind
from reports.files import Progress, guards, makes
from reports.models import FileJob, OfficeDigest
from reports.pages.digest import present_digest


@guards(FileKind.DIGEST)
def digest_gate(job: FileJob, user, today: dt.date) -> None:
    """Managers, and the office to which it was sent."""
    _digest(job, user)


def _digest(job: FileJob, user) -> OfficeDigest:
    rows = OfficeDigest.objects.visible_to(user).select_related("authority")
    digest = rows.filter(pk=job.params["digest"]).first()
    if digest is None:
        raise AccessDenied(_("This digest is no longer yours to read."))
    return digest


@makes(FileKind.DIGEST)
def write_digest(job: FileJob, target: BinaryIO, progress: Progress) -> None:
    """What the digest says now; once it is sent, what was frozen. Whoever may no longer read it gets none."""
    progress(0, 1)
    digest = _digest(job, job.requested_by)
    with translation.override(digest.authority.language):
        page = present_digest(digest, today=clock.today())
        page["language"] = digest.authority.language
        page["organisation"] = getattr(settings, "ORGANISATION_NAME", "") or "Valmennuskuukausi"
        html = render_to_string("reports/pdf/digest.html", page)
    target.write(render_pdf(html))
    progress(1, 1)
