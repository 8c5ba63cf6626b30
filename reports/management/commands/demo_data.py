"""`manage.py demo_data`: invented people in an empty database; `--bulk` for the benchmarks."""

import os
import secrets
import time

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.errors import DomainError
from reports.demo.build import build_demo
from reports.demo.bulk import build_bulk
from reports.demo.summaries import release_finished_month


class Command(BaseCommand):
    help = "Load invented demo data, dated around today, into an empty database."

    def add_arguments(self, parser):
        parser.add_argument("--participants", type=int, default=28, help="how many people (default 28)")
        parser.add_argument(
            "--bulk",
            action="store_true",
            help="make them by SQL, without stories: up to 100 000 people with 4 million marks",
        )

    def handle(self, *args, participants: int, bulk: bool, **options):
        limit = 100_000
        if not 1 <= participants <= limit:
            raise CommandError(f"--participants takes 1 to {limit}, not {participants}.")
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        began = time.perf_counter()
        try:
            if bulk:
                made = build_bulk(today=clock.today(), participants=participants, password=password)
            else:
                made = build_demo(today=clock.today(), participants=participants, password=password)
        except DomainError as error:
            raise CommandError(str(error)) from error
        seconds = time.perf_counter() - began
        figures = ", ".join(f"{count} {noun}" for noun, count in made.items())
        self.stdout.write(f"{figures} in {seconds:.1f} s ({participants / seconds:.0f} people a second)")
        if not bulk:
            released = release_finished_month(today=clock.today())
            self.stdout.write(f"{released} summaries of the finished month released")
        if not os.environ.get("DEMO_PASSWORD"):
            self.stdout.write(f"password of all demo accounts: {password}")
