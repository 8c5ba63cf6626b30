"""Who gets what on the pages of visits (permissions.md): own coaches and the coordinator, no substitute."""

from tests.support.matrix import Row, only

VISIT = {"pk": "visit.pk"}
TRIAL = {"pk": "placement.pk"}
OWN = {"coach": 200, "coordinator": 200}
REFUSED = {"coach": 422, "coordinator": 422}
PLANNERS = dict.fromkeys(("coach", "other_coach", "substitute", "coordinator", "other_coordinator"), 200)
FORMS = ("visit-record", "visit-move", "visit-cancel")

ROWS = [
    Row("employers:visit", only(others=404, **OWN), kwargs=VISIT),
    *(Row(f"employers:{name}", only(others=404, **OWN), kwargs=VISIT) for name in FORMS),
    *(Row(f"employers:{name}", only(others=404, **REFUSED), method="post", kwargs=VISIT) for name in FORMS),
    *(
        Row(f"employers:{name}", only(others=404, **OWN), kwargs=TRIAL)
        for name in ("visit-extra", "visit-plan")
    ),
    *(
        Row(f"employers:{name}", only(others=404, **REFUSED), method="post", kwargs=TRIAL)
        for name in ("visit-extra", "visit-plan")
    ),
    Row("employers:no-opening-talk", only(others=404, coach=403, coordinator=200), kwargs=TRIAL),
    Row(
        "employers:no-opening-talk", only(others=404, coach=403, coordinator=422), kwargs=TRIAL, method="post"
    ),
    Row("employers:visit-day", only(others=404, **PLANNERS), needs=("visit",)),
    Row("employers:visit-day", only(others=404, **dict.fromkeys(PLANNERS, 302)), method="post"),
    Row("employers:visit-day-print", only(others=404, **PLANNERS), needs=("visit",)),
    Row("employers:visit-day-authority", only(others=404, **PLANNERS), needs=("visit",)),
    Row("employers:joint-visits", only(others=404, officer=200, other_officer=200), needs=("visit",)),
]
