"""Addresses of the register beyond one employer: lists taken in, duplicates, merging, printing."""

urlpatterns: list = []
