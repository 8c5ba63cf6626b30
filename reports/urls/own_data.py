"""Addresses of requests for own data."""

from django.urls import path

from reports.views import own_data

urlpatterns = [
    path("own-data/", own_data.register, name="own-data-register"),
    path("own-data/people/<int:pk>/", own_data.person, name="own-data-person"),
    path("own-data/<int:request_id>/files/", own_data.files, name="own-data-files"),
    path("own-data/<int:request_id>/handed-over/", own_data.handed_over, name="own-data-handed-over"),
    path("own-data/<int:request_id>/refuse/", own_data.refuse, name="own-data-refuse"),
]
