"""Addresses of the team: kick-off and handover."""

from django.urls import path

from coaching.views import handover, kick_off

urlpatterns = [
    path("months/<int:pk>/handover/", handover.handover, name="handover"),
    path(
        "months/<int:pk>/substitutes/<int:substitution_pk>/",
        handover.substitution_edit,
        name="substitution-edit",
    ),
    path("months/<int:pk>/kick-off/", kick_off.kick_off, name="kick-off"),
    path("months/<int:pk>/kick-off/edit/", kick_off.kick_off_edit, name="kick-off-edit"),
    path("months/<int:pk>/kick-off/check/", kick_off.kick_off_check, name="kick-off-check"),
]
