"""Addresses of programme templates."""

from django.urls import path

from coaching.views import programmes

urlpatterns = [
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/new/", programmes.programme_create, name="programme-create"),
    path("programmes/<int:pk>/", programmes.programme_detail, name="programme-detail"),
    path("programmes/<int:pk>/edit/", programmes.programme_edit, name="programme-edit"),
    path("programmes/<int:pk>/weeks/<int:number>/", programmes.programme_week, name="programme-week"),
    path("months/<int:pk>/programme/copy/", programmes.programme_copy, name="programme-copy"),
]
