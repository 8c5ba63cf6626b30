"""Addresses of the month's grid and the sign-in sheet."""

from django.urls import path

from coaching.views import grid, sign_in_sheet

urlpatterns = [
    path("months/<int:pk>/grid/", grid.month_grid_page, name="month-grid"),
    path("months/<int:pk>/grid/cells/", grid.grid_cells, name="grid-cells"),
    path("months/<int:pk>/grid/totals/", grid.grid_totals, name="grid-totals"),
    path("months/<int:pk>/grid/<str:day>/", grid.grid_day, name="grid-day"),
    path("months/<int:pk>/sign-in-sheet/", sign_in_sheet.month_sign_in_sheet, name="sign-in-sheet"),
]
