"""Addresses of what a person can and wants: a list per noun, gathered here."""

from coaching.urls import assessments

urlpatterns = [*assessments.urlpatterns]
