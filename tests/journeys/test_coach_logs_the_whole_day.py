"""What a day brings besides marks, in a real browser: calls by a tap, acts, tips, prompts, phrases."""

from __future__ import annotations

import pytest

from coaching.models import AttendanceMark, IndividualTime, JobSearchAction, Phrase, SharedTip
from tests.coaching.daily_log_support import make_group, release_summary
from tests.support import factories


@pytest.fixture
def group(month, session, today):
    session.month.programme.weeks.update_or_create(
        number=2, defaults={"theme": "Piilotyöpaikat", "prompts": "Kuka tuntee kenet?\nMitä löytyi?"}
    )
    return make_group(month, 10)


@pytest.fixture
def log(walk, coach, session, group):
    """`log(width)`: (walker, page) of the coach with the session's log open."""

    def open_log(*width, **more):
        walker = walk(*width, **more)
        walker.log_in(coach)
        walker.go(f"/coaching/sessions/{session.pk}/log/")
        return walker, walker.page

    return open_log


def save(page) -> None:
    with page.expect_navigation():
        page.click("#save-log")


def active(page) -> str:
    return page.evaluate("document.activeElement.id")


def test_a_call_is_one_tap_and_can_be_taken_back(log, group, width):
    desk, page = log(width)
    row = f"#log-row-{group[0].pk}"
    for _ in range(3):
        page.click(f"{row} .log-call")
    page.click(f"{row} .log-uncall")
    assert page.inner_text(f"{row} .log-call-count") == "2"
    save(page)
    assert page.inner_text(f"{row} .log-call-count") == "2"
    desk.check()
    assert list(JobSearchAction.objects.values_list("enrolment", "kind")) == [(group[0].pk, "call")] * 2


def test_acts_time_and_tips_are_written_with_everything_open(log, group, width):
    desk, page = log(width)
    first = group[0].pk
    page.click(f"#log-row-{first} .log-more")
    page.fill(f"#time-{first}", "25")
    page.select_option(f"#actkind-{first}-0", "application")
    page.fill(f"#acttext-{first}-0", "Saha Oy")
    page.select_option(f"#actkind-{first}-1", "other")
    page.fill(f"#acttext-{first}-1", "Kysyi naapurilta")
    page.evaluate("document.querySelectorAll('#log-form details').forEach(part => { part.open = true; })")
    page.fill("#tiptext-0", "Soita aamulla")
    page.select_option("#tipby-0", str(group[1].pk))
    page.fill("#tiptext-1", "Hyvin rohkea puhelu")
    page.select_option("#tipkind-1", "praise")
    desk.check()
    save(page)
    desk.check()
    assert IndividualTime.objects.get().minutes == 25
    assert set(JobSearchAction.objects.values_list("kind", "text")) == {
        ("application", "Saha Oy"),
        ("other", "Kysyi naapurilta"),
    }
    assert set(SharedTip.objects.values_list("kind", "given_by")) == {("tip", group[1].pk), ("praise", None)}


def test_calls_time_and_acts_by_keyboard_alone(log, group):
    desk, page = log()
    first = group[0].pk
    desk.press_tab_to("#all-present")
    for key in ("Enter", "+", "+", "-", "."):
        page.keyboard.press(key)
    assert active(page) == f"time-{first}"
    page.keyboard.type("15")
    page.keyboard.press("Enter")
    assert active(page) == f"calls-{first}"
    page.keyboard.press("Escape")
    assert active(page) == f"mark-{first}"
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert IndividualTime.objects.get().minutes == 15
    assert JobSearchAction.objects.get().kind == "call"
    assert AttendanceMark.objects.filter(mark="present").count() == 10


def test_prompts_and_phrases_go_into_the_text_and_a_sentence_becomes_a_phrase(log, coach, phrase, width):
    desk, page = log(width)
    page.click(".log-chip >> text=Kuka tuntee kenet?")
    page.keyboard.type("Listalle tuli 23 nimeä.")
    page.click("#log-phrases summary")
    page.click(".log-chip[data-used-url]")
    assert page.input_value("#group_note").split() == (
        ["Kuka", "tuntee", "kenet?", "Listalle", "tuli", "23", "nimeä.", "Ryhmä", "kannusti", "toisiaan."]
    )
    page.evaluate("document.getElementById('group_note').setSelectionRange(25, 25)")
    page.click("#keep-phrase")
    page.wait_for_function("() => document.querySelector('.log-phrase-state').textContent.includes('23')")
    desk.check()
    assert coach.phrases.filter(text="Listalle tuli 23 nimeä.").exists()
    desk.go("/coaching/phrases/")
    desk.check()
    assert Phrase.objects.get(pk=phrase.pk).used_count == 1


def test_a_correction_after_the_release_asks_in_its_place(log, session, group, width):
    factories.MarkFactory(enrolment=group[0], session=session)
    release_summary(group[0])
    desk, page = log(width)
    page.select_option(f"#mark-{group[0].pk}", "unauthorised")
    save(page)
    desk.check()
    assert page.get_attribute("#correction_reason", "aria-invalid") == "true"
    page.fill("#correction_reason", "Merkintä meni väärälle riville")
    save(page)
    assert AttendanceMark.objects.get().mark == "unauthorised"


def test_without_javascript_everything_is_there_and_saved(log, group):
    _, page = log(360, javascript=False)
    first = group[0].pk
    page.fill(f"#calls-{first}", "2")
    page.select_option(f"#actkind-{first}-0", "cv")
    page.click(".log-chip >> text=Mitä löytyi?")
    page.wait_for_load_state()
    assert page.input_value("#group_note") == "Mitä löytyi?"
    page.click("#save-log")
    page.wait_for_load_state()
    assert sorted(JobSearchAction.objects.values_list("kind", flat=True)) == ["call", "call", "cv"]
