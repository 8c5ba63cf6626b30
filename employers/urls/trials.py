"""Addresses of work trials beyond their own page: earlier trials, endings, changes of place."""

urlpatterns: list = []
