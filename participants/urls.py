"""Addresses of participants."""

app_name = "participants"
urlpatterns: list = []
