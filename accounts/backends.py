"""Logging in by e-mail, whatever its letter case."""

from django.contrib.auth.backends import ModelBackend


class EmailBackend(ModelBackend):
    """Django's own backend; the manager looks the address up in lower case. One query for the user."""
