"""Addresses of the summary behind the personal link, under `o/`."""

from django.urls import path

from reports.views import own_summary

app_name = "own_summary"
urlpatterns = [
    path("summary/", own_summary.own_summary, name="summary"),
    path("summary/plain/", own_summary.own_summary_plain, name="plain"),
    path("summary/draft/", own_summary.own_summary_draft, name="draft"),
]
