"""Addresses of the contact log and the tasks of the desk."""

urlpatterns: list = []
