"""`manage.py update_catalogues` (`make messages`): new messages of the sources enter the catalogues."""

from django.conf import settings
from django.core.management.base import BaseCommand

from core.catalogues import TRANSLATED, compile_catalogue, source_messages, update_catalogue


class Command(BaseCommand):
    help = "Update locale/*/django.po from the sources and templates, sorted, without line numbers."
    requires_system_checks = ()

    def handle(self, *args, **options):
        sources = source_messages(settings.BASE_DIR)
        for language in TRANSLATED:
            new, gone = update_catalogue(language, sources)
            compile_catalogue(language)
            self.stdout.write(f"{language}: {new} new, {gone} gone")
