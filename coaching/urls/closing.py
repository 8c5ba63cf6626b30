"""Addresses of closing a month."""

urlpatterns: list = []
