"""Addresses of candidate briefs."""

urlpatterns: list = []
