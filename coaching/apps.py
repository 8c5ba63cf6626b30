from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "coaching"
    verbose_name = "coaching"

    def ready(self) -> None:
        from coaching.access import people_of_own_months
        from core.registry import participant_visibility

        participant_visibility.add(people_of_own_months)
