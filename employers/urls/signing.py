"""Addresses of the signing of agreements."""

urlpatterns: list = []
