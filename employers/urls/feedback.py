"""Addresses of workplaces' feedback."""

from django.urls import path

from employers.views import feedback

urlpatterns = [
    path("placements/<int:pk>/feedback/", feedback.feedback_ask, name="feedback-ask"),
    path("placements/<int:pk>/feedback/new/", feedback.feedback_record, name="feedback-new"),
    path("placements/<int:pk>/feedback/<int:feedback_pk>/", feedback.feedback_record, name="feedback-record"),
    path(
        "placements/<int:pk>/feedback/<int:feedback_pk>/link/", feedback.feedback_link, name="feedback-link"
    ),
]
