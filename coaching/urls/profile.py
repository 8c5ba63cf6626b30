"""Addresses of what a person can and wants: a list per noun, gathered here."""

from django.urls import path

from coaching.urls import assessments, wall
from coaching.views import profile, profile_paper

PERSON = "people/<int:pk>/"

urlpatterns = [
    *assessments.urlpatterns,
    *wall.urlpatterns,
    path(f"{PERSON}profile/", profile.profile, name="profile"),
    path(f"{PERSON}profile/paper/", profile_paper.profile_paper, name="profile-paper"),
    path(f"{PERSON}profile/paper/<int:file_pk>/", profile_paper.profile_pdf, name="profile-pdf"),
    path(f"{PERSON}cv/", profile.cv_check, name="cv-check"),
    path(f"{PERSON}barriers/new/", profile.barrier, name="barrier-new"),
    path(f"{PERSON}barriers/<int:record_pk>/", profile.barrier, name="barrier"),
    path(f"{PERSON}barriers/<int:record_pk>/remove/", profile.barrier_remove, name="barrier-remove"),
    path(f"{PERSON}workplaces/new/", profile.workplace, name="workplace-new"),
    path(f"{PERSON}workplaces/<int:record_pk>/", profile.workplace, name="workplace"),
    path(f"{PERSON}workplaces/<int:record_pk>/remove/", profile.workplace_remove, name="workplace-remove"),
    path(f"{PERSON}interviews/new/", profile.interview, name="interview-new"),
    path(f"{PERSON}interviews/<int:record_pk>/", profile.interview, name="interview"),
    path(f"{PERSON}interviews/<int:record_pk>/remove/", profile.interview_remove, name="interview-remove"),
    path(f"{PERSON}certificates/new/", profile.certificate, name="certificate-new"),
    path(f"{PERSON}certificates/<int:record_pk>/", profile.certificate, name="certificate"),
    path(
        f"{PERSON}certificates/<int:record_pk>/remove/", profile.certificate_remove, name="certificate-remove"
    ),
]
