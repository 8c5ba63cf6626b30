"""Minutes as people say them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def hours_words(minutes: int) -> str:
    """ "2 h 30 min", "45 min", "3 h", "0 min"."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    if hours:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(minutes)s min") % {"minutes": rest}
