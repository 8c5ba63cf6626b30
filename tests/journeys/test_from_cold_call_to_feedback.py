"""One work trial from a cold call to the workplace's feedback: the coordinator at the desk, the guide on a
phone, each only with what the pages and the mails give them (issue 4)."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from coaching.models import AttendanceMark
from core.models import OutgoingMail
from employers.enums import FeedbackItem
from employers.models import Agreement, ContactEvent, Employer, EmployerFeedback, Placement, Visit
from tests.journeys.conftest import PHONE, WIDE
from tests.support.factories import ConsentFactory, GoalFactory

GUIDE = "oili@saha.example"
TERMS = {
    "tasks": "Tavaran vastaanotto ja hyllytys",
    "length_reason": "Kaikki varaston työt ehditään kokeilla",
    "support_agreed": "Ohjaaja näyttää työt",
    "instructions_by": "Työpaikkaohjaaja",
    "changes_by": "Esimies",
}


@pytest.fixture
def seeker(enrolment):
    """Somebody without a place, with a goal and the consents that an agreement needs."""
    person = enrolment.participant
    for recipient, item in (("employer", "contact"), ("authority", "contact"), ("authority", "work_trial")):
        ConsentFactory(participant=person, recipient=recipient, item=item)
    GoalFactory(enrolment=enrolment, text="Haluan varastotyöhön.")
    return enrolment


def press(hand, selector: str) -> None:
    with hand.page.expect_navigation():
        hand.page.click(selector)


def mailed_path() -> str:
    """The address in the newest mail to the guide."""
    mail = OutgoingMail.objects.filter(recipient=GUIDE).order_by("-pk").first()
    assert "Koivuniemi" not in mail.subject + mail.body
    return re.search(r"/w/\S+", mail.body).group()


def scan() -> dict:
    paper = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(paper, "PNG")
    return {"name": "sopimus.png", "mimeType": "image/png", "buffer": paper.getvalue()}


def test_a_work_trial_from_a_cold_call_to_feedback(walk, coordinator, seeker, today):
    desk = walk(WIDE)
    desk.log_in(coordinator)
    call_and_agree(desk)
    trial = plan(desk, seeker)
    page = f"/employers/placements/{trial.pk}/"
    hold(desk, trial.visits.get(kind="opening"))
    sign(desk, walk, trial)
    desk.go(page)
    press(desk, "button[name=target][value=ongoing]")
    desk.check()
    press(desk, "button[name=do][value=mail]")
    mark_the_week(walk)
    hold(desk, trial.visits.due().in_order().first())
    end(desk, page)
    give_feedback(walk)
    desk.go(page)
    assert "Hyvä työkaveri" in desk.page.inner_text("main")
    desk.check()


def call_and_agree(desk) -> None:
    desk.go("/employers/new/")
    desk.page.fill("[name=name]", "Rautakauppa Saha Oy")
    desk.page.fill("[name=city]", "Hämeenlinna")
    press(desk, "main form.form button[type=submit]")
    desk.page.click("#people summary")
    desk.page.fill("#new_person_name", "Oili Ohjaaja")
    desk.page.select_option("#new_person_role", "guide")
    desk.page.fill("#new_person_email", GUIDE)
    press(desk, "#people details button[type=submit]")
    desk.page.check("[name=result][value=agreed]")
    press(desk, ".contact-line button[type=submit]")
    assert ContactEvent.objects.get().result == "agreed"
    desk.check()


def plan(desk, seeker) -> Placement:
    desk.go(f"/employers/{Employer.objects.get().pk}/placements/new/{seeker.pk}/")
    desk.page.select_option("[name=purpose]", "return_to_work")
    for name, text in TERMS.items():
        desk.page.fill(f"[name={name}]", text)
    for role in ("supervisor", "guide"):
        desk.page.select_option(f"[name={role}]", label="Oili Ohjaaja (työpaikkaohjaaja)")
    press(desk, "main form.form button[type=submit]")
    trial = Placement.objects.get()
    assert trial.state == "planned"
    return trial


def hold(desk, visit: Visit) -> None:
    """A talk or a visit in order, written down."""
    desk.go(f"/employers/visits/{visit.pk}/record/")
    for check in ("work", "learning", "cooperation", "terms"):
        if desk.page.locator(f"#id_check_{check}_0").count():
            desk.page.click(f"#id_check_{check}_0")
    press(desk, ".sticky-actions button[type=submit]")
    assert Visit.objects.get(pk=visit.pk).state == "done"
    desk.check()


def sign(desk, walk, trial: Placement) -> None:
    """The workplace by link, the two others on one paper."""
    desk.go(f"/employers/placements/{trial.pk}/signing/")
    desk.page.check("[name=participant-method][value=paper]")
    desk.page.check("[name=employer-method][value=link]")
    desk.page.select_option("[name=employer-contact_person]", str(trial.guide_id))
    desk.page.check("[name=authority-method][value=paper]")
    desk.page.fill("[name=authority-name]", "Olli Virkailija")
    press(desk, "form[action$='/signing/send/'] button[type=submit]")
    desk.check()
    phone = walk(PHONE)
    phone.go(mailed_path())
    phone.check()
    press(phone, "main form button[type=submit]")
    phone.check()
    desk.page.reload()
    desk.page.click("summary:has-text('Kirjaa')")
    for party, name in (("participant", "Aino Koivuniemi"), ("authority", "Olli Virkailija")):
        desk.page.check(f"[name=parties][value={party}]")
        desk.page.fill(f"[name=name_{party}]", name)
    desk.page.fill("[name=signed_on]", "10.2.2026")
    desk.page.set_input_files("[name=scan]", scan())
    desk.page.check("[name=is_same_text]")
    press(desk, "form[action$='/signing/paper/'] button[type=submit]")
    desk.check()
    assert Agreement.objects.get().signed_at is not None


def mark_the_week(walk) -> None:
    phone = walk(PHONE)
    phone.go(mailed_path())
    press(phone, "button[name=all_done]")
    phone.check()
    assert AttendanceMark.objects.filter(mark="present", session=None).exists()


def end(desk, page: str) -> None:
    desk.go(page)
    form = "form:has(input[name=target][value=ended_early])"
    desk.page.click(f"details:has({form}) > summary")
    desk.page.fill(f"{form} [name=last_day]", "10.2.2026")
    desk.page.select_option(f"{form} [name=end_decision]", "together")
    desk.page.select_option(f"{form} [name=end_cause]", "work")
    press(desk, f"{form} button.btn-primary")
    desk.check()
    assert Placement.objects.get().state == "ended_early"


def give_feedback(walk) -> None:
    phone = walk(PHONE)
    phone.go(mailed_path())
    for item in FeedbackItem.values:
        phone.page.click(f"#id_{item}_3")
    phone.page.click("#id_take_again_0")
    phone.page.fill("[name=succeeded]", "Hyvä työkaveri heti ensimmäisestä päivästä.")
    press(phone, "main button[type=submit]")
    phone.check()
    assert EmployerFeedback.objects.get().answers.count() == 10
