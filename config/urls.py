"""All addresses. Each app's own list stands in its `urls.py`."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.views.log_in import log_out, reference_data_log_in
from core import views as core_views
from core.demo_mailbox import demo_mailbox
from core.health import healthz
from reports.views.verification import verify_summary

urlpatterns = [
    path("", core_views.home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("language/", core_views.set_language, name="set-language"),
    path("account/", include("accounts.urls")),
    path("participants/", include("participants.urls")),
    path("coaching/", include("coaching.urls")),
    path("employers/", include("employers.urls")),
    path("reports/", include("reports.urls")),
    path("o/", include("participants.own_urls")),
    path("o/", include("coaching.urls.own")),
    path("o/", include("employers.urls.own_trial")),
    path("o/", include("employers.urls.own_agreement")),
    path("o/", include("reports.own_urls")),
    path("o/", include("reports.own_data_urls")),
    path("o/", include("employers.urls.own_briefs")),
    path("w/", include("employers.urls.workplace")),
    path("d/", include("reports.office_urls")),
    path("v/<slug:prefix>/", verify_summary, name="verify-summary"),
    # one door: the reference data's own log-in and password pages lead to ours
    path("admin/login/", reference_data_log_in),
    path("admin/password_change/", RedirectView.as_view(pattern_name="accounts:password-change")),
    path("admin/logout/", log_out),
    path("admin/", admin.site.urls),
]
if settings.IS_DEMO:
    urlpatterns.insert(0, path("demo/mailbox/", demo_mailbox, name="demo-mailbox"))

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"
