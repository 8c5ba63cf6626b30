"""Addresses of closing a month."""

from django.urls import path

from coaching.views import closing

urlpatterns = [
    path("months/<int:pk>/close/", closing.month_close, name="month-close"),
    path("months/<int:pk>/reopen/", closing.month_reopen, name="month-reopen"),
]
