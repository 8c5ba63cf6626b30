from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = "participants"

    def ready(self) -> None:
        from core.registry import participant_visibility
        from participants.access import referred_people

        participant_visibility.add(referred_people)
