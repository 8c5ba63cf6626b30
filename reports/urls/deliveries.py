"""Addresses of releases to an office, with the link and code."""

from django.urls import path

from reports.views import deliveries, inbox

urlpatterns = [
    path("months/<int:month_id>/releases/", deliveries.month_releases, name="month-releases"),
    path("months/<int:month_id>/releases/link/<int:authority_id>/", deliveries.month_link, name="month-link"),
    path("releases/<int:delivery_id>/", deliveries.delivery, name="delivery"),
    path("releases/<int:delivery_id>/send-again/", deliveries.send_again, name="delivery-send-again"),
    path("releases/<int:delivery_id>/take-back/", deliveries.take_back, name="delivery-take-back"),
    path("releases/<int:delivery_id>/code-given/", deliveries.code_given, name="delivery-code-given"),
    path("inbox/<int:summary_id>/json/", inbox.data, name="inbox-json"),
    path("inbox/all/<int:month_id>/", inbox.all_of_month, name="inbox-all"),
]
