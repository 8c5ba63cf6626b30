"""Addresses of candidate briefs."""

from django.urls import path

from employers.views import brief_files, briefs

ONE = "briefs/<int:participant_pk>/<int:employer_pk>"
urlpatterns: list = [
    path("briefs/<int:participant_pk>/", briefs.brief_choose, name="brief-choose"),
    path(f"{ONE}/", briefs.brief, name="brief"),
    path(f"{ONE}/consents/", briefs.brief_consents, name="brief-consents"),
    path(f"{ONE}/make/", briefs.brief_make, name="brief-make"),
    path(f"{ONE}/edit/", briefs.brief_edit, name="brief-edit"),
    path(f"{ONE}/ask/", briefs.brief_ask, name="brief-ask"),
    path(f"{ONE}/approve/", briefs.brief_approve, name="brief-approve"),
    path(f"{ONE}/declined/", briefs.brief_declined, name="brief-declined"),
    path(f"{ONE}/deliver/", briefs.brief_deliver, name="brief-deliver"),
    path(f"{ONE}/link/stop/", briefs.brief_link_stop, name="brief-link-stop"),
    path(f"{ONE}/withdraw/", briefs.brief_withdraw, name="brief-withdraw"),
    path(f"{ONE}/print/", brief_files.brief_print, name="brief-print"),
    path(f"{ONE}/file/", brief_files.brief_file, name="brief-file"),
    path(f"{ONE}/file/<int:file_pk>/", brief_files.brief_pdf, name="brief-pdf"),
]
