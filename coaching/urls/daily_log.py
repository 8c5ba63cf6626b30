"""Addresses of the daily log."""

urlpatterns: list = []
