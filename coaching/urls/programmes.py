"""Addresses of programme templates."""

urlpatterns: list = []
