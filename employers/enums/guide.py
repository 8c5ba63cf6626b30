"""What a workplace's guide can say of one day, and which mark of the grid it becomes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coaching.enums import Mark


class GuideChoice(models.TextChoices):
    """Few and plain: a guide is not asked to tell why somebody is ill, nor which reasons are accepted."""

    PRESENT = "present", _("was at work")
    ILL = "ill", _("ill")
    NO_SHOW = "no_show", _("did not come")
    DAY_OFF = "day_off", _("day off, as agreed")
    OTHER = "other", _("away for another reason")
    NOT_AGREED = "not_agreed", _("no work was agreed for this day")


MARK_OF_CHOICE: dict[str, str] = {
    GuideChoice.PRESENT: Mark.PRESENT,
    GuideChoice.ILL: Mark.OWN_ILLNESS,
    GuideChoice.NO_SHOW: Mark.UNAUTHORISED,
    GuideChoice.DAY_OFF: Mark.AGREED_SWAP,
    GuideChoice.OTHER: Mark.OTHER_ACCEPTED,
    GuideChoice.NOT_AGREED: Mark.NOT_ARRANGED,
}
CHOICE_OF_MARK: dict[str, str] = {mark: choice for choice, mark in MARK_OF_CHOICE.items()}
