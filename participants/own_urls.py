"""Addresses of the participant's own pages, under `o/`. The secret stands in one of them only."""

from django.urls import path

from participants.views import own_information, own_pages

app_name = "own"
urlpatterns = [
    path("", own_pages.front, name="front"),
    path("l/<slug:secret>/", own_pages.door, name="door"),
    path("again/", own_pages.again, name="again"),
    path("close/", own_pages.close, name="close"),
    path("closed/", own_pages.closed, name="closed"),
    path("information/", own_information.information, name="information"),
    path("reading/", own_pages.choose_reading, name="reading"),
]
