"""Addresses of the group's board."""

from django.urls import path

from coaching.views import wall

urlpatterns = [
    path("months/<int:pk>/board/", wall.month_wall, name="month-wall"),
    path("months/<int:pk>/board/end/", wall.month_wall_end, name="month-wall-end"),
    path("wall/<str:secret>/", wall.wall, name="wall"),
]
