"""Addresses of work trials beyond their own page: what came after, and earlier trials."""

from django.urls import path

from employers.views import trials

urlpatterns = [
    path("placements/<int:pk>/continuation/", trials.continuation, name="continuation"),
    path("placements/<int:pk>/earlier/", trials.earlier_add, name="earlier-add"),
    path("placements/<int:pk>/earlier/<int:trial_pk>/", trials.earlier_edit, name="earlier-edit"),
    path("placements/<int:pk>/earlier/<int:trial_pk>/remove/", trials.earlier_remove, name="earlier-remove"),
]
