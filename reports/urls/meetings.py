"""Addresses of the discussion of three: decision, aftercare, need of a health check."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
