from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoachingConfig(AppConfig):
    name = "coaching"
    verbose_name = "coaching"

    def ready(self) -> None:
        from accounts.enums import Role
        from coaching.access import people_of_own_months
        from core import navigation
        from core.registry import audit_sentences, home_pages, participant_visibility

        participant_visibility.add(people_of_own_months)
        home_pages.add((Role.COACH, "coaching:today"))
        navigation.add("today", _("Today"), "coaching:today", roles={Role.COACH}, order=10, icon="home")
        audit_sentences.update(
            {
                "goal.written": _("Wrote a goal"),
                "discussion.recorded": _("Recorded a discussion"),
                "discussion.planned": _("Planned a discussion"),
                "areas.assessed": _("Assessed areas of employability"),
                "action_step.saved": _("Saved a next step"),
                "action_step.done": _("Marked a next step done"),
                "action_step.reopened": _("Opened a next step again"),
                "action_step.removed": _("Removed a next step"),
                "session.logged": _("Saved a daily log"),
                "session.not_arranged": _("Recorded that a session was not arranged"),
                "session.log_viewed": _("Opened a daily log"),
                "proposal.recorded": _("Recorded a proposal for a decision"),
            }
        )
