"""Wiring: settings, addresses, server entry points. May import all apps; nobody imports it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
