"""Addresses of the month's grid."""

from django.urls import path

from coaching.views import grid

urlpatterns = [
    path("months/<int:pk>/grid/", grid.month_grid_page, name="month-grid"),
    path("months/<int:pk>/grid/cells/", grid.grid_cells, name="grid-cells"),
    path("months/<int:pk>/grid/totals/", grid.grid_totals, name="grid-totals"),
    path("months/<int:pk>/grid/<str:day>/", grid.grid_day, name="grid-day"),
]
