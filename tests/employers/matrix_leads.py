"""Who gets what on the pages of needs and leads (permissions.md)."""

from tests.support.matrix import Row, only

READERS = {
    "coach": 200,
    "other_coach": 200,
    "substitute": 200,
    "coordinator": 200,
    "other_coordinator": 200,
    "manager": 200,
}
ADDERS = {**READERS, "manager": 403}
# the lead was brought in by the coach of the cast: the second coach reads it
EDITORS = {
    "coach": 200,
    "second_coach": 403,
    "other_coach": 403,
    "substitute": 403,
    "coordinator": 200,
    "other_coordinator": 200,
    "manager": 403,
}


def answered(expect, status):
    """The same people, who get `status` where they got a page."""
    return {member: status if was == 200 else was for member, was in expect.items()}


PK = {"pk": "lead.pk"}
PASSED = {"pk": "passed_lead.pk"}
MATCH = {"pk": "lead_match.pk"}

ROWS = [
    Row("employers:leads", only(others=404, **READERS), needs=("lead",)),
    Row("employers:leads", only(others=404, **answered(READERS, 302)), method="post"),
    Row("employers:lead-board", only(others=404, **READERS), needs=("lead",)),
    Row("employers:lead-quick", only(others=404, **ADDERS)),
    Row("employers:lead-quick", only(others=404, **answered(ADDERS, 422)), method="post"),
    Row("employers:lead-new", only(others=404, **ADDERS)),
    Row("employers:lead-new", only(others=404, **answered(ADDERS, 422)), method="post"),
    Row("employers:leads-passed", only(others=404, officer=200, other_officer=200), needs=("passed_lead",)),
    Row("employers:lead", only(others=404, **READERS), kwargs=PK),
    Row("employers:lead", only(others=404, officer=200, **READERS), kwargs=PASSED),
    Row("employers:lead-edit", only(others=404, **EDITORS), kwargs=PK),
    Row("employers:lead-edit", only(others=404, **answered(EDITORS, 422)), method="post", kwargs=PK),
    Row("employers:lead-move", only(others=404, **answered(EDITORS, 422)), method="post", kwargs=PK),
    Row("employers:lead-reopen", only(others=404, **answered(EDITORS, 302)), method="post", kwargs=PK),
    Row("employers:lead-take", only(others=404, **answered(ADDERS, 302)), method="post", kwargs=PK),
    Row("employers:lead-close", only(others=404, **EDITORS), kwargs=PK),
    Row("employers:lead-close", only(others=404, **answered(EDITORS, 422)), method="post", kwargs=PK),
    Row("employers:lead-pass", only(others=404, **EDITORS), kwargs=PK),
    Row("employers:lead-pass", only(others=404, **answered(EDITORS, 422)), method="post", kwargs=PK),
    Row("employers:lead-share", only(others=404, **EDITORS), kwargs=PK),
    Row("employers:lead-share", only(others=404, **answered(EDITORS, 422)), method="post", kwargs=PK),
    Row("employers:lead-share-print", only(others=404, officer=200, **READERS), kwargs=PASSED),
    Row("employers:lead-workplace", only(others=404, **EDITORS), kwargs=PK),
    Row("employers:lead-workplace", only(others=404, **answered(EDITORS, 422)), method="post", kwargs=PK),
    Row("employers:lead-link", only(others=404, **answered(ADDERS, 422)), method="post", kwargs=PK),
    Row(
        "employers:lead-match",
        only(others=404, coach=422, substitute=422, coordinator=422),
        method="post",
        kwargs=MATCH,
    ),
]
