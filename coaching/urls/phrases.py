"""Addresses of a coach's own phrases."""

from django.urls import path

from coaching.views import phrases

urlpatterns = [
    path("phrases/", phrases.phrase_list, name="phrase-list"),
    path("phrases/<int:pk>/", phrases.phrase_edit, name="phrase-edit"),
    path("phrases/<int:pk>/remove/", phrases.phrase_remove, name="phrase-remove"),
    path("phrases/<int:pk>/used/", phrases.phrase_used, name="phrase-used"),
]
