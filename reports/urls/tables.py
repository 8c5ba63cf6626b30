"""Addresses of the attendance, group and work-trial reports."""

from django.urls import path

from reports.views import period_tables, tables

urlpatterns = [
    path("lists/", tables.report_index, name="report-index"),
    path("lists/attendance/<int:month_id>/", tables.attendance, name="attendance"),
    path("lists/attendance/<int:month_id>/file/", tables.attendance_file, name="attendance-file"),
    path("lists/groups/", period_tables.groups, name="groups"),
    path("lists/groups/file/", period_tables.groups_file, name="groups-file"),
    path("lists/work-trials/", period_tables.trials, name="trial-report"),
    path("lists/work-trials/file/", period_tables.trials_file, name="trial-report-file"),
]
