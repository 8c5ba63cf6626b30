"""Addresses of leaving a month early."""

from django.urls import path

from coaching.views import leaving

PERSON = "people/<int:pk>/"

urlpatterns = [
    path(f"{PERSON}to-work-or-study/", leaving.left_for_work, name="left-for-work"),
    path(f"{PERSON}dropped-out/", leaving.dropped_out, name="dropped-out"),
    path(f"{PERSON}congratulations/", leaving.celebrated, name="celebration"),
    path(f"{PERSON}came-back/", leaving.came_back, name="came-back"),
]
