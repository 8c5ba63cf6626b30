"""Addresses of the period end, of a summary and of the inbox."""

from django.urls import path

from reports.views import inbox, period_end, steps, summary

urlpatterns = [
    path("months/", period_end.month_list, name="month-list"),
    path("months/<int:month_id>/", period_end.month, name="month"),
    path("months/<int:month_id>/make/", period_end.start, name="period-end-start"),
    path("period-ends/<int:period_end_id>/cancel/", period_end.cancel, name="period-end-cancel"),
    path("parts/<int:item_id>/again/", period_end.run_again, name="period-end-again"),
    path("summaries/<int:summary_id>/", summary.summary, name="summary"),
    path("summaries/<int:summary_id>/texts/", summary.texts, name="summary-texts"),
    path("summaries/<int:summary_id>/plain/", summary.plain, name="summary-plain"),
    path("summaries/<int:summary_id>/changes/", summary.changes, name="summary-changes"),
    path("summaries/<int:summary_id>/pdf/", summary.pdf, name="summary-pdf"),
    path("summaries/<int:summary_id>/pdf/make/", steps.make_pdf, name="summary-make-pdf"),
    path("summaries/<int:summary_id>/make-again/", steps.make_again, name="summary-make-again"),
    path("summaries/<int:summary_id>/give/", steps.give, name="summary-give"),
    path("summaries/<int:summary_id>/take-back/", steps.take_back, name="summary-take-back"),
    path("summaries/<int:summary_id>/approval/", steps.approval, name="summary-approval"),
    path("summaries/<int:summary_id>/approve/", steps.approve, name="summary-approve"),
    path("summaries/<int:summary_id>/release/", steps.release, name="summary-release"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<int:summary_id>/", inbox.read, name="inbox-read"),
    path("inbox/<int:summary_id>/changes/", inbox.changes, name="inbox-changes"),
    path("inbox/<int:summary_id>/copied/", inbox.copied, name="inbox-copied"),
]
