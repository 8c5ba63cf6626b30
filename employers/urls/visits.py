"""Addresses of visits, talks, concerns, the plan of a visit day."""

from django.urls import path

from employers.views import visit

urlpatterns: list = [
    path("visits/<int:pk>/", visit.visit, name="visit"),
    path("visits/<int:pk>/record/", visit.visit_record, name="visit-record"),
    path("visits/<int:pk>/day/", visit.visit_move, name="visit-move"),
    path("visits/<int:pk>/cancel/", visit.visit_cancel, name="visit-cancel"),
    path("placements/<int:pk>/visits/new/", visit.visit_extra, name="visit-extra"),
    path("placements/<int:pk>/visits/plan/", visit.visit_plan, name="visit-plan"),
]
