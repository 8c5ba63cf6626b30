"""Addresses of the group and its waiting list."""

urlpatterns: list = []
