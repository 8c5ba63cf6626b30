"""Reading the technical tables."""

from __future__ import annotations

import datetime as dt

from django.db import models


class LinkTokenQuerySet(models.QuerySet):
    def live(self, *, now: dt.datetime):
        """Neither expired nor revoked nor locked after five wrong tries."""
        return self.filter(expires_at__gt=now, revoked_at__isnull=True, wrong_tries__lt=5)


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, *, now: dt.datetime):
        """Waiting mail whose next try has come, oldest first."""
        return self.filter(
            models.Q(next_try_at__isnull=True) | models.Q(next_try_at__lte=now), state="waiting"
        ).order_by("id")
