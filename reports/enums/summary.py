"""Codes of the summary (te-summary.md, states). Values are stable, labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SummaryState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PARTICIPANT_REVIEW = "participant_review", _("with the participant")
    APPROVED = "approved", _("approved")
    RELEASED = "released", _("released")
    SUPERSEDED = "superseded", _("superseded")


IN_WORK = (SummaryState.DRAFT, SummaryState.PARTICIPANT_REVIEW, SummaryState.APPROVED)


class ApprovalMethod(models.TextChoices):
    PAPER = "paper", _("on paper")
    LINK = "link", _("by personal link")
    MEETING = "meeting", _("in the discussion, signed on the spot")


class Block(models.TextChoices):
    """The twelve blocks in the order of te-summary.md; the labels are the headings of the document."""

    BASICS = "basics", pgettext_lazy("summary", "Basic facts")
    START = "start", pgettext_lazy("summary", "Where it began and the own goal")
    HAPPENED = "happened", pgettext_lazy("summary", "What happened in the period")
    CHANGE = "change", pgettext_lazy("summary", "How the chances of employment changed")
    OPINIONS = "opinions", pgettext_lazy("summary", "Three views")
    PLAN = "plan", pgettext_lazy("summary", "What comes next")
    PROPOSAL = "proposal", pgettext_lazy("summary", "Proposed for decision")
    AFTERCARE = "aftercare", pgettext_lazy("summary", "Need of support and aftercare")
    HEALTH = "health", pgettext_lazy("summary", "Health and rehabilitation")
    EMPLOYERS = "employers", pgettext_lazy("summary", "Contacts with employers")
    FINAL = "final", pgettext_lazy("summary", "Final discussion")
    PLAN_TEXT = "plan_text", pgettext_lazy("summary", "Text for the employment plan")


MANDATORY_BLOCKS = (
    Block.BASICS,
    Block.START,
    Block.HAPPENED,
    Block.CHANGE,
    Block.PLAN,
    Block.PROPOSAL,
    Block.FINAL,
)


# what the participant may leave out: everything that a release can do without (te-summary.md, States)
OPTIONAL_BLOCKS = (Block.OPINIONS, Block.AFTERCARE, Block.HEALTH, Block.EMPLOYERS)


class MissingReason(models.TextChoices):
    """Why a block, or a part of it, is empty."""

    NO_GOAL = "no_goal", _("The goal has not been written down yet.")
    NO_SESSION_LOGGED = "no_session_logged", _("No day of the month has been logged yet.")
    NO_WORK_TRIAL = "no_work_trial", _("There was no work trial in this period.")
    NO_ASSESSMENT = "no_assessment", _("The areas have not been assessed yet.")
    NO_DISCUSSION = "no_discussion", _("The final discussion has not been held yet.")
    NO_FEEDBACK = "no_feedback", _("The workplace's assessment has not been asked for in this period.")
    FEEDBACK_ASKED = "feedback_asked", _("The workplace has been asked and has not answered yet.")
    NO_NEXT_STEPS = "no_next_steps", _("The next steps have not been agreed yet.")
    NO_PROPOSAL = "no_proposal", _("No proposal has been recorded yet.")
    NO_AFTERCARE = "no_aftercare", _("No aftercare has been agreed.")
    NO_HEALTH_NEED = "no_health_need", _("No need for further examination has been recorded.")
    NO_EMPLOYERS = "no_employers", _("No workplaces were met in this period.")
    NO_FINAL_DATE = "no_final_date", _("The final discussion has neither been held nor given a date.")


class TextField(models.TextChoices):
    """The free texts that the coach edits on the summary itself."""

    GOAL_CHANGE = "goal_change", _("how the goal changed")
    OVERALL = "overall", _("the change in one sentence")
    AFTERCARE = "aftercare", _("need of support and aftercare")
    PLAN_TEXT = "plan_text", _("text for the employment plan")


TEXT_LIMITS: dict[str, int] = {
    TextField.GOAL_CHANGE: 400,
    TextField.OVERALL: 300,
    TextField.AFTERCARE: 600,
    TextField.PLAN_TEXT: 800,
}
COMMENT_LIMIT = 1000


class FailureCause(models.TextChoices):
    """Why a summary could not be made, in words for staff."""

    TOO_SLOW = "too_slow", _("It took too long. Run it again; if it fails again, shorten very long notes.")
    NO_DATABASE = "no_database", _("The database did not answer. Run it again in a moment.")
    NO_STORAGE = "no_storage", _("The file could not be saved. Check that there is room on the disk.")
    INTERRUPTED = "interrupted", _("The work was interrupted again and again. Run it again.")
    LEFT_THE_GROUP = "left_the_group", _("The person is no longer in the group.")
    NO_RIGHT = "no_right", _("The one who started it is no longer the coach of this month.")
    UNEXPECTED = (
        "unexpected",
        _("An unexpected fault. Run it again, or give the support the number beside it."),
    )
