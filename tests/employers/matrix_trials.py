"""Who gets what around a work trial's beginning and end (permissions.md)."""

from tests.support.matrix import Row, only

TRIAL = {"pk": "placement.pk"}
EARLIER = {"pk": "placement.pk", "trial_pk": "earlier_trial.pk"}
REFUSED = {"coach": 403, "coordinator": 422}

ROWS = [
    Row("employers:continuation", only(others=404, **REFUSED), method="post", kwargs=TRIAL),
    Row("employers:earlier-add", only(others=404, **REFUSED), method="post", kwargs=TRIAL),
    Row("employers:earlier-edit", only(others=404, coach=403, coordinator=200), kwargs=EARLIER),
    Row("employers:earlier-edit", only(others=404, **REFUSED), method="post", kwargs=EARLIER),
    Row(
        "employers:earlier-remove",
        only(others=404, coach=403, coordinator=302),
        method="post",
        kwargs=EARLIER,
    ),
]
