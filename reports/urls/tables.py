"""Addresses of the attendance, group and work-trial reports."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
