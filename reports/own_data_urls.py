"""Addresses of the own data behind the personal link, under `o/`."""

from django.urls import path

from reports.views import own_data_link

app_name = "own_data"
urlpatterns = [
    path("my-data/", own_data_link.own_data, name="own-data"),
    path("my-data/<str:format>/", own_data_link.own_data_file, name="file"),
]
