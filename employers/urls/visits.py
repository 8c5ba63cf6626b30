"""Addresses of visits, talks, concerns, the plan of a visit day."""

urlpatterns: list = []
