"""Addresses of workplaces' feedback."""

urlpatterns: list = []
