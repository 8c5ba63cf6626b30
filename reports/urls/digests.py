"""Addresses of the office digest."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
