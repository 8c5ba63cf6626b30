"""Addresses of months, their sessions and substitutes."""

from django.urls import path

from coaching.views import calendar, months, self_search, sessions

urlpatterns = [
    path("months/", months.month_list, name="month-list"),
    path("months/new/", months.month_create, name="month-create"),
    path("months/<int:pk>/", months.month_detail, name="month-detail"),
    path("months/<int:pk>/calendar/", calendar.month_calendar, name="month-calendar"),
    path("months/<int:pk>/move/", calendar.month_move, name="month-move"),
    path("months/<int:pk>/sessions/new/", calendar.session_add, name="session-add"),
    path("months/<int:pk>/edit/", months.month_edit, name="month-edit"),
    path("months/<int:pk>/own-search/", self_search.self_search, name="self-search"),
    path("months/<int:pk>/hand-over/", months.month_hand_over, name="month-hand-over"),
    path("months/<int:pk>/cancel/", months.month_cancel, name="month-cancel"),
    path("months/<int:pk>/substitutes/new/", sessions.substitution_add, name="substitution-add"),
    path(
        "months/<int:pk>/substitutes/<int:substitution_pk>/remove/",
        sessions.substitution_remove,
        name="substitution-remove",
    ),
    path("sessions/<int:pk>/edit/", sessions.session_edit, name="session-edit"),
    path("sessions/<int:pk>/move/", calendar.session_move, name="session-move"),
    path("sessions/<int:pk>/cancel/", sessions.session_cancel, name="session-cancel"),
    path("sessions/<int:pk>/restore/", sessions.session_restore, name="session-restore"),
]
