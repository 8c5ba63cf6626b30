"""Addresses of coaching: one list per noun."""

from coaching.urls import (
    calendar_feed,
    closing,
    daily_log,
    enrolments,
    grid,
    leaving,
    months,
    person,
    phrases,
    pre_assignments,
    profile,
    programmes,
    selection,
    situation,
    team,
    today,
)

app_name = "coaching"
urlpatterns = [
    *today.urlpatterns,
    *calendar_feed.urlpatterns,
    *months.urlpatterns,
    *team.urlpatterns,
    *grid.urlpatterns,
    *selection.urlpatterns,
    *situation.urlpatterns,
    *programmes.urlpatterns,
    *enrolments.urlpatterns,
    *leaving.urlpatterns,
    *closing.urlpatterns,
    *daily_log.urlpatterns,
    *pre_assignments.urlpatterns,
    *person.urlpatterns,
    *phrases.urlpatterns,
    *profile.urlpatterns,
]
