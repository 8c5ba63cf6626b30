"""Addresses of the attendance, group and work-trial reports."""

from django.urls import path

from reports.views import tables

urlpatterns = [
    path("lists/", tables.report_index, name="report-index"),
    path("lists/attendance/<int:month_id>/", tables.attendance, name="attendance"),
    path("lists/attendance/<int:month_id>/file/", tables.attendance_file, name="attendance-file"),
]
