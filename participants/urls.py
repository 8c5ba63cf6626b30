"""Addresses of participants."""

from django.urls import path

from participants.views import consents, participants, personal_links, referral_lists, referrals

app_name = "participants"
urlpatterns = [
    path("", participants.participant_list, name="participant-list"),
    path("<int:pk>/", participants.participant_detail, name="participant-detail"),
    path("<int:pk>/edit/", participants.participant_edit, name="participant-edit"),
    path("<int:pk>/open/", participants.participant_open, name="participant-open"),
    path("<int:pk>/identity-code/", participants.participant_hetu, name="participant-hetu"),
    path("<int:pk>/consents/", consents.participant_consents, name="participant-consents"),
    path("<int:pk>/consents/sheet/", consents.consent_sheet, name="consent-sheet"),
    path("<int:pk>/consents/<int:consent_pk>/revoke/", consents.consent_revoke, name="consent-revoke"),
    path("<int:pk>/preparation/", consents.participant_preparation, name="participant-preparation"),
    path("<int:pk>/link/", personal_links.personal_link, name="personal-link"),
    path("<int:pk>/link/send/", personal_links.personal_link_send, name="personal-link-send"),
    path("<int:pk>/link/print/", personal_links.personal_link_print, name="personal-link-print"),
    path("<int:pk>/link/revoke/", personal_links.personal_link_revoke, name="personal-link-revoke"),
    path("referrals/", referrals.referral_list, name="referral-list"),
    path("referrals/new/", referrals.referral_new, name="referral-new"),
    path("referrals/<int:pk>/", referrals.referral_detail, name="referral-detail"),
    path("referrals/<int:pk>/move/", referrals.referral_move, name="referral-move"),
    path("referrals/lists/new/", referral_lists.referral_upload, name="referral-upload"),
    path("referrals/lists/example.<str:kind>", referral_lists.referral_example, name="referral-example"),
    path("referrals/lists/<int:pk>/", referral_lists.referral_preview, name="referral-preview"),
    path(
        "referrals/lists/<int:pk>/to-mend/", referral_lists.referral_failed_rows, name="referral-failed-rows"
    ),
    path("referrals/lists/<int:pk>/discard/", referral_lists.referral_discard, name="referral-discard"),
]
