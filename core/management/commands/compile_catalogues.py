"""`manage.py compile_catalogues`: what translators wrote becomes what the program reads."""

from django.core.management.base import BaseCommand

from core.catalogues import TRANSLATED, compile_catalogue


class Command(BaseCommand):
    help = "Compile the message catalogues (.po to .mo) without system gettext."
    requires_system_checks = ()

    def handle(self, *args, verbosity: int, **options):
        for language in TRANSLATED:
            if compile_catalogue(language) and verbosity:
                self.stdout.write(f"compiled {language}")
