"""A period end on servers of its own: `python -m tests.support.drill prepare 10`, then `press MONTH`.

Run beside a test that stops and starts these servers, so it is a process by itself: TEST_DATABASE_URL and
WORKER_BROKER_URL say where they are. Prints one id.
"""

from __future__ import annotations

import os
import sys


def main(task: str, number: int) -> int:
    """`prepare` makes the tables and a month of `number` people ready to be summed up; `press` presses the
    button of the month `number`, as its coach does in the browser. The id of the month or period end."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.support.worker_settings"
    import django

    django.setup()
    return _prepare(number) if task == "prepare" else _press(number)


def _prepare(people: int) -> int:
    from django.core.management import call_command

    from tests.support import factories
    from tests.support.summaries import make_whole

    call_command("migrate", verbosity=0)
    month = factories.MonthFactory()
    for _n in range(people):
        make_whole(factories.EnrolmentFactory(month=month), days=2)
    return month.pk


def _press(month_id: int) -> int:
    from coaching.models import CoachingMonth
    from reports.services.period_end import start_period_end

    coach = CoachingMonth.objects.select_related("coach").get(pk=month_id).coach
    return start_period_end(actor=coach, month_id=month_id).pk


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
