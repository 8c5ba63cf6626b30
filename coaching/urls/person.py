"""Addresses of one person in a month."""

from django.urls import path

from coaching.views import action_steps, discussions, goal, person

PERSON = "people/<int:pk>/"
STEP = f"{PERSON}next-steps/<int:step_pk>/"
TALKS = f"{PERSON}discussions/"

urlpatterns = [
    path(PERSON, person.person, name="person"),
    path(f"{PERSON}goal/", goal.goal, name="goal"),
    path(f"{PERSON}goals/new/", goal.sub_goal, name="sub-goal-new"),
    path(f"{PERSON}goals/<int:sub_goal_pk>/", goal.sub_goal, name="sub-goal"),
    path(f"{PERSON}goals/<int:sub_goal_pk>/move/", goal.sub_goal_move, name="sub-goal-move"),
    path(f"{PERSON}alternatives/new/", goal.alternative_add, name="alternative-new"),
    path(f"{PERSON}alternatives/<int:alternative_pk>/move/", goal.alternative_move, name="alternative-move"),
    path(f"{TALKS}new/", discussions.other_discussion, name="other-discussion-new"),
    path(f"{TALKS}<int:talk_pk>/", discussions.other_discussion, name="other-discussion"),
    path(f"{TALKS}<int:talk_pk>/remove/", discussions.discussion_remove, name="discussion-remove"),
    path(f"{TALKS}<str:kind>/", discussions.discussion, name="discussion"),
    path(f"{TALKS}<str:kind>/plan/", discussions.discussion_plan, name="discussion-plan"),
    path(f"{PERSON}next-steps/new/", action_steps.action_step, name="action-step-new"),
    path(STEP, action_steps.action_step, name="action-step"),
    path(f"{STEP}done/", action_steps.action_step_done, name="action-step-done"),
    path(f"{STEP}reopen/", action_steps.action_step_reopen, name="action-step-reopen"),
    path(f"{STEP}remove/", action_steps.action_step_remove, name="action-step-remove"),
    path(f"{PERSON}proposal/", person.proposal, name="proposal"),
]
