"""Addresses of people and access."""

from django.urls import path

from accounts.views import log_in

app_name = "accounts"
urlpatterns = [
    path("log-in/", log_in.log_in, name="log-in"),
    path("log-out/", log_in.log_out, name="log-out"),
]
