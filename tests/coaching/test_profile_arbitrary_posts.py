"""Whatever is posted to the forms of what a person can and wants: a page or a redirect, never a 500."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FORMS = ("profile", "barrier-new", "workplace-new", "interview-new", "certificate-new", "cv-check")
NAMES = (
    "base_version",
    "base",
    "text",
    "help_kind",
    "helped_on",
    "solved_on",
    "name",
    "colour",
    "contacted_on",
    "kind",
    "held_on",
    "learned",
    "issued_on",
    "expires_on",
    "seen_on",
    "checked_on",
    "strengths",
    "time-coach-level",
    "time-coach-sentence",
    "plan-participant-level",
    "plan-participant-sentence",
)
SAMPLES = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "9" * 30,
        "10.2.2026",
        "31.2.2026",
        "1.1.0001",
        "green",
        "real",
        "good",
        "not_yet",
        "\x00",
        "\u202e🙂",
    ]
)
POSTS = st.dictionaries(st.sampled_from(NAMES), SAMPLES | st.text(max_size=40), max_size=12)
MANY = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(data=POSTS)
def test_no_form_of_a_person_answers_500(client_of, coach, enrolment, data):
    client = client_of(coach)
    addresses = [reverse(f"coaching:{name}", args=[enrolment.pk]) for name in FORMS]
    addresses += [reverse(f"coaching:{name}", args=[enrolment.pk, "start"]) for name in ("areas", "skills")]
    assert {client.post(address, data).status_code for address in addresses} <= {302, 422}
