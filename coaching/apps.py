from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoachingConfig(AppConfig):
    name = "coaching"
    verbose_name = "coaching"

    def ready(self) -> None:
        from accounts.enums import Role
        from coaching.access import people_of_own_months
        from coaching.own.register import register_own_pages
        from coaching.pages.pre_assignment_card import register_pre_assignment_card
        from coaching.pages.pre_assignments import pre_assignment_lines
        from coaching.pages.profile_cards import register_profile_cards
        from coaching.pages.today_sources import certificate_lines, step_lines
        from coaching.panels import month_panel
        from coaching.registrations import register_profile
        from coaching.trail import AUDIT_SENTENCES
        from core import navigation
        from core.registry import (
            audit_sentences,
            home_pages,
            participant_panels,
            participant_visibility,
            today_sources,
        )

        participant_visibility.add(people_of_own_months)
        register_own_pages()
        participant_panels.add(month_panel)
        today_sources.add(step_lines)
        today_sources.add(certificate_lines)
        today_sources.add(pre_assignment_lines)
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
        audit_sentences.update(AUDIT_SENTENCES)
        register_pre_assignment_card()
        register_profile_cards()
        register_profile()
