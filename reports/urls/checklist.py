"""Addresses of the checklist."""

from django.urls import path

from reports.views import checklist

urlpatterns = [
    path("months/<int:month_id>/checklist/", checklist.month, name="month-checklist"),
    path("people/<int:enrolment_id>/checklist/", checklist.person, name="person-checklist"),
]
