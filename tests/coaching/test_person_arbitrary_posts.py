"""Whatever is posted to the forms about a person, the answer is a page and the rows stay valid."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from coaching.models import ActionStep, Discussion, Enrolment, GoalAlternative, GoalVersion, SubGoal
from tests.support import factories
from tests.support.client import faults_of

texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["\x00", "\u202eسلام", "🎉", "<script>alert(1)</script>", "%s", "{{ x }}", "x" * 10_001]),
)
dates = st.sampled_from(
    [
        "10.2.2026",
        "9.2.2026",
        "31.2.2026",
        "1.1.0001",
        "31.12.9999",
        "2026-02-10",
        "huomenna",
        "-1",
        "٣.٢.٢٠٢٦",
        "",
    ]
)
numbers = st.sampled_from(["0", "1", "2", "-1", "9" * 30, "1.5", "abc", "", "٣", "\x00"])
codes = st.sampled_from(
    [
        "daily_life",
        "skills",
        "reached",
        "set_aside",
        "open",
        "paid_work",
        "study",
        "participant",
        "1",
        "x",
        "",
    ]
)
FIELDS = {
    "text": texts, "why_changed": texts, "topic": texts, "present": texts, "participant_view": texts,
    "coach_view": texts, "help_wanted": texts, "help_answer": texts, "agreed": texts, "what": texts,
    "how": texts, "who": texts, "alternative": texts, "result": texts, "onward_detail": texts,
    "exit_reason": texts, "support_after": texts, "reason": texts,
    "planned_on": dates, "held_on": dates, "due_on": dates, "done_on": dates, "left_on": dates,
    "onward_starts_on": dates,
    "base_number": numbers, "base_version": numbers, "version": numbers,
    "area": codes, "goal_area": codes, "state": codes, "aside": codes, "onward_path": codes,
    "ended_by": codes, "ask": codes, "start": codes,
}  # fmt: skip


class AnyPost(TestCase):
    @pytest.fixture(autouse=True)
    def _today(self, today):
        pass

    def setUp(self):
        self.enrolment = factories.EnrolmentFactory()
        own = {"enrolment": self.enrolment}
        pk = self.enrolment.pk
        step = factories.ActionStepFactory(**own)
        goal = factories.SubGoalFactory(**own)
        alternative = factories.GoalAlternativeFactory(**own)
        talk = factories.DiscussionFactory(**own, kind="other", topic="Raha", held_on="2026-02-05")
        self.stranger = factories.ActionStepFactory()
        self.addresses = [
            reverse(f"coaching:{name}", args=[pk, *more])
            for name, *more in (
                ("goal",),
                ("sub-goal-new",),
                ("sub-goal", goal.pk),
                ("sub-goal-move", goal.pk),
                ("alternative-new",),
                ("alternative-move", alternative.pk),
                ("discussion", "mid"),
                ("discussion-plan", "final"),
                ("other-discussion-new",),
                ("other-discussion", talk.pk),
                ("discussion-remove", talk.pk),
                ("action-step-new",),
                ("action-step", step.pk),
                ("action-step", self.stranger.pk),
                ("action-step-done", step.pk),
                ("action-step-reopen", step.pk),
                ("action-step-remove", self.stranger.pk),
                ("proposal",),
                ("left-for-work",),
                ("dropped-out",),
                ("came-back",),
            )
        ]
        self.client = Client()
        self.client.force_login(self.enrolment.month.coach, backend="accounts.backends.EmailBackend")

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_any_post_gets_an_answer_and_leaves_valid_rows(self, data):
        fields = data.draw(st.fixed_dictionaries({}, optional=FIELDS))
        query = QueryDict(mutable=True)
        query.update(fields)
        for address in data.draw(st.lists(st.sampled_from(self.addresses), min_size=1, max_size=5)):
            response = self.client.post(
                address, query.urlencode(), content_type="application/x-www-form-urlencoded"
            )
            assert response.status_code in (200, 302, 404, 422), address
            if response.status_code in (200, 422):
                # "{{" may well be what somebody typed
                assert set(faults_of(response.content.decode())) <= {"template syntax reached the page"}
        page = self.client.get(reverse("coaching:person", args=[self.enrolment.pk]))
        assert page.status_code == 200
        for model in (ActionStep, Discussion, GoalAlternative, GoalVersion, SubGoal, Enrolment):
            for row in model.objects.all():
                row.full_clean()
        self.stranger.refresh_from_db()
        assert self.stranger.what == "Hakee varastokurssille"
