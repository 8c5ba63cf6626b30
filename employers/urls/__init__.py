"""Addresses of employers: the register, the coordinator's desk, work trials; one list per noun."""

from django.urls import path

from employers.urls import (
    briefs,
    contacts,
    feedback,
    figures,
    guide,
    leads,
    signing,
    trials,
    visits,
)
from employers.urls import register as register_more
from employers.views import (
    agreement,
    desk,
    placement,
    placement_form,
    placement_marks,
    placements,
    register,
)

app_name = "employers"
urlpatterns = [
    path("", register.register, name="register"),
    path("new/", register.employer_new, name="employer-new"),
    path("<int:pk>/", register.employer, name="employer"),
    path("<int:pk>/edit/", register.employer_edit, name="employer-edit"),
    path("<int:pk>/people/new/", register.person_new, name="person-new"),
    path("people/<int:pk>/edit/", register.person_edit, name="person-edit"),
    path("people/<int:pk>/presence/", register.person_presence, name="person-presence"),
    path("desk/", desk.desk, name="desk"),
    path("placements/", placements.placements, name="placements"),
    path("placements/for/<int:enrolment_pk>/", placements.choose_employer, name="choose-employer"),
    path("<int:pk>/placements/new/", placements.choose_person, name="choose-person"),
    path("<int:pk>/placements/new/<int:enrolment_pk>/", placement_form.placement_new, name="placement-new"),
    path("placements/<int:pk>/", placement.placement, name="placement"),
    path("placements/<int:pk>/edit/", placement_form.placement_edit, name="placement-edit"),
    path("placements/<int:pk>/move/", placement.placement_move, name="placement-move"),
    path("placements/<int:pk>/marks/<str:monday>/", placement_marks.marks_week, name="marks-week"),
    path("placements/<int:pk>/agreement/", agreement.agreement, name="agreement"),
    path("placements/<int:pk>/agreement/preview/", agreement.agreement_preview, name="agreement-preview"),
    path("agreements/<int:pk>/pdf/", agreement.agreement_pdf, name="agreement-pdf"),
    *briefs.urlpatterns,
    *contacts.urlpatterns,
    *feedback.urlpatterns,
    *figures.urlpatterns,
    *guide.urlpatterns,
    *leads.urlpatterns,
    *register_more.urlpatterns,
    *signing.urlpatterns,
    *trials.urlpatterns,
    *visits.urlpatterns,
]
