"""Addresses of one person in a month."""

urlpatterns: list = []
