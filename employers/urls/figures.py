"""Addresses of the figures of the desk."""

from django.urls import path

from employers.views import figures

urlpatterns: list = [
    path("figures/", figures.figures, name="figures"),
    path("figures/all.<str:kind>", figures.figures_file, name="figures-file"),
    path("figures/employers.<str:kind>", figures.figures_employers, name="figures-employers"),
]
