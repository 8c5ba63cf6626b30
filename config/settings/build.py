"""For building the image: static files and catalogues need settings, but no secret and no server."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = "only-while-building-" + "x" * 40
FIELD_ENCRYPTION_KEYS: list[str] = []
FIELD_HASH_KEY = ""
DATABASES: dict = {}
