"""Whatever is posted to the daily log, the answer is a page and the data stays whole: never a 500."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from coaching.daily_log import MINUTES_LIMIT
from coaching.models import AttendanceMark, IndividualTime, JobSearchAction, Session, SharedTip, StepForward
from tests.coaching.daily_log_support import make_group, opened_form, query_dict
from tests.support import factories
from tests.support.client import faults_of

texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "1",
            "-1",
            "480",
            "481",
            "٣",
            "1e3",
            "present",
            "own_illness",
            "other",
            "call",
            "together",
            "praise",
            "mine",
            "theirs",
        ]
    ),
    st.sampled_from(["\x00", "\u202e", "🎉", "<script>", "%s", "{{ x }}", "x" * 10_001, "9" * 30]),
)
FIELDS = ["mark", "late", "early", "step", "by", "time", "calls", "actkind", "acttext", "actby", "x"]
GROUP = ["trial_note", "trial_advice", "tipkind", "tiptext", "tipby", "tipto", "insert", "correction_reason"]
bases = st.one_of(
    texts,
    st.just("[" * 5_000),
    st.dictionaries(st.text(max_size=14), st.one_of(st.none(), st.integers(), st.text(max_size=12))).map(
        json.dumps
    ),
)


class AnyPost(TestCase):
    @pytest.fixture(autouse=True)
    def _today(self, today):
        pass

    def setUp(self):
        month = factories.MonthFactory()
        self.session = factories.SessionFactory(month=month, held_on="2026-02-10")
        self.session.refresh_from_db()
        self.group = [enrolment.pk for enrolment in make_group(month, 2)]
        self.client = Client()
        self.client.force_login(month.coach, backend="accounts.backends.EmailBackend")

    def _fields(self, data) -> dict:
        people = st.sampled_from([*self.group, 0, 10**17, self.group[0] + 5])
        names = st.one_of(
            st.tuples(st.sampled_from(FIELDS), people).map(lambda parts: f"{parts[0]}-{parts[1]}"),
            st.sampled_from(
                [
                    "group_note",
                    "not_arranged",
                    "not_arranged_reason",
                    "confirm_removal",
                    "all_present",
                    *GROUP,
                ]
            ),
            st.sampled_from(["conflict", "choice-note", "session", "version"]),
            st.text(max_size=12),
        )
        fields = opened_form(self.session) | data.draw(st.dictionaries(names, texts, max_size=8))
        if data.draw(st.booleans()):
            fields["base"] = data.draw(bases)
        for name in data.draw(st.sets(st.sampled_from(sorted(fields)), max_size=3)):
            del fields[name]
        return fields

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_any_post_gets_an_answer_and_leaves_valid_rows(self, data):
        fields = query_dict(self._fields(data)).urlencode()
        for address in ("log/", "log/draft/"):
            response = self.client.post(
                f"/coaching/sessions/{self.session.pk}/{address}",
                fields,
                content_type="application/x-www-form-urlencoded",
            )
            assert response.status_code in (200, 302, 422)
        page = self.client.get(f"/coaching/sessions/{self.session.pk}/log/")
        assert page.status_code == 200
        # "{{" may well be what somebody typed
        assert set(faults_of(page.content.decode())) <= {"template syntax reached the page"}
        for mark in AttendanceMark.objects.all():
            mark.full_clean()
            assert mark.enrolment_id in self.group
            assert max(mark.minutes_late, mark.minutes_left_early) <= MINUTES_LIMIT
        for model in (StepForward, IndividualTime, JobSearchAction, SharedTip):
            for row in model.objects.all():
                row.full_clean()
        saved = Session.objects.get(pk=self.session.pk)
        saved.full_clean()
        assert (saved.state == "planned") == (saved.logged_at is None)
