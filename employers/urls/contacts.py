"""Addresses of the contact log and the tasks of the desk."""

from django.urls import path

from employers.views import contacts, tasks, upkeep

urlpatterns = [
    path("<int:pk>/contacts/", contacts.contact_log, name="contact-log"),
    path("contacts/due/", upkeep.due, name="due"),
    path("contacts/quiet/", upkeep.quiet, name="quiet"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<int:pk>/take-back/", contacts.contact_take_back, name="contact-take-back"),
    path("contacts/<int:pk>/done/", contacts.action_done, name="action-done"),
    path("<int:pk>/tasks/new/", tasks.task_new, name="task-new"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/done/", tasks.task_done, name="task-done"),
    path("tasks/<int:pk>/reopen/", tasks.task_reopen, name="task-reopen"),
    path("tasks/<int:pk>/move/", tasks.task_move, name="task-move"),
    path("tasks/<int:pk>/drop/", tasks.task_drop, name="task-drop"),
]
