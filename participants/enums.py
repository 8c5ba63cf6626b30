"""Codes of the participant's record. Values are stable, labels are translated."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LabourStatus(models.TextChoices):
    """The single status at the start (issue 2, section 3.2)."""

    UNEMPLOYED_OVER_YEAR = "unemployed_over_year", _("unemployed for 12 months or more")
    UNEMPLOYED_UNDER_YEAR = "unemployed_under_year", _("unemployed for less than 12 months")
    IN_SERVICE = "in_service", _("in another employment service")
    LAID_OFF = "laid_off", _("laid off")
    PART_TIME = "part_time", _("in part-time work, looking for more")
    OUTSIDE = "outside", _("outside the labour force")


class EducationLevel(models.TextChoices):
    BASIC = "basic", _("comprehensive school or less")
    VOCATIONAL = "vocational", _("vocational qualification")
    UPPER_SECONDARY = "upper_secondary", _("matriculation examination")
    LOWER_TERTIARY = "lower_tertiary", _("bachelor's degree or similar")
    HIGHER_TERTIARY = "higher_tertiary", _("master's degree or higher")
    UNKNOWN = "unknown", _("not known")


class ReferralSource(models.TextChoices):
    LIST = "list", _("from a list")
    MANUAL = "manual", _("entered by hand")


class ReferralState(models.TextChoices):
    RECEIVED = "received", _("received")
    INFORMED = "informed", _("informed")
    SELECTED = "selected", _("selected")
    WAITING = "waiting", _("on the waiting list")
    ENROLLED = "enrolled", _("in a month")
    NOT_SELECTED = "not_selected", _("not selected")
    WITHDREW = "withdrew", _("did not want to come")


REFERRAL_MOVES: dict[str, tuple[str, ...]] = {
    ReferralState.RECEIVED: (
        ReferralState.INFORMED,
        ReferralState.SELECTED,
        ReferralState.WAITING,
        ReferralState.NOT_SELECTED,
        ReferralState.WITHDREW,
    ),
    ReferralState.INFORMED: (
        ReferralState.SELECTED,
        ReferralState.WAITING,
        ReferralState.NOT_SELECTED,
        ReferralState.WITHDREW,
    ),
    ReferralState.SELECTED: (
        ReferralState.WAITING,
        ReferralState.NOT_SELECTED,
        ReferralState.WITHDREW,
    ),
    ReferralState.WAITING: (
        ReferralState.SELECTED,
        ReferralState.NOT_SELECTED,
        ReferralState.WITHDREW,
    ),
    ReferralState.ENROLLED: (),  # coaching moves it: joining and leaving a month
    ReferralState.NOT_SELECTED: (ReferralState.INFORMED,),  # a decision taken back
    ReferralState.WITHDREW: (ReferralState.INFORMED,),
}

REFERRAL_TONES: dict[str, str] = {
    ReferralState.RECEIVED: "accent",
    ReferralState.INFORMED: "info",
    ReferralState.SELECTED: "success",
    ReferralState.WAITING: "info",
    ReferralState.ENROLLED: "success",
    ReferralState.NOT_SELECTED: "neutral",
    ReferralState.WITHDREW: "neutral",
}
# what the button that leads to a state says
REFERRAL_VERBS: dict[str, Promise] = {
    ReferralState.INFORMED: _("Mark as informed"),
    ReferralState.SELECTED: _("Select for a month"),
    ReferralState.WAITING: _("Put on the waiting list"),
    ReferralState.WITHDREW: _("Note that the person does not want to come"),
}


class ImportState(models.TextChoices):
    PREVIEW = "preview", _("being checked")
    IMPORTED = "imported", _("imported")
    DISCARDED = "discarded", _("discarded")


class RowVerdict(models.TextChoices):
    """What becomes of one row of an uploaded list."""

    GOOD = "good", _("ready to be taken in")
    KNOWN = "known", _("already known")
    RETURNING = "returning", _("known from before, a new referral")
    POSSIBLE = "possible", _("possible duplicate")
    MEND = "mend", _("to mend")


TO_DECIDE = (RowVerdict.RETURNING, RowVerdict.POSSIBLE)


class ConsentRecipient(models.TextChoices):
    AUTHORITY = "authority", _("the TE-office or employment area")
    EMPLOYER = "employer", _("the work-trial workplace")
    GROUP = "group", _("the own group")


class ConsentItem(models.TextChoices):
    CONTACT = "contact", _("name and contact details")
    ATTENDANCE = "attendance", _("attendance and what happened in the month")
    GOALS = "goals", _("goal, next steps and proposal")
    ASSESSMENT = "assessment", _("how the chances of employment changed")
    WORK_TRIAL = "work_trial", _("work trial and the workplace's feedback")
    HEALTH = "health", _("need for a health check or rehabilitation (yes or no, never a diagnosis)")
    PROFILE = "profile", _("strengths and skills")
    PROGRESS = "progress", _("own steps on the group's board by first name")
    STRENGTHS = "strengths", _("strengths")
    SKILLS = "skills", _("work-life skills")
    EXPERIENCE = "experience", _("work experience")
    TRAINING = "training", _("training, certificates and cards")
    WISHES = "wishes", _("tasks that would suit")
    SUPPORT = "support", _("support that helps at work")


CONSENT_CHOICES: dict[str, tuple[str, ...]] = {
    ConsentRecipient.AUTHORITY: (
        ConsentItem.CONTACT,
        ConsentItem.ATTENDANCE,
        ConsentItem.GOALS,
        ConsentItem.ASSESSMENT,
        ConsentItem.WORK_TRIAL,
        ConsentItem.HEALTH,
    ),
    ConsentRecipient.EMPLOYER: (ConsentItem.CONTACT, ConsentItem.PROFILE),
    ConsentRecipient.GROUP: (ConsentItem.PROGRESS,),
}
# what one named employer may be told in a candidate brief, strengths first; given for each employer apart
BRIEF_ITEMS: tuple[str, ...] = (
    ConsentItem.STRENGTHS,
    ConsentItem.SKILLS,
    ConsentItem.EXPERIENCE,
    ConsentItem.TRAINING,
    ConsentItem.WISHES,
    ConsentItem.SUPPORT,
    ConsentItem.CONTACT,
)


def consent_choices(recipient: str, recipient_id: int | None = None) -> tuple[str, ...]:
    """The items that can be allowed to a kind of recipient, or to the one that `recipient_id` names."""
    if recipient_id is None:
        return CONSENT_CHOICES.get(recipient, ())
    return BRIEF_ITEMS if recipient == ConsentRecipient.EMPLOYER else ()


class ConsentMethod(models.TextChoices):
    PAPER = "paper", _("on paper")
    LINK = "link", _("by personal link")
    SPOKEN = "spoken", _("spoken, noted by staff")


class LinkChannel(models.TextChoices):
    """How the participant got the personal link."""

    EMAIL = "email", _("by e-mail")
    PAPER = "paper", _("printed, with a QR code")
