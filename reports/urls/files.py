"""Addresses of files that are made as jobs."""

from django.urls import path

from reports.views import files

urlpatterns = [
    path("files/<int:job_id>/", files.file_job, name="file-job"),
    path("files/<int:job_id>/download/", files.download, name="file-job-download"),
    path("files/<int:job_id>/cancel/", files.cancel, name="file-job-cancel"),
    path("files/<int:job_id>/again/", files.again, name="file-job-again"),
]
