from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "employers"
    verbose_name = "employers"

    def ready(self) -> None:
        from core.registry import (
            WayOut,
            anonymisers,
            audit_sentences,
            desk_sources,
            participant_panels,
            person_sections,
            situation_notes,
            timeline_sources,
            ways_out,
            work_spells,
        )
        from core.tasks import requeuers
        from employers import trail, trail_trials
        from employers.pages import desk_lines
        from employers.registrations import (
            anonymise_placements,
            earlier_trials_section,
            placement_notes,
            placement_panel,
            placement_section,
            placement_timeline,
            trial_spells,
        )
        from employers.registrations_brief import register_briefs
        from employers.registrations_guide import register_guide
        from employers.registrations_lead import register_leads
        from employers.registrations_signing import register_signing
        from employers.registrations_visit import register_visits
        from employers.services.agreement import WAY_OUT, requeue_agreement_files
        from participants.enums import ConsentItem, ConsentRecipient

        self._add_navigation()
        ways_out.add(WayOut(WAY_OUT, ConsentRecipient.EMPLOYER, (ConsentItem.CONTACT,)))
        participant_panels.add(placement_panel)
        timeline_sources.add(placement_timeline)
        person_sections.add(placement_section)
        person_sections.add(earlier_trials_section)
        anonymisers.add(anonymise_placements)
        situation_notes.add(placement_notes)
        work_spells.add(trial_spells)
        desk_sources.add(desk_lines.call_lines)
        desk_sources.add(desk_lines.task_lines)
        desk_sources.add(desk_lines.quiet_lines)
        desk_sources.add(desk_lines.starting_lines)
        desk_sources.add(desk_lines.talk_lines)
        desk_sources.add(desk_lines.without_place_lines)
        desk_sources.add(desk_lines.ending_lines)
        requeuers.add(requeue_agreement_files)
        audit_sentences.update(trail.AUDIT_SENTENCES)
        audit_sentences.update(trail_trials.AUDIT_SENTENCES)
        register_leads()
        register_signing()
        register_guide()
        register_briefs()
        register_visits()

    def _add_navigation(self) -> None:
        """The sections of the menu, and the coordinator's first page."""
        from django.utils.translation import gettext_lazy as _

        from accounts.enums import Role
        from core import navigation
        from core.registry import home_pages

        home_pages.add((Role.COORDINATOR, "employers:desk"))
        readers = {Role.COACH.value, Role.COORDINATOR.value, Role.MANAGER.value}
        navigation.add("desk", _("My desk"), "employers:desk", {Role.COORDINATOR.value}, 10, "home")
        navigation.add("employers", _("Employers"), "employers:register", readers, 50, "building")
        navigation.add(
            "placements",
            _("Work trials"),
            "employers:placements",
            {Role.COACH.value, Role.COORDINATOR.value},
            60,
            "handshake",
        )
