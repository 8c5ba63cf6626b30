"""Whatever is posted to the grid gets a sentence or a page, and the data stays whole: never a 500."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from coaching.models import AttendanceMark, Session
from tests.coaching.daily_log_support import make_group, query_dict
from tests.coaching.grid_support import trial_of
from tests.support import factories
from tests.support.client import faults_of

MARKS = [
    "",
    "present",
    "own_illness",
    "not_arranged",
    "present:10::",
    "present:::4.00",
    ":::",
    "present:999::",
]
texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from([*MARKS, "-1", "481", "٣", "1e3", "NaN", "Infinity", "3,5", "0", "9" * 30]),
    st.sampled_from(["\x00", "\u202e", "🎉", "<script>", "%s", "{{ x }}", "x" * 10_001, "|", "||"]),
)
days = st.sampled_from(["2026-02-10", "2026-02-09", "2026-02-11", "2026-02-07", "2026-02-30", "9999-12-31"])
halves = st.sampled_from(["morning", "afternoon", "night"])


class AnyPost(TestCase):
    @pytest.fixture(autouse=True)
    def _today(self, today):
        pass

    def setUp(self):
        self.month = factories.MonthFactory()
        for day in ("2026-02-09", "2026-02-10", "2026-02-11"):
            factories.SessionFactory(month=self.month, held_on=day)
        people = make_group(self.month, 2)
        trial_of(people[0])
        self.group = [enrolment.pk for enrolment in people]
        self.client = Client()
        self.client.force_login(self.month.coach, backend="accounts.backends.EmailBackend")

    def _post(self, address: str, fields: dict):
        return self.client.post(
            f"/coaching/months/{self.month.pk}/grid/{address}",
            query_dict(fields).urlencode(),
            content_type="application/x-www-form-urlencoded",
        )

    def _name(self, data) -> str:
        people = st.sampled_from([*self.group, 0, 10**17, self.group[0] + 5])
        return f"{data.draw(people)}-{data.draw(days)}-{data.draw(halves)}"

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_any_post_gets_an_answer_and_leaves_valid_rows(self, data):
        cells = [
            f"{self._name(data)}|{data.draw(st.sampled_from(MARKS))}|{data.draw(st.sampled_from(MARKS))}"
            for _ in range(data.draw(st.integers(0, 3)))
        ]
        cells += data.draw(st.lists(texts, max_size=1))
        answer = self._post("cells/", {"cell": cells, "correction_reason": data.draw(texts)})
        assert answer.status_code in (200, 422)
        assert answer["Content-Type"] == "application/json"
        parts = st.sampled_from(["mark", "late", "early", "hours", "seen", "x"])
        fields = {
            f"{data.draw(parts)}-{self._name(data)}": data.draw(texts)
            for _ in range(data.draw(st.integers(0, 6)))
        }
        fields |= {f"mark-{self.group[0]}-2026-02-10-morning": data.draw(texts)}
        answer = self._post("2026-02-10/", fields)
        assert answer.status_code in (200, 302, 422)
        page = self.client.get(f"/coaching/months/{self.month.pk}/grid/")
        assert page.status_code == 200
        assert set(faults_of(page.content.decode())) <= {"template syntax reached the page"}
        for mark in AttendanceMark.objects.all():
            mark.full_clean()
            assert mark.enrolment_id in self.group
            assert mark.day.isoformat() in ("2026-02-09", "2026-02-10")
        for session in Session.objects.all():
            session.full_clean()
            assert (session.state == "planned") == (session.logged_at is None)
