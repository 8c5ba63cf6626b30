"""Addresses of the guide's link and of concerns, for staff."""

from django.urls import path

from employers.views import guide_staff

urlpatterns = [
    path("placements/<int:pk>/guide-link/", guide_staff.guide_link, name="guide-link"),
    path("placements/<int:pk>/concerns/", guide_staff.concern_new, name="concern-new"),
    path("placements/<int:pk>/concerns/<int:concern_pk>/", guide_staff.concern_handle, name="concern-handle"),
]
