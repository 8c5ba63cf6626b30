"""Jobs of employers. Ids only, and running one twice does no harm."""

from celery import shared_task

from core import clock
from employers.services import employer_lists
from employers.services.agreement import make_agreement_file
from employers.services.brief_file import make_brief_file
from employers.services.find_place import keep_find_place_tasks


@shared_task(acks_late=True, soft_time_limit=60, time_limit=80)
def make_agreement(*, agreement_file_id: int) -> None:
    """Make the PDF of one asked-for agreement; its lease outlives the time limit."""
    make_agreement_file(agreement_file_id=agreement_file_id, now=clock.now(), today=clock.today())


@shared_task(acks_late=True, soft_time_limit=60, time_limit=80)
def make_brief_pdf(*, brief_file_id: int) -> None:
    """Make the PDF of one asked-for candidate brief; its lease outlives the time limit."""
    make_brief_file(brief_file_id=brief_file_id, now=clock.now())


@shared_task
def drop_expired_employer_lists() -> None:
    """Uploaded lists of employers that nobody decided within a day are dropped with their rows."""
    employer_lists.drop_expired_employer_lists(now=clock.now())


@shared_task(acks_late=True, soft_time_limit=60, time_limit=80)
def find_places() -> None:
    """Each morning: whoever has no place after the own search becomes the coordinator's task."""
    keep_find_place_tasks(today=clock.today(), now=clock.now())
