"""Reading signatures and how the signing of work trials stands."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.enums import Role
from employers.querysets.placement import placements_of

OPEN_FOR_SIGNING = ("planned", "ongoing")


class SignatureQuerySet(models.QuerySet):
    def visible_to(self, user, *, today: dt.date | None = None):
        """Whoever sees the work trial sees who has signed its agreement."""
        return self.filter(agreement__placement__in=placements_of(user, today=today))

    def for_officer(self, user):
        """The authority's places that this officer signs with the own account: as the person's own officer,
        as the month's sponsor, or as one of the person's authority when nobody there is named."""
        if user.role != Role.TE_OFFICER:
            return self.none()
        person, month = "agreement__placement__participant__", "agreement__placement__month__"
        nobody = Q(**{f"{person}officer__isnull": True}) | Q(**{f"{person}officer__is_active": False})
        of_office = nobody & Q(**{f"{person}authority": user.authority_id})
        return self.filter(
            Q(**{f"{person}officer": user}) | Q(**{f"{month}te_sponsor": user}) | of_office,
            party="authority",
            agreement__cancelled_at__isnull=True,
        )

    def waiting(self):
        """Places without a signature in agreements that are out, of work trials planned or going on."""
        return self.filter(
            signed_at__isnull=True,
            agreement__cancelled_at__isnull=True,
            agreement__placement__state__in=OPEN_FOR_SIGNING,
        )

    def with_trial(self):
        return self.select_related(
            "agreement__placement__participant__officer",
            "agreement__placement__month__te_sponsor",
            "agreement__placement__employer",
            "contact_person",
            "mail",
        )


def with_signing(placements):
    """Work trials with `is_sent` (an agreement stands) and `is_signed` (all three have signed it)."""
    agreement = apps.get_model("employers", "Agreement").objects.standing()
    own = agreement.filter(placement=OuterRef("pk"))
    return placements.annotate(is_sent=Exists(own), is_signed=Exists(own.filter(signed_at__isnull=False)))


def unsigned(placements):
    """Work trials planned or going on whose agreement not all have signed; the first to begin come first."""
    found = with_signing(placements).filter(state__in=OPEN_FOR_SIGNING, is_signed=False)
    return found.order_by("starts_on", "id")


def board_of(placements, show: str):
    """The rows of the board: `show` is "" (not signed by all), "unsent", "missing", "unsigned_start" or
    "signed"."""
    found = with_signing(placements).filter(state__in=OPEN_FOR_SIGNING).order_by("starts_on", "id")
    if show == "signed":
        return found.filter(is_signed=True)
    found = found.filter(is_signed=False)
    if show == "unsent":
        return found.filter(is_sent=False)
    if show == "missing":
        return found.filter(is_sent=True)
    if show == "unsigned_start":
        return found.filter(state="ongoing").exclude(unsigned_start_reason="")
    return found
