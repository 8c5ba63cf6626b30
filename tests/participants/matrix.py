"""Who gets what on the pages of participants (permissions.md). Aino is in the coach's month."""

from tests.participants import matrix_own_pages
from tests.support.matrix import Row, only

STAFF = dict.fromkeys(("coach", "other_coach", "substitute", "coordinator", "other_coordinator"), 200)
AINO = {"pk": "participant.pk"}
IN_MONTH = ("enrolment",)
OWN = only(coach=200, substitute=200, coordinator=200, others=404)
LIST = {"pk": "preview.pk"}
REFERRAL = {"pk": "referral.pk"}


def staff(status: int, *, others: int) -> dict[str, int]:
    return only(others=others, **dict.fromkeys(STAFF, status))


ROWS = [
    Row("participants:participant-list", staff(200, others=403)),
    Row("participants:participant-list", staff(302, others=403), "post"),
    Row("participants:participant-detail", OWN, kwargs=AINO, needs=IN_MONTH),
    Row(
        "participants:participant-edit",
        only(coach=200, substitute=403, coordinator=403, others=404),
        kwargs=AINO,
        needs=IN_MONTH,
    ),
    Row(
        "participants:participant-edit",
        only(coach=422, substitute=403, coordinator=403, others=404),
        "post",
        kwargs=AINO,
        needs=IN_MONTH,
    ),
    Row(
        "participants:participant-open",
        only(coach=422, substitute=422, coordinator=422, others=404),
        "post",
        kwargs=AINO,
        needs=IN_MONTH,
    ),
    Row(
        "participants:participant-hetu",
        only(coach=302, substitute=403, coordinator=302, others=404),
        "post",
        kwargs=AINO,
        needs=IN_MONTH,
    ),
    Row("participants:participant-consents", OWN, kwargs=AINO, needs=IN_MONTH),
    Row(
        "participants:participant-consents",
        only(coach=422, substitute=403, coordinator=422, others=404),
        "post",
        kwargs=AINO,
        needs=IN_MONTH,
    ),
    Row("participants:consent-sheet", OWN, kwargs=AINO, needs=IN_MONTH),
    Row(
        "participants:consent-revoke",
        only(coach=302, substitute=403, coordinator=403, others=404),
        "post",
        kwargs=AINO | {"consent_pk": "consent.pk"},
        needs=IN_MONTH,
    ),
    Row(
        "participants:participant-preparation",
        only(coach=422, substitute=403, coordinator=422, others=404),
        "post",
        kwargs=AINO,
        needs=IN_MONTH,
    ),
    Row("participants:referral-list", staff(200, others=403) | {"manager": 200}),
    Row("participants:referral-list", staff(302, others=403), "post"),
    Row("participants:referral-new", staff(200, others=403)),
    Row("participants:referral-new", staff(422, others=403), "post"),
    Row("participants:referral-detail", staff(200, others=404), kwargs=REFERRAL),
    Row("participants:referral-detail", staff(422, others=404), "post", kwargs=REFERRAL),
    Row("participants:referral-move", staff(422, others=404), "post", kwargs=REFERRAL),
    Row("participants:referral-upload", staff(200, others=403)),
    Row("participants:referral-upload", staff(422, others=403), "post"),
    Row("participants:referral-example", staff(200, others=403), kwargs={"kind": "csv"}),
    Row("participants:referral-preview", only(coordinator=200, others=404), kwargs=LIST),
    Row("participants:referral-preview", only(coordinator=302, others=404), "post", kwargs=LIST),
    Row("participants:referral-failed-rows", only(coordinator=200, others=404), kwargs=LIST),
    Row("participants:referral-discard", only(coordinator=302, others=404), "post", kwargs=LIST),
]

ROWS += matrix_own_pages.ROWS
