"""Addresses of pre-assignments: the month's board, one person's answers, and the programme's templates."""

from django.urls import path

from coaching.views import pre_assignment_templates as templates
from coaching.views import pre_assignments as views

BOARD = "months/<int:pk>/pre-assignments/"
TASK = "people/<int:pk>/pre-assignments/<int:task_pk>/"
TEMPLATES = "programmes/<int:pk>/pre-assignments/"

urlpatterns = [
    path(BOARD, views.board, name="pre-assignments"),
    path(f"{BOARD}send/", views.send, name="pre-assignments-send"),
    path(f"{BOARD}remind/", views.remind, name="pre-assignments-remind"),
    path(TASK, views.answers, name="pre-assignment"),
    path(f"{TASK}read/", views.read, name="pre-assignment-read"),
    path(f"{TASK}paper/", views.paper, name="pre-assignment-paper"),
    path(TEMPLATES, templates.template_list, name="programme-pre-assignments"),
    path(f"{TEMPLATES}new/", templates.template_new, name="programme-pre-assignment-new"),
    path(f"{TEMPLATES}<int:position>/", templates.template_edit, name="programme-pre-assignment"),
    path(
        f"{TEMPLATES}<int:position>/remove/",
        templates.template_remove,
        name="programme-pre-assignment-remove",
    ),
]
