"""Addresses of the Today page."""

urlpatterns: list = []
