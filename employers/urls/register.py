"""Addresses of the register beyond one employer: lists taken in, duplicates, merging, printing."""

from django.urls import path

from employers.views import employer_merge, employer_more

urlpatterns = [
    path("alike/", employer_more.employer_alike, name="employer-alike"),
    path("hand-over/", employer_merge.hand_over, name="hand-over"),
    path("<int:pk>/print/", employer_more.employer_print, name="employer-print"),
    path("<int:pk>/take-over/", employer_merge.take_over, name="take-over"),
    path("<int:pk>/merge/", employer_merge.employer_merge_choose, name="employer-merge"),
    path(
        "<int:pk>/merge/<int:other_pk>/", employer_merge.employer_merge_preview, name="employer-merge-preview"
    ),
]
