from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoachingConfig(AppConfig):
    name = "coaching"
    verbose_name = "coaching"

    def ready(self) -> None:
        from accounts.enums import Role
        from coaching.access import people_of_own_months
        from coaching.panels import month_panel
        from core import navigation
        from core.registry import (
            audit_sentences,
            home_pages,
            participant_panels,
            participant_visibility,
        )

        participant_visibility.add(people_of_own_months)
        participant_panels.add(month_panel)
        home_pages.add((Role.COACH, "coaching:today"))
        home_pages.add((Role.MANAGER, "coaching:month-list"))
        navigation.add(
            "months",
            _("Months"),
            "coaching:month-list",
            roles={Role.COACH, Role.COORDINATOR, Role.TE_OFFICER, Role.MANAGER},
            order=20,
            icon="calendar",
        )
        navigation.add(
            "programmes",
            _("Programmes"),
            "coaching:programme-list",
            roles={Role.COACH, Role.MANAGER, Role.ADMIN},
            order=60,
            icon="list",
        )
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
                "programme.created": _("Made a programme"),
                "programme.edited": _("Edited a programme"),
                "programme.version_made": _("Made a new version of a programme"),
                "programme.copied": _("Copied a programme for a month"),
                "month.created": _("Made a month"),
                "month.edited": _("Edited a month"),
                "month.handed_over": _("Handed a month over"),
                "month.cancelled": _("Called a month off"),
                "month.closed": _("Closed a month"),
                "month.reopened": _("Opened a month again"),
                "month.grid_viewed": _("Opened the attendance of a month"),
                "session.edited": _("Edited a session"),
                "session.cancelled": _("Called a session off"),
                "session.restored": _("Planned a session again"),
                "substitution.added": _("Added a substitute"),
                "substitution.removed": _("Removed a substitute"),
                "enrolment.added": _("Took a person into the group"),
                "enrolment.queued": _("Put a person on the waiting list"),
                "enrolment.moved_from_waiting_list": _("Gave a place from the waiting list"),
                "enrolment.removed": _("Took a person off the group"),
                "enrolment.first_day_changed": _("Corrected a first day"),
                "enrolment.ended_early": _("Recorded that the month ended early"),
                "enrolment.ending_recorded": _("Recorded how the month ended"),
                "proposal.recorded": _("Recorded a proposal for a decision"),
            }
        )
