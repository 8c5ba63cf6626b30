"""Addresses of what a workplace is told, behind the participant's personal link, under `o/`."""

from django.urls import path

from employers.views import own_briefs

app_name = "own_briefs"
urlpatterns = [
    path("workplaces/", own_briefs.workplaces, name="workplaces"),
    path("workplaces/<int:pk>/", own_briefs.workplace, name="workplace"),
    path("workplaces/<int:pk>/answer/", own_briefs.answer, name="answer"),
    path("workplaces/<int:pk>/none/", own_briefs.no_brief, name="no-brief"),
]
