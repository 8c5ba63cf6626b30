"""Addresses of the daily log."""

from django.urls import path

from coaching.views import daily_log

urlpatterns = [
    path("sessions/<int:pk>/log/", daily_log.daily_log, name="daily-log"),
    path("sessions/<int:pk>/log/draft/", daily_log.daily_log_draft, name="daily-log-draft"),
    path(
        "sessions/<int:pk>/log/draft/discard/",
        daily_log.daily_log_draft_discard,
        name="daily-log-draft-discard",
    ),
]
