"""Addresses of reports: one file per noun, all under the name `reports:`."""

from reports.urls import checklist, deliveries, digests, files, meetings, own_data, period_ends, tables

app_name = "reports"
urlpatterns = [
    *period_ends.urlpatterns,
    *checklist.urlpatterns,
    *deliveries.urlpatterns,
    *meetings.urlpatterns,
    *tables.urlpatterns,
    *digests.urlpatterns,
    *own_data.urlpatterns,
    *files.urlpatterns,
]
