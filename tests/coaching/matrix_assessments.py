"""Who gets what on the areas and work-life skills of one person."""

from tests.coaching.matrix_person import PERSON, READ, REFUSED
from tests.support.matrix import Row

START = {**PERSON, "moment": "start"}

ROWS = [
    Row("coaching:assessments", READ, kwargs=PERSON),
    Row("coaching:areas", READ, kwargs=START),
    Row("coaching:areas", REFUSED, kwargs=START, method="post", data={"skills-coach-level": "good"}),
    Row("coaching:skills", READ, kwargs=START),
    Row(
        "coaching:skills", REFUSED, kwargs=START, method="post", data={"time-coach-sentence": "Aina ajoissa."}
    ),
]
