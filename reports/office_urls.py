"""Addresses behind the office's link, under `d/` (reports/office.py)."""

from django.urls import path

from reports.views import office

app_name = "office"
urlpatterns = [
    path("<str:secret>/", office.delivery, name="delivery"),
    path("<str:secret>/close/", office.close, name="close"),
    path("<str:secret>/all/", office.all_files, name="all"),
    path("<str:secret>/all/<int:job_id>/", office.all_progress, name="all-progress"),
    path("<str:secret>/all/<int:job_id>/file/", office.all_download, name="all-download"),
    path("<str:secret>/<int:item_id>/", office.read, name="read"),
    path("<str:secret>/<int:item_id>/pdf/", office.pdf, name="pdf"),
    path("<str:secret>/<int:item_id>/json/", office.data, name="json"),
    path("<str:secret>/<int:item_id>/copied/", office.copied, name="copied"),
]
