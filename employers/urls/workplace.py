"""Addresses behind the links of workplaces and authorities, under `w/` (employers/links.py)."""

from django.urls import path

from employers.views import feedback, guide, sign_by_link, workplace_brief

app_name = "workplace"
urlpatterns = [
    path("hours/<str:secret>/", guide.hours, name="hours"),
    path("hours/<str:secret>/concern/", guide.concern, name="concern"),
    path("brief/<str:secret>/", workplace_brief.brief, name="brief"),
    path("feedback/<str:secret>/", feedback.feedback, name="feedback"),
    path("feedback/<str:secret>/draft/", feedback.feedback_draft, name="feedback-draft"),
    path("sign/<str:secret>/", sign_by_link.sign_by_link, name="sign"),
]
