from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = "participants"

    def ready(self) -> None:
        from core import navigation
        from core.registry import (
            anonymisers,
            audit_sentences,
            participant_panels,
            participant_visibility,
            person_sections,
        )
        from participants import person_data
        from participants.access import referred_people
        from participants.pages.personal_link import link_panel

        participant_visibility.add(referred_people)
        person_sections.add(person_data.record_section)
        person_sections.add(person_data.referral_section)
        person_sections.add(person_data.consent_section)
        person_sections.add(person_data.link_section)
        anonymisers.add(person_data.forget_record)
        anonymisers.add(person_data.forget_links)
        participant_panels.add(link_panel)
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
        audit_sentences.update(
            {
                "participant.changed": _("Changed a participant's record"),
                "participant.prepared": _("Noted the information sheet or the agreement"),
                "participant.hetu_revealed": _("Looked at a personal identity code"),
                "participant.restricted_opened": _("Opened a protected file with a reason"),
                "link.sent": _("Sent a link to the participant's own pages"),
                "link.printed": _("Printed a link to the participant's own pages"),
                "link.opened": _("Opened the own pages by the personal link"),
                "link.locked": _("A personal link was locked after five wrong tries"),
                "link.revoked": _("Took a personal link back"),
                "consent.given": _("Recorded consents"),
                "consent.revoked": _("Took a consent back"),
                "referral.received": _("Took in a referral"),
                "referral.changed": _("Changed a referral"),
                "referral.moved": _("Moved a referral on"),
                "referral_list.uploaded": _("Sent a referral list to be checked"),
                "referral_list.imported": _("Took in a referral list"),
                "referral_list.discarded": _("Dropped a referral list"),
                "referral_list.failed_rows_downloaded": _("Took the rows to mend as a file"),
            }
        )
