"""`manage.py check_translations`: fails while one message lacks its Finnish or Swedish."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.catalogues import TRANSLATED, faults_of, source_messages


class Command(BaseCommand):
    help = "Fail unless every message of the sources is translated into Finnish and Swedish."
    requires_system_checks = ()

    def handle(self, *args, **options):
        sources = source_messages(settings.BASE_DIR)
        faults = [fault for language in TRANSLATED for fault in faults_of(language, sources)]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} messages are not ready in the catalogues. Try: make messages")
        self.stdout.write(f"{len(sources)} messages, complete in {' and '.join(TRANSLATED)}")
