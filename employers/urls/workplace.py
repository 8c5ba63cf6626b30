"""Addresses behind the links of workplaces and authorities, under `w/` (employers/links.py)."""

app_name = "workplace"
urlpatterns: list = []
