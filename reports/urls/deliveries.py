"""Addresses of releases to an office, with the link and code."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
