"""A real worker beside a test: the test's database, a Redis and a folder of its own, a short lease."""

import os

from config.settings.test import *  # noqa: F403

CELERY_BROKER_URL = os.environ["WORKER_BROKER_URL"]
STORAGES["default"] = {  # noqa: F405
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": os.environ["WORKER_FILES"], "base_url": None},
}
