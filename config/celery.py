"""Celery's way in: `celery --app config.celery worker`."""

import os

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("valmennuskuukausi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def use_djangos_logging(**_kwargs):
    """Celery keeps its hands off: the settings' LOGGING holds for workers too."""


@beat_init.connect
def ask_for_a_heartbeat(**_kwargs):
    """Health need not wait for beat's first round."""
    app.send_task("core.tasks.note_worker_heartbeat")


@worker_ready.connect
def pick_up_what_was_left(**_kwargs):
    """A worker that starts first looks for work whose worker was killed."""
    app.send_task("core.tasks.requeue_expired_work")
