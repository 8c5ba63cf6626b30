"""Addresses of the group and its waiting list."""

from django.urls import path

from coaching.views import enrolments

PERSON = "months/<int:pk>/people/<int:enrolment_pk>/"

urlpatterns = [
    path("months/<int:pk>/enrol/", enrolments.enrol, name="enrol"),
    path(f"{PERSON}move-in/", enrolments.enrolment_move_in, name="enrolment-move-in"),
    path(f"{PERSON}remove/", enrolments.enrolment_remove, name="enrolment-remove"),
    path(f"{PERSON}first-day/", enrolments.enrolment_first_day, name="enrolment-first-day"),
]
