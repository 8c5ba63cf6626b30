"""Addresses of the office digest."""

from django.urls import path

from reports.views import digests

DIGEST = "digests/<int:digest_id>/"

urlpatterns = [
    path("digests/", digests.digest_list, name="digest-list"),
    path("digests/new/", digests.new, name="digest-new"),
    path(DIGEST, digests.digest, name="digest"),
    path(f"{DIGEST}stories/", digests.stories, name="digest-stories"),
    path(f"{DIGEST}send/", digests.send, name="digest-send"),
    path(f"{DIGEST}mail-again/", digests.mail_again, name="digest-mail-again"),
    path(f"{DIGEST}pdf/", digests.pdf, name="digest-pdf"),
]
