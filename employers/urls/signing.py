"""Addresses of the signing of agreements."""

from django.urls import path

from employers.views import officer_signing, signing, signing_board

urlpatterns = [
    path("signing/", signing_board.signing_board, name="signing-board"),
    path("signing/remind/", signing_board.signing_remind, name="signing-remind"),
    path("placements/<int:pk>/signing/", signing.signing, name="signing"),
    path("placements/<int:pk>/signing/send/", signing.signing_send, name="signing-send"),
    path("placements/<int:pk>/signing/paper/", signing.signing_paper_note, name="signing-paper"),
    path("placements/<int:pk>/signing/cancel/", signing.signing_cancel, name="signing-cancel"),
    path("placements/<int:pk>/signing/start/", signing.signing_start, name="signing-start"),
    path("signatures/<int:pk>/ask/", signing.signature_ask, name="signature-ask"),
    path("signatures/<int:pk>/link/", signing.signature_link, name="signature-link"),
    path("signatures/<int:pk>/scan/", signing.signature_scan, name="signature-scan"),
    path("agreements/to-sign/", officer_signing.agreements_to_sign, name="agreements-to-sign"),
    path("agreements/to-sign/<int:pk>/", officer_signing.officer_sign, name="officer-sign"),
]
