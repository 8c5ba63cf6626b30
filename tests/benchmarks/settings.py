"""The tests' settings as production would serve them: collected files, warm templates, kept connections."""

import os

from config.settings.test import *  # noqa: F403

DEBUG = False
DATABASES["default"]["CONN_MAX_AGE"] = None  # noqa: F405
STATIC_ROOT = os.environ.get("BENCH_STATIC_ROOT", STATIC_ROOT)  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "core.static_storage.CompressedManifestStorage"}  # noqa: F405
WHITENOISE_AUTOREFRESH = False
LOGGING["root"]["level"] = "ERROR"  # noqa: F405
