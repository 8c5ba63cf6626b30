"""Jobs of coaching. Ids only, and running one twice does no harm."""

from celery import shared_task

from coaching.services.profile_file import make_profile_file
from core import clock


@shared_task(acks_late=True, soft_time_limit=60, time_limit=80)
def make_profile(*, profile_file_id: int) -> None:
    """Make the PDF of one asked-for profile; its lease outlives the time limit."""
    make_profile_file(profile_file_id=profile_file_id, now=clock.now(), today=clock.today())
