"""Addresses of employers."""

app_name = "employers"
urlpatterns: list = []
