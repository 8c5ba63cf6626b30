"""The demo and the command line without set-up: everything local, secrets made once, mail kept on a page.

With no DATABASE_URL the embedded PostgreSQL is used, with no REDIS_URL the embedded Redis; `core.embedded`
starts them. These settings only say where they are.
"""

import socket
import sys

from config.env import database_from_url, env_list, env_str, runs_as_owner
from config.settings.base import *  # noqa: F403
from core.embedded import DATA_DIR, places_for, postgres
from core.embedded.address import EVERYWHERE, local_address
from core.embedded.secrets import fernet_key, kept_secret, password, random_text

IS_DEMO = True
TEMPORARY_HETU_ALLOWED = True  # invented people have codes of the 900-series
SECRETS_DIR = VAR_DIR / "secrets"  # noqa: F405
SECRET_KEY = env_str("SECRET_KEY", "") or kept_secret(SECRETS_DIR, "secret_key", random_text)
FIELD_ENCRYPTION_KEYS = env_list("FIELD_ENCRYPTION_KEYS") or [
    kept_secret(SECRETS_DIR, "field_encryption_key", fernet_key)
]
FIELD_HASH_KEY = env_str("FIELD_HASH_KEY", "") or kept_secret(SECRETS_DIR, "field_hash_key", random_text)
DEMO_PASSWORD = env_str("DEMO_PASSWORD", "") or kept_secret(SECRETS_DIR, "demo_password", password)

HOST = env_str("HOST", "127.0.0.1")
PORT = env_str("PORT", "8000")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env_list("ALLOWED_HOSTS")]
if HOST in EVERYWHERE:
    ALLOWED_HOSTS += [socket.gethostname(), *socket.gethostbyname_ex(socket.gethostname())[2]]
else:
    ALLOWED_HOSTS.append(HOST)
PUBLIC_ADDRESS = env_str("PUBLIC_ADDRESS", local_address(HOST, PORT))

_role = postgres.OWNER if runs_as_owner(sys.argv) else postgres.APP_ROLE
_database_url = env_str("DATABASE_URL", "") or places_for(DATA_DIR).database_url(_role, postgres.DATABASE)
DATABASES = {"default": database_from_url(_database_url)}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASE_APP_ROLE = env_str("DATABASE_APP_ROLE", postgres.APP_ROLE)
DATABASE_APP_PASSWORD = ""

REDIS_URL = env_str("REDIS_URL", "") or places_for(DATA_DIR).redis_url
CELERY_BROKER_URL = env_str("REDIS_URL", "") or places_for(DATA_DIR).broker_url
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

EMAIL_BACKEND = "core.mail.DemoMailboxBackend"
