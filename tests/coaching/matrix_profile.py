"""Who gets what on the pages of what a person can and wants: a list per noun, gathered here."""

from tests.coaching import matrix_assessments, matrix_wall
from tests.coaching.matrix_person import DONE, PERSON, READ, REFUSED
from tests.support.matrix import Row, only

NOUNS = ("barrier", "workplace", "interview", "certificate")


def _rows_of(noun: str) -> list[Row]:
    one = {**PERSON, "record_pk": f"{noun}_record.pk"}
    return [
        Row(f"coaching:{noun}-new", READ, kwargs=PERSON),
        Row(f"coaching:{noun}-new", REFUSED, kwargs=PERSON, method="post"),
        Row(f"coaching:{noun}", READ, kwargs=one),
        Row(f"coaching:{noun}", REFUSED, kwargs=one, method="post"),
        Row(f"coaching:{noun}-remove", DONE, kwargs=one, method="post"),
    ]


ROWS = [
    *matrix_assessments.ROWS,
    *matrix_wall.ROWS,
    Row("coaching:profile", READ, kwargs=PERSON),
    Row("coaching:profile", REFUSED, kwargs=PERSON, method="post"),
    Row("coaching:profile-paper", READ, kwargs=PERSON),
    Row("coaching:profile-paper", REFUSED, kwargs=PERSON, method="post"),
    Row(
        "coaching:profile-pdf",
        only(coach=200, substitute=200, coordinator=403, others=404),
        kwargs={**PERSON, "file_pk": "profile_file.pk"},
    ),
    Row("coaching:cv-check", READ, kwargs=PERSON),
    Row("coaching:cv-check", REFUSED, kwargs=PERSON, method="post"),
    *(row for noun in NOUNS for row in _rows_of(noun)),
]
