"""The demo's mailbox: there in the demo, for this machine, and nowhere else."""

from __future__ import annotations

import importlib

import pytest
from django.urls import NoReverseMatch, clear_url_caches, reverse

from core.models import DemoMail

pytestmark = pytest.mark.django_db
MAILBOX = "/demo/mailbox/"


@pytest.fixture
def demo(settings):
    """The addresses as the demo has them; the product's come back afterwards."""
    settings.IS_DEMO = True
    module = importlib.import_module("config.urls")
    importlib.reload(module)
    clear_url_caches()
    yield
    settings.IS_DEMO = False
    importlib.reload(module)
    clear_url_caches()


def test_outside_the_demo_there_is_no_mailbox(client):
    with pytest.raises(NoReverseMatch):
        reverse("demo-mailbox")
    assert client.get(MAILBOX).status_code == 404


def test_mail_is_listed_newest_first_with_links_to_press(client, demo):
    DemoMail.objects.create(recipient="a@demo.example", subject="Earlier", body="Hello <b>")
    DemoMail.objects.create(
        recipient="b@demo.example", subject="Later", body="http://127.0.0.1:8000/x/?a=1\n"
    )
    html = client.get(MAILBOX).content.decode()
    assert html.index("Later") < html.index("Earlier")
    assert 'href="http://127.0.0.1:8000/x/?a=1"' in html
    assert "Hello &lt;b&gt;" in html


def test_another_machine_does_not_see_it(client, demo):
    assert client.get(MAILBOX, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get(MAILBOX, REMOTE_ADDR="").status_code == 404
    assert client.get(MAILBOX, REMOTE_ADDR="::1").status_code == 200


def test_the_demos_pages_lead_to_it(client, demo):
    assert f'href="{MAILBOX}"' in client.get("/account/log-in/").content.decode()
