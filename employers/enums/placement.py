"""Codes of work trials: states, agreements, visits, feedback. Values are stable, labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlacementState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    PLANNED = "planned", _("planned")
    ONGOING = "ongoing", _("going on")
    COMPLETED = "completed", _("completed")
    ENDED_EARLY = "ended_early", _("ended early")
    CHANGED_PLACE = "changed_place", _("changed place")
    DID_NOT_START = "did_not_start", _("did not start")


# on whose days no other work trial of the person can lie; a proposal to one of several workplaces may overlap
LIVE_STATES = (
    PlacementState.PLANNED,
    PlacementState.ONGOING,
    PlacementState.COMPLETED,
    PlacementState.ENDED_EARLY,
    PlacementState.CHANGED_PLACE,
)
OPEN_STATES = (PlacementState.PROPOSED, PlacementState.PLANNED, PlacementState.ONGOING)
AHEAD_STATES = (PlacementState.PROPOSED, PlacementState.PLANNED)
BEGUN_STATES = (
    PlacementState.ONGOING,
    PlacementState.COMPLETED,
    PlacementState.ENDED_EARLY,
    PlacementState.CHANGED_PLACE,
)
ENDED_STATES = (
    PlacementState.COMPLETED,
    PlacementState.ENDED_EARLY,
    PlacementState.CHANGED_PLACE,
    PlacementState.DID_NOT_START,
)


class PlacementPurpose(models.TextChoices):
    """What the work trial is for (evidence anchors-systems 11.2: aim is part of the agreement)."""

    CAREER_CHOICE = "career_choice", _("finding out which work suits")
    RETURN_TO_WORK = "return_to_work", _("returning to working life")
    SKILLS = "skills", _("showing and strengthening skills")


class HireChance(models.TextChoices):
    LIKELY = "likely", _("likely")
    POSSIBLE = "possible", _("possible")
    UNLIKELY = "unlikely", _("unlikely")
    UNKNOWN = "unknown", _("not known yet")


class AgreementFailure(models.TextChoices):
    """Why an agreement's PDF was not made; the label tells what to do next."""

    CONSENT = "consent", _("The participant has taken back the consent. Record it again and make the PDF.")
    CHANGED = "changed", _("The work trial changed while the PDF was being made. Make it again.")
    RENDERING = (
        "rendering",
        _("The PDF could not be made. Try again, and tell the support if it fails again."),
    )
    INTERRUPTED = "interrupted", _("The work was interrupted again and again. Make the PDF again.")


class FoundBy(models.TextChoices):
    """Who found the place (issue 4: self-found or found by whom)."""

    PARTICIPANT = "participant", _("the participant")
    COORDINATOR = "coordinator", _("the coordinator")
    COACH = "coach", _("the coach")
    GROUP = "group", _("somebody of the group")
    EMPLOYER = "employer", _("the employer asked")
    AUTHORITY = "authority", _("the authority")
    OTHER = "other", _("somebody else")


class EndDecision(models.TextChoices):
    """Whose decision the ending was."""

    PARTICIPANT = "participant", _("the participant's")
    EMPLOYER = "employer", _("the employer's")
    TOGETHER = "together", _("made together")
    AUTHORITY = "authority", _("the authority's")
    ORGANISATION = "organisation", _("ours")


class EndCause(models.TextChoices):
    """Why a work trial ended early or did not start; no question is asked that the case does not need."""

    EMPLOYER_CANCELLED = "employer_cancelled", _("the employer cancelled")
    NO_SHOW = "no_show", _("the person did not come")
    WORK = "work", _("got work")
    STUDY = "study", _("began studies")
    TASKS = "tasks", _("the tasks did not suit")
    COOPERATION = "cooperation", _("the cooperation did not work")
    HEALTH = "health", _("health")
    LIFE = "life", _("life situation")
    CHANGED_PLACE = "changed_place", _("changed to another place")
    OTHER = "other", _("other reason")


NOT_STARTED_CAUSES = (EndCause.EMPLOYER_CANCELLED, EndCause.NO_SHOW, EndCause.CHANGED_PLACE, EndCause.OTHER)
EARLY_END_CAUSES = (
    EndCause.WORK,
    EndCause.STUDY,
    EndCause.TASKS,
    EndCause.COOPERATION,
    EndCause.HEALTH,
    EndCause.LIFE,
    EndCause.EMPLOYER_CANCELLED,
    EndCause.OTHER,
)


class Continuation(models.TextChoices):
    """What came after the work trial at this workplace."""

    HIRED = "hired", _("was hired")
    WAGE_SUBSIDY = "wage_subsidy", _("was hired with a wage subsidy")
    APPRENTICESHIP = "apprenticeship", _("apprenticeship")
    LONGER_TRIAL = "longer_trial", _("a longer work trial")
    NONE = "none", _("nothing at this workplace")


HIRES = (Continuation.HIRED, Continuation.WAGE_SUBSIDY, Continuation.APPRENTICESHIP)


class Party(models.TextChoices):
    """Who signs the agreement (evidence anchors-systems 11.2: three parties)."""

    PARTICIPANT = "participant", _("participant")
    EMPLOYER = "employer", _("workplace")
    AUTHORITY = "authority", _("authority")


class SigningMethod(models.TextChoices):
    LINK = "link", _("by link")
    ACCOUNT = "account", _("signed in")
    PAPER = "paper", _("on paper")


class WorkplacePurpose(models.TextChoices):
    """What one link without an account opens; each its own link. Values are the purposes of the tokens."""

    SIGN = "employer.sign", _("signing the agreement")
    HOURS = "employer.hours", _("the days at work, and concerns")
    FEEDBACK = "employer.feedback", _("feedback")
    BRIEF = "employer.brief", _("who is coming")


class VisitKind(models.TextChoices):
    OPENING = "opening", _("opening talk")
    FIRST_WEEK = "first_week", _("visit of the first week")
    WEEKLY = "weekly", _("weekly visit")
    EXTRA = "extra", _("extra visit")
    CLOSING = "closing", _("closing talk")


class VisitState(models.TextChoices):
    PLANNED = "planned", _("planned")
    DONE = "done", _("held")
    CANCELLED = "cancelled", _("cancelled")


class VisitChannel(models.TextChoices):
    ON_SITE = "on_site", _("at the workplace")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")


class CheckValue(models.TextChoices):
    """How one of the four checks stands (evidence 003 3D)."""

    OK = "ok", _("in order")
    ATTENTION = "attention", _("needs attention")
    NOT = "not", _("not so")


class VisitCheck(models.TextChoices):
    """The four checks of a visit (evidence 003 F12). Values end the names of Visit's fields."""

    WORK = "work", _("the work goes well")
    LEARNING = "learning", _("learning happens")
    COOPERATION = "cooperation", _("the cooperation works")
    TERMS = "terms", _("what was agreed is kept")


class ConcernSource(models.TextChoices):
    GUIDE = "guide", _("the workplace")
    PARTICIPANT = "participant", _("the participant")
    STAFF = "staff", _("ours")


class FeedbackItem(models.TextChoices):
    """The ten things that the workplace is asked about, each 1 to 5 or not seen. They are about work that a
    guide can see (issue 4: at most ten; evidence 003 3E), none about health or the person's character."""

    ON_TIME = "on_time", _("Came on time and told when not")
    INSTRUCTIONS = "instructions", _("Followed the instructions")
    CARE = "care", _("Did the work with care")
    INITIATIVE = "initiative", _("Began work without being told")
    LEARNING = "learning", _("Learned new things")
    TOGETHER = "together", _("Got on with the people at work")
    CUSTOMERS = "customers", _("Got on with customers")
    PACE = "pace", _("Kept up a steady pace")
    START_INFO = "start_info", _("We knew enough before the start")
    CONTACT = "contact", _("The organisation kept in touch well")


class TakeAgain(models.TextChoices):
    YES = "yes", _("yes")
    MAYBE = "maybe", _("maybe")
    NO = "no", _("no")
    NO_ROOM = "no_room", _("gladly, but there is no room")


class FeedbackChannel(models.TextChoices):
    LINK = "link", _("by link")
    PHONE = "phone", _("on the phone")
    PAPER = "paper", _("on paper")


class BriefState(models.TextChoices):
    DRAFT = "draft", _("being written")
    APPROVED = "approved", _("approved by the participant")
    DECLINED = "declined", _("the participant wants no brief")
    WITHDRAWN = "withdrawn", _("withdrawn")


class BriefDelivery(models.TextChoices):
    """How a brief reached the employer."""

    EMAIL = "email", _("by a link in an e-mail")
    LINK = "link", _("by a link that was told or printed")
    PAPER = "paper", _("on paper")
