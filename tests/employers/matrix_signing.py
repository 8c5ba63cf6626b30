"""Who gets what of the signing of agreements."""

from tests.support.matrix import CAST, Row, only

TRIAL, NEEDS = {"pk": "signing_trial.pk"}, ("sent_out",)
EDITORS = {"others": 404, "coach": 403}
GONE = dict.fromkeys(CAST, 410)
DESK = {"coordinator": 200, "other_coordinator": 200}
COACHES = ("coach", "second_coach", "other_coach", "substitute")

ROWS = [
    Row("employers:signing-board", only(others=404, **DESK, **dict.fromkeys(COACHES, 200))),
    Row(
        "employers:signing-remind",
        only(others=404, coordinator=302, other_coordinator=302, **dict.fromkeys(COACHES, 403)),
        method="post",
    ),
    Row("employers:signing", only(others=404, coach=200, coordinator=200), kwargs=TRIAL, needs=NEEDS),
    Row("employers:signing-send", only(coordinator=422, **EDITORS), method="post", kwargs=TRIAL),
    Row("employers:signing-paper", only(coordinator=422, **EDITORS), method="post", kwargs=TRIAL),
    Row(
        "employers:signing-cancel",
        only(coordinator=422, **EDITORS),
        method="post",
        kwargs=TRIAL,
        needs=NEEDS,
    ),
    Row("employers:signing-start", only(coordinator=422, **EDITORS), method="post", kwargs=TRIAL),
    Row("employers:signature-ask", only(coordinator=200, **EDITORS), kwargs={"pk": "employer_place.pk"}),
    Row(
        "employers:signature-ask",
        only(coordinator=422, **EDITORS),
        method="post",
        kwargs={"pk": "employer_place.pk"},
    ),
    Row(
        "employers:signature-link",
        only(coordinator=200, **EDITORS),
        method="post",
        kwargs={"pk": "employer_place.pk"},
    ),
    Row(
        "employers:signature-scan",
        only(others=404, coach=200, coordinator=200),
        kwargs={"pk": "scanned_place.pk"},
    ),
    Row("employers:agreements-to-sign", only(others=403, officer=200, other_officer=200)),
    Row("employers:officer-sign", only(others=404, officer=200), kwargs={"pk": "authority_place.pk"}),
    Row(
        "employers:officer-sign",
        only(others=404, officer=422),
        method="post",
        kwargs={"pk": "authority_place.pk"},
    ),
    Row("workplace:sign", GONE, kwargs={"secret": "x" * 43}),
    Row("workplace:sign", GONE, method="post", kwargs={"secret": "x" * 43}),
    Row("own_agreement:agreement", GONE),
    Row("own_agreement:agreement", GONE, method="post"),
]
