"""Addresses behind the links of workplaces and authorities, under `w/` (employers/links.py)."""

from django.urls import path

from employers.views import guide, workplace_brief

app_name = "workplace"
urlpatterns = [
    path("hours/<str:secret>/", guide.hours, name="hours"),
    path("hours/<str:secret>/concern/", guide.concern, name="concern"),
    path("brief/<str:secret>/", workplace_brief.brief, name="brief"),
]
