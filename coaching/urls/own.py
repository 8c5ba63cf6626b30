"""Addresses of the month behind the personal link, under `o/`."""

from django.urls import path

from coaching.views import own_goal, own_month, own_steps, own_tasks, own_views

app_name = "own_month"
urlpatterns = [
    path("goal/", own_goal.goal, name="goal"),
    path("goal/draft/", own_goal.goal_draft, name="goal-draft"),
    path("tasks/", own_tasks.tasks, name="tasks"),
    path("tasks/<int:pk>/", own_tasks.task, name="task"),
    path("tasks/<int:pk>/begin/", own_tasks.task_begin, name="task-begin"),
    path("tasks/<int:pk>/draft/", own_tasks.task_draft, name="task-draft"),
    path("tasks/<int:pk>/take-back/", own_tasks.task_take_back, name="task-take-back"),
    path("views/", own_views.views, name="views"),
    path("views/<slug:subject>/<slug:moment>/", own_views.view, name="view"),
    path("views/<slug:subject>/<slug:moment>/draft/", own_views.view_draft, name="view-draft"),
    path("calendar/", own_month.calendar, name="calendar"),
    path("calendar/address/", own_month.calendar_address, name="calendar-address"),
    path("steps/", own_steps.steps, name="steps"),
    path("steps/add/<slug:what>/", own_steps.steps_add, name="steps-add"),
    path("steps/<int:step_pk>/done/", own_steps.step_done, name="step-done"),
    path("steps/<slug:what>/<int:row_pk>/remove/", own_steps.steps_remove, name="steps-remove"),
    path("written/", own_month.written, name="written"),
]
