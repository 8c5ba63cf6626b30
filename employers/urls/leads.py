"""Addresses of needs and leads."""

urlpatterns: list = []
