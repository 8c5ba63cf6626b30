"""`read_bounce < report.eml`: for a mail server that hands each returned mail to a program."""

import sys

from django.core.management.base import BaseCommand

from core.bounces import note_bounce


class Command(BaseCommand):
    help = "Read one returned mail from standard input and mark the mail that it tells of."

    def handle(self, *args, **options):
        mail = note_bounce(sys.stdin.buffer.read())
        self.stdout.write("nothing of ours" if mail is None else f"mail {mail.pk} came back")
