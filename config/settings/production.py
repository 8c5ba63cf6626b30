"""Production: refuses to start without its secrets; passes `check --deploy --fail-level WARNING`."""

import sys

from config.env import database_from_url, env_bool, env_int, env_list, env_str, runs_as_owner
from config.settings.base import *  # noqa: F403

SECRET_KEY = env_str("SECRET_KEY")
FIELD_ENCRYPTION_KEYS = env_list("FIELD_ENCRYPTION_KEYS") or [env_str("FIELD_ENCRYPTION_KEYS")]
FIELD_HASH_KEY = env_str("FIELD_HASH_KEY")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or [env_str("ALLOWED_HOSTS")]
# the application's role cannot rewrite the audit trail; migrate and grant_app_role run as the owner
_app_database = database_from_url(env_str("DATABASE_URL"))
_owner_url = env_str("DATABASE_OWNER_URL", "")
DATABASES = {
    "default": database_from_url(_owner_url) if _owner_url and runs_as_owner(sys.argv) else _app_database
}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", "5")
DATABASE_APP_ROLE = env_str("DATABASE_APP_ROLE", _app_database["USER"])
DATABASE_APP_PASSWORD = _app_database["PASSWORD"]
CELERY_BROKER_URL = env_str("REDIS_URL")
REDIS_URL = CELERY_BROKER_URL
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
PUBLIC_ADDRESS = env_str("PUBLIC_ADDRESS")

EMAIL_HOST = env_str("EMAIL_HOST")
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20

SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env_int("SECURE_HSTS_SECONDS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
