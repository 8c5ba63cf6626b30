"""Addresses of requests for own data."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
