"""Whatever is posted to the forms of planning, an answer comes and the month stays whole: never a 500."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from coaching.models import CoachingMonth, Programme, Session
from coaching.services.programmes import copy_programme_for_month
from coaching.services.schedule import is_weekday
from tests.coaching.daily_log_support import query_dict
from tests.coaching.month_support import full_programme, made_month
from tests.support import factories
from tests.support.client import faults_of

texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "1", "-1", "0", "٣", "1e3", "on", "along", "alone", "morning", "afternoon", "visit"]
    ),
    st.sampled_from(
        ["12.2.2026", "14.2.2026", "3.4.2026", "31.2.2026", "1.1.0001", "31.12.9999", "2.3.2026"]
    ),
    st.sampled_from(["9.00", "12.00", "25.61", "0.00", "23.59", "13.30"]),
    st.sampled_from(["\x00", "\u202e", "🎉", "<script>", "%s", "{{ x }}", "x" * 10_001, "9" * 30]),
)


class AnyPost(TestCase):
    @pytest.fixture(autouse=True)
    def _today(self, today):
        pass

    def setUp(self):
        office = factories.AuthorityFactory()
        coach = factories.UserFactory()
        programme = full_programme()
        self.month = made_month(coach, office, programme=programme)
        self.coming = made_month(
            coach, office, name="Tuleva", starts_on=dt.date(2026, 4, 13), programme=programme
        )
        copy = copy_programme_for_month(actor=coach, month=self.month)
        session = self.month.sessions.get(held_on="2026-02-17")
        self.client = Client()
        self.client.force_login(coach, backend="accounts.backends.EmailBackend")
        self.addresses = [
            reverse("coaching:session-move", args=[session.pk]),
            reverse("coaching:session-edit", args=[session.pk]),
            reverse("coaching:session-cancel", args=[session.pk]),
            reverse("coaching:session-add", args=[self.month.pk]),
            reverse("coaching:month-move", args=[self.coming.pk]),
            reverse("coaching:programme-week", args=[copy.pk, 2]),
            reverse("coaching:programme-edit", args=[copy.pk]),
        ]
        self.forms = {address: self._opened(address) for address in self.addresses}

    def _opened(self, address) -> dict:
        form = self.client.get(address).context["form"]
        return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_any_post_gets_an_answer_and_leaves_a_whole_month(self, data):
        address = data.draw(st.sampled_from(self.addresses))
        opened = self.forms[address]
        names = st.one_of(st.sampled_from([*opened, "save", "previewed", "next"]), st.text(max_size=12))
        fields = opened | data.draw(st.dictionaries(names, texts, max_size=6))
        for name in data.draw(st.sets(st.sampled_from(sorted(fields)), max_size=2)):
            del fields[name]
        response = self.client.post(
            address, query_dict(fields).urlencode(), content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code in (200, 302, 422)
        for month in (self.month, self.coming):
            page = self.client.get(reverse("coaching:month-calendar", args=[month.pk]))
            assert page.status_code == 200
            assert set(faults_of(page.content.decode())) <= {"template syntax reached the page"}
        for session in Session.objects.all():
            session.full_clean()
            assert is_weekday(session.held_on)
        for month in CoachingMonth.objects.all():
            assert all(
                month.starts_on <= day <= month.ends_on
                for day in month.sessions.values_list("held_on", flat=True)
            )
        for programme in Programme.objects.all():
            assert programme.weeks.count() == 4
