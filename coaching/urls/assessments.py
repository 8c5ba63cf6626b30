"""Addresses of areas and work-life skills."""

from django.urls import path

from coaching.views import assessments

urlpatterns = [
    path("people/<int:pk>/assessments/", assessments.assessments, name="assessments"),
    path("people/<int:pk>/areas/<str:moment>/", assessments.areas, name="areas"),
    path("people/<int:pk>/skills/<str:moment>/", assessments.skills, name="skills"),
]
