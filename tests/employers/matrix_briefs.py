"""Who gets what on the pages of candidate briefs (permissions.md: coach and coordinator of own people)."""

from tests.support.matrix import Row, everybody, only

MAKERS = ("coach", "coordinator")
ONE = {"participant_pk": "brief_trial.participant_id", "employer_pk": "brief_trial.employer_id"}
WRITTEN, APPROVED = ("written_brief",), ("approved_brief",)


def makers(status: int) -> dict[str, int]:
    """Coach and coordinator of the person's month; the substitute knows the person and may not."""
    return only(others=404, substitute=403, **dict.fromkeys(MAKERS, status))


def post(name: str, status: int, needs=(), **data) -> Row:
    return Row(f"employers:{name}", makers(status), method="post", kwargs=ONE, needs=needs, data=data)


CHOOSE = {"participant_pk": "brief_trial.participant_id"}
OWN = {"pk": "brief_trial.employer_id"}
CLOSED = 410
ROWS = [
    Row("employers:brief-choose", makers(200), kwargs=CHOOSE),
    Row("employers:brief-choose", makers(302), kwargs=CHOOSE, method="post"),
    Row("employers:brief", makers(200), kwargs=ONE, needs=WRITTEN),
    post("brief-consents", 422),
    post("brief-make", 422),
    Row("employers:brief-edit", makers(200), kwargs=ONE, needs=WRITTEN),
    post("brief-edit", 422, WRITTEN),
    post("brief-ask", 302, WRITTEN),
    post("brief-approve", 422, WRITTEN),
    post("brief-declined", 422),
    post("brief-deliver", 422, APPROVED),
    post("brief-link-stop", 302, APPROVED),
    post("brief-withdraw", 422, APPROVED),
    Row("employers:brief-print", makers(200), kwargs=ONE, needs=WRITTEN),
    post("brief-file", 302, WRITTEN),
    Row("employers:brief-pdf", makers(200), kwargs={**ONE, "file_pk": "brief_pdf.pk"}),
    Row("own_briefs:workplaces", everybody(CLOSED, anonymous=CLOSED)),
    Row("own_briefs:workplace", everybody(CLOSED, anonymous=CLOSED), kwargs=OWN),
    Row("own_briefs:workplace", everybody(CLOSED, anonymous=CLOSED), kwargs=OWN, method="post"),
    Row("own_briefs:answer", everybody(CLOSED, anonymous=CLOSED), kwargs=OWN, method="post"),
    Row("own_briefs:no-brief", everybody(CLOSED, anonymous=CLOSED), kwargs=OWN, method="post"),
    Row("workplace:brief", everybody(CLOSED, anonymous=CLOSED), kwargs={"secret": "nobody-has-this"}),
]
