"""Tests: the database's owner, no broker, no mail, quick passwords, fixed keys.

The database is a throw-away one that `tests/support/servers.py` starts, unless TEST_DATABASE_URL is given.
"""

from config.env import database_from_url, env_str
from config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests-" + "x" * 50
FIELD_ENCRYPTION_KEYS = ["dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="]
FIELD_HASH_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {
    "default": database_from_url(
        env_str("TEST_DATABASE_URL", "postgresql://valmennus_owner@/valmennuskuukausi?host=/nowhere")
    )
}
DATABASE_APP_ROLE = "valmennus_app"
DATABASE_APP_PASSWORD = ""

# deliberately broken: a test that leans on a broker fails
CELERY_BROKER_URL = "redis://broken.invalid:1"
CELERY_TASK_ALWAYS_EAGER = False
REDIS_URL = CELERY_BROKER_URL
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING["root"]["level"] = "WARNING"  # noqa: F405
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
TEMPORARY_HETU_ALLOWED = True
