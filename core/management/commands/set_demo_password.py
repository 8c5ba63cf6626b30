"""`manage.py set_demo_password`: the demo's accounts follow DEMO_PASSWORD."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError

from core.embedded.accounts import DEMO_ACCOUNTS


class Command(BaseCommand):
    help = "Set the password of the five demo accounts to DEMO_PASSWORD."

    def handle(self, *args, **options):
        if not settings.IS_DEMO:
            raise CommandError("This is not the demo.")
        users = get_user_model().objects.filter(email__in=[email for email, _role in DEMO_ACCOUNTS])
        users.update(password=make_password(settings.DEMO_PASSWORD))
