"""Addresses of the month behind the personal link, under `o/`."""

from django.urls import path

from coaching.views import own_goal

app_name = "own_month"
urlpatterns = [
    path("goal/", own_goal.goal, name="goal"),
    path("goal/draft/", own_goal.goal_draft, name="goal-draft"),
]
