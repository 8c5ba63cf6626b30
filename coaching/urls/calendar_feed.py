"""Addresses of the calendar feed."""

from django.urls import path

from coaching.views import calendar_feed

urlpatterns = [
    path("calendar/", calendar_feed.calendar_feed, name="calendar-feed"),
    path("calendar/revoke/", calendar_feed.calendar_feed_revoke, name="calendar-feed-revoke"),
    path("calendar/<str:secret>/", calendar_feed.calendar_feed_file, name="calendar-file"),
]
