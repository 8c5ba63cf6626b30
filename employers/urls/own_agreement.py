"""Addresses of the agreement behind the participant's personal link, under `o/`."""

from django.urls import path

from employers.views import sign_by_link

app_name = "own_agreement"
urlpatterns = [path("agreement/", sign_by_link.own_agreement, name="agreement")]
