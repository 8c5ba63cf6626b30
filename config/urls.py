"""All addresses. Each app's own list stands in its `urls.py`."""

from django.contrib import admin
from django.urls import include, path

from core import views as core_views
from core.health import healthz

urlpatterns = [
    path("", core_views.home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("language/", core_views.set_language, name="set-language"),
    path("account/", include("accounts.urls")),
    path("participants/", include("participants.urls")),
    path("coaching/", include("coaching.urls")),
    path("employers/", include("employers.urls")),
    path("reports/", include("reports.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"
