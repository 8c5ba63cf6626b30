from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = "participants"

    def ready(self) -> None:
        from core import navigation
        from core.registry import (
            LinkPage,
            anonymisers,
            audit_sentences,
            link_pages,
            participant_panels,
            participant_visibility,
            person_sections,
            today_sources,
        )
        from participants import person_data
        from participants.access import referred_people
        from participants.own.cards import information_card
        from participants.pages.personal_link import link_panel, lost_link_lines
        from participants.trail import AUDIT_SENTENCES

        participant_visibility.add(referred_people)
        person_sections.add(person_data.record_section)
        person_sections.add(person_data.referral_section)
        person_sections.add(person_data.consent_section)
        person_sections.add(person_data.certificate_section)
        person_sections.add(person_data.cv_section)
        person_sections.add(person_data.link_section)
        anonymisers.add(person_data.forget_record)
        anonymisers.add(person_data.forget_certificates)
        anonymisers.add(person_data.forget_links)
        participant_panels.add(link_panel)
        today_sources.add(lost_link_lines)
        link_pages.add(LinkPage("information", information_card, order=10))
        navigation.add(
            "referrals",
            _("Referrals"),
            "participants:referral-list",
            roles={"coach", "coordinator", "manager"},
            order=30,
            icon="document",
        )
        navigation.add(
            "participants",
            _("Participants"),
            "participants:participant-list",
            roles={"coach", "coordinator"},
            order=35,
            icon="people",
        )
        audit_sentences.update(AUDIT_SENTENCES)
