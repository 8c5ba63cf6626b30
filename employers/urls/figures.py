"""Addresses of the figures of the desk."""

urlpatterns: list = []
