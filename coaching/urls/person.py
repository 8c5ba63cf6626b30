"""Addresses of one person in a month."""

from django.urls import path

from coaching.views import person

urlpatterns = [
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/goal/", person.goal, name="goal"),
    path("people/<int:pk>/discussions/<str:kind>/", person.discussion, name="discussion"),
    path("people/<int:pk>/next-steps/new/", person.action_step, name="action-step-new"),
    path("people/<int:pk>/next-steps/<int:step_pk>/", person.action_step, name="action-step"),
    path("people/<int:pk>/next-steps/<int:step_pk>/done/", person.action_step_done, name="action-step-done"),
    path(
        "people/<int:pk>/next-steps/<int:step_pk>/remove/",
        person.action_step_remove,
        name="action-step-remove",
    ),
    path("people/<int:pk>/proposal/", person.proposal, name="proposal"),
]
