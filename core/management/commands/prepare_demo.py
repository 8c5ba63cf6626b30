"""`manage.py prepare_demo`: everything between an empty folder and a demo that can start."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Bring the demo's tables, rights, catalogues and static files up to date. Quick when they are."

    def handle(self, *args, **options):
        if not settings.IS_DEMO:
            raise CommandError("This is not the demo.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("grant_app_role", verbosity=0)
        call_command("compile_catalogues", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
