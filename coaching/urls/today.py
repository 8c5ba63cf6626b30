"""Addresses of the Today page."""

from django.urls import path

from coaching.views import today

urlpatterns = [path("today/", today.today, name="today")]
