"""Addresses of the selection before a month."""

from django.urls import path

from coaching.views import selection

urlpatterns = [
    path("months/<int:pk>/selection/", selection.selection, name="selection"),
    path("months/<int:pk>/selection/new/", selection.selection_add, name="selection-add"),
    path("months/<int:pk>/selection/<int:selection_pk>/", selection.selection_edit, name="selection-edit"),
    path(
        "months/<int:pk>/information-events/new/", selection.information_event, name="information-event-add"
    ),
    path(
        "months/<int:pk>/information-events/<int:event_pk>/",
        selection.information_event,
        name="information-event-edit",
    ),
    path(
        "months/<int:pk>/information-events/<int:event_pk>/remove/",
        selection.information_event_remove,
        name="information-event-remove",
    ),
]
