"""Who gets what in the register beyond one employer: duplicates, merging, handing over, paper, lists."""

from tests.support.matrix import Row, only

READERS = dict.fromkeys(
    ("coach", "other_coach", "substitute", "coordinator", "other_coordinator", "manager"), 200
)
EDITORS = {**dict.fromkeys(READERS, 403), "coordinator": 200, "other_coordinator": 200}
EDITORS_SAVED = {**EDITORS, "coordinator": 302, "other_coordinator": 302}
EDITORS_REFUSED = {**EDITORS, "coordinator": 422, "other_coordinator": 422}
PK = {"pk": "workplace.pk"}
TWO = {"pk": "workplace.pk", "other_pk": "other_workplace.pk"}
LIST = {"pk": "employer_list.pk"}
OWN_LIST = {**EDITORS, "other_coordinator": 404}
OWN_LIST_DONE = {**OWN_LIST, "coordinator": 302}

ROWS = [
    Row("employers:register-file", only(others=404, **EDITORS), kwargs={"kind": "csv"}),
    Row("employers:employer-alike", only(others=404, **EDITORS), method="post"),
    Row("employers:hand-over", only(others=404, **EDITORS), needs=("workplace",)),
    Row("employers:hand-over", only(others=404, **EDITORS_REFUSED), method="post"),
    Row("employers:employer-print", only(others=404, **READERS), kwargs=PK, needs=("contact_event",)),
    Row("employers:take-over", only(others=404, **EDITORS_SAVED), method="post", kwargs=PK),
    Row("employers:employer-merge", only(others=404, **EDITORS), kwargs=PK),
    Row("employers:employer-merge", only(others=404, **EDITORS_SAVED), method="post", kwargs=PK),
    Row("employers:employer-merge-preview", only(others=404, **EDITORS), kwargs=TWO),
    Row("employers:employer-merge-preview", only(others=404, **EDITORS_REFUSED), method="post", kwargs=TWO),
    Row("employers:employer-list-upload", only(others=404, **EDITORS)),
    Row("employers:employer-list-upload", only(others=404, **EDITORS_REFUSED), method="post"),
    Row("employers:employer-list-example", only(others=404, **EDITORS), kwargs={"kind": "csv"}),
    Row("employers:employer-list-preview", only(others=404, **OWN_LIST), kwargs=LIST),
    Row("employers:employer-list-preview", only(others=404, **OWN_LIST_DONE), method="post", kwargs=LIST),
    Row("employers:employer-list-failed-rows", only(others=404, **OWN_LIST), kwargs=LIST),
    Row("employers:employer-list-discard", only(others=404, **OWN_LIST_DONE), method="post", kwargs=LIST),
]
