"""Addresses of visits, talks, concerns, the plan of a visit day."""

from django.urls import path

from employers.views import opening_talk, visit, visit_day

urlpatterns: list = [
    path("visits/day/", visit_day.visit_day, name="visit-day"),
    path("visits/day/print/", visit_day.visit_day_print, name="visit-day-print"),
    path("visits/day/authority/", visit_day.visit_day_authority, name="visit-day-authority"),
    path("visits/together/", visit_day.joint_visit_list, name="joint-visits"),
    path("visits/<int:pk>/", visit.visit, name="visit"),
    path("visits/<int:pk>/record/", visit.visit_record, name="visit-record"),
    path("visits/<int:pk>/day/", visit.visit_move, name="visit-move"),
    path("visits/<int:pk>/cancel/", visit.visit_cancel, name="visit-cancel"),
    path("placements/<int:pk>/visits/new/", visit.visit_extra, name="visit-extra"),
    path("placements/<int:pk>/visits/no-opening/", opening_talk.no_opening_talk, name="no-opening-talk"),
    path("placements/<int:pk>/visits/plan/", visit.visit_plan, name="visit-plan"),
]
