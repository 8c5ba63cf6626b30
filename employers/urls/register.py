"""Addresses of the register beyond one employer: lists taken in, duplicates, merging, printing."""

from django.urls import path

from employers.views import employer_lists, employer_merge, employer_more

urlpatterns = [
    path("lists/", employer_lists.employer_list_upload, name="employer-list-upload"),
    path("lists/<int:pk>/", employer_lists.employer_list_preview, name="employer-list-preview"),
    path("lists/<int:pk>/mend/", employer_lists.employer_list_failed_rows, name="employer-list-failed-rows"),
    path("lists/<int:pk>/discard/", employer_lists.employer_list_discard, name="employer-list-discard"),
    path("lists/example.<str:kind>", employer_lists.employer_list_example, name="employer-list-example"),
    path("all.<str:kind>", employer_more.register_file, name="register-file"),
    path("alike/", employer_more.employer_alike, name="employer-alike"),
    path("hand-over/", employer_merge.hand_over, name="hand-over"),
    path("<int:pk>/print/", employer_more.employer_print, name="employer-print"),
    path("<int:pk>/take-over/", employer_merge.take_over, name="take-over"),
    path("<int:pk>/merge/", employer_merge.employer_merge_choose, name="employer-merge"),
    path(
        "<int:pk>/merge/<int:other_pk>/", employer_merge.employer_merge_preview, name="employer-merge-preview"
    ),
]
