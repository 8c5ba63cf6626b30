"""Addresses of needs and leads."""

from django.urls import path

from employers.views import lead, lead_board, lead_match

urlpatterns = [
    path("leads/", lead.leads, name="leads"),
    path("leads/board/", lead_board.board, name="lead-board"),
    path("leads/quick/", lead.lead_quick, name="lead-quick"),
    path("leads/new/", lead.lead_new, name="lead-new"),
    path("leads/passed/", lead.leads_passed, name="leads-passed"),
    path("leads/people/<int:pk>/", lead_match.lead_match, name="lead-match"),
    path("leads/<int:pk>/", lead.lead, name="lead"),
    path("leads/<int:pk>/edit/", lead.lead_edit, name="lead-edit"),
    path("leads/<int:pk>/move/", lead_board.lead_move, name="lead-move"),
    path("leads/<int:pk>/reopen/", lead_board.lead_reopen, name="lead-reopen"),
    path("leads/<int:pk>/take/", lead.lead_take, name="lead-take"),
    path("leads/<int:pk>/close/", lead.lead_close, name="lead-close"),
    path("leads/<int:pk>/pass/", lead.lead_pass, name="lead-pass"),
    path("leads/<int:pk>/share/", lead.lead_share, name="lead-share"),
    path("leads/<int:pk>/share/print/", lead.lead_share_print, name="lead-share-print"),
    path("leads/<int:pk>/workplace/", lead.lead_workplace, name="lead-workplace"),
    path("leads/<int:pk>/people/", lead_match.lead_link, name="lead-link"),
]
