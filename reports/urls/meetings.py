"""Addresses of the discussion of three: decision, aftercare, need of a health check."""

from django.urls import path

from reports.views import meetings

PERSON = "people/<int:enrolment_id>/"

urlpatterns = [
    path(f"{PERSON}meeting/", meetings.meeting, name="meeting"),
    path(f"{PERSON}meeting/next-version/", meetings.next_version, name="meeting-next-version"),
    path(f"{PERSON}health-need/", meetings.health_need, name="health-need"),
    path("inbox/<int:summary_id>/decision/", meetings.officer_decision, name="officer-decision"),
]
