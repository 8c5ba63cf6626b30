"""Addresses of the work trial behind the participant's personal link, under `o/`."""

from django.urls import path

from employers.views import own_trial

app_name = "own_trial"
urlpatterns = [
    path("trial/", own_trial.trial, name="trial"),
    path("trial/<int:pk>/concern/", own_trial.concern, name="concern"),
    path("trial/<int:pk>/feedback/<int:feedback_pk>/", own_trial.feedback_answer, name="feedback-answer"),
]
