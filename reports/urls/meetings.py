"""Addresses of the discussion of three: decision, aftercare, need of a health check."""

from django.urls import path

from reports.views import aftercare, meetings

PERSON = "people/<int:enrolment_id>/"
AFTERCARE = f"{PERSON}aftercare/"

urlpatterns = [
    path(f"{PERSON}meeting/", meetings.meeting, name="meeting"),
    path(f"{PERSON}meeting/next-version/", meetings.next_version, name="meeting-next-version"),
    path(f"{PERSON}health-need/", meetings.health_need, name="health-need"),
    path("inbox/<int:summary_id>/decision/", meetings.officer_decision, name="officer-decision"),
    path("inbox/<int:summary_id>/aftercare/", aftercare.officer, name="officer-aftercare"),
    path("aftercare/", aftercare.my_list, name="aftercare-list"),
    path(AFTERCARE, aftercare.aftercare, name="aftercare"),
    path(f"{AFTERCARE}edit/", aftercare.edit, name="aftercare-edit"),
    path(f"{AFTERCARE}approve/", aftercare.approve, name="aftercare-approve"),
    path(f"{AFTERCARE}approve-by-office/", aftercare.approve_by_office, name="aftercare-office"),
    path(f"{AFTERCARE}use/", aftercare.use, name="aftercare-use"),
    path(f"{AFTERCARE}uses/<int:use_id>/take-back/", aftercare.take_back, name="aftercare-take-back"),
]
