"""Addresses of the situation board."""

from django.urls import path

from coaching.views import situation

urlpatterns = [
    path("situation/", situation.situation, name="situation"),
    path("months/<int:pk>/situation/", situation.month_situation, name="month-situation"),
]
