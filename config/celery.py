"""Celery's way in: `celery --app config.celery worker`."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("valmennuskuukausi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def use_djangos_logging(**_kwargs):
    """Celery keeps its hands off: the settings' LOGGING holds for workers too."""
