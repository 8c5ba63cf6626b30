"""Addresses of months, their sessions and people."""

urlpatterns: list = []
