"""Every way out of the house stands here with its gate, and a new one fails until somebody says which.

Exits are found, not listed: addresses that answer without a log-in, addresses that give a file, pages that a
TE officer of the office may open, mails, and files that workers make. Each is mapped to the door of
`core.registry.ways_out` that it asks, or to why it carries nothing that a consent is needed for.
"""

from __future__ import annotations

import inspect
import re

import pytest
from django.conf import settings

from core.registry import ways_out
from reports.enums import FileKind
from tests.support.matrix import all_rows, named_views

GIVES_A_FILE = re.compile(
    r"FileResponse|Streaming|table_response|json_response|_download\(|text/calendar|attachment"
)

NOBODY = "it tells of nobody"
OWN = "the person's own, shown to the person"
HOUSE = "it stays in the house: for signed-in staff, as far as their role sees"
NO_NAMES = "it names nobody"
KNOWN = "the workplace has the name by the agreement, whose door was asked; it adds its own days and answers"

GATES: dict[str, str] = {
    # without a log-in
    "accounts:log-in": NOBODY,
    "accounts:log-out": NOBODY,
    "accounts:password-choose": NOBODY,
    "healthz": NOBODY,
    "set-language": NOBODY,
    "coaching:calendar-file": NO_NAMES,
    "coaching:wall": "month.wall",
    "verify-summary": "summary.verify",
    "workplace:brief": "placement.brief",
    "workplace:hours": KNOWN,
    "workplace:concern": KNOWN,
    "workplace:feedback": KNOWN,
    "workplace:feedback-draft": KNOWN,
    "workplace:sign": "placement.agreement",
    "office:delivery": "summary.read",
    "office:read": "summary.read",
    "office:pdf": "summary.read",
    "office:json": "summary.read",
    "office:copied": "summary.read",
    "office:all": "summary.read",
    "office:all-progress": "summary.read",
    "office:all-download": "summary.read",
    "office:close": NOBODY,
    # files
    "coaching:profile-pdf": "profile.paper",
    "employers:agreement-pdf": "placement.agreement",
    "employers:brief-pdf": "placement.brief",
    "employers:employer-list-example": NOBODY,
    "employers:employer-list-failed-rows": HOUSE,
    "employers:figures-employers": HOUSE,
    "employers:figures-file": HOUSE,
    "employers:register-file": HOUSE,
    "participants:referral-example": NOBODY,
    "participants:referral-failed-rows": HOUSE,
    "reports:attendance-file": HOUSE,
    "reports:file-job-download": "what is in it was asked when it was made: see the kinds of files",
    "reports:groups-file": HOUSE,
    "reports:inbox-json": "summary.read",
    "reports:summary-pdf": "summary.read",
    "reports:trial-report-file": HOUSE,
    # what an officer opens
    "accounts:password-change": NOBODY,
    "coaching:calendar-feed": NO_NAMES,
    "coaching:kick-off": NO_NAMES,
    "coaching:month-calendar": NO_NAMES,
    "coaching:month-detail": NO_NAMES,
    "coaching:month-list": NO_NAMES,
    "employers:agreements-to-sign": "placement.agreement_authority",
    "employers:officer-sign": "placement.agreement_authority",
    "employers:joint-visits": "visit.authority",
    "employers:lead": "lead.share",
    "employers:lead-share-print": "lead.share",
    "employers:leads-passed": "lead.share",
    "reports:digest-list": "digest.send",
    "reports:inbox": "summary.read",
    "reports:inbox-read": "summary.read",
    "reports:inbox-changes": "summary.read",
    "reports:officer-aftercare": "summary.read",
    "reports:officer-decision": "summary.read",
    # mails
    "mail agreement_account": NO_NAMES,
    "mail agreement_account_reminder": NO_NAMES,
    "mail agreement_link": NO_NAMES,
    "mail agreement_link_reminder": NO_NAMES,
    "mail agreement_own": OWN,
    "mail agreement_own_reminder": OWN,
    "mail candidate_brief": "placement.brief",
    "mail concern_raised": NO_NAMES,
    "mail delivery": "summary.mail",
    "mail feedback_asked": NO_NAMES,
    "mail feedback_reminder": NO_NAMES,
    "mail guide_hours": NO_NAMES,
    "mail guide_hours_reminder": NO_NAMES,
    "mail office_digest": "digest.send",
    "mail password_link": NOBODY,
    "mail personal_link": OWN,
    "mail pre_assignment_reminder": OWN,
    "mail pre_assignments": OWN,
    # files that workers make
    "file delivery_zip": "summary.read",
    "file attendance": "attendance.office",
    "file groups": HOUSE,
    "file placements": HOUSE,
    "file own_data": "own_data.file",
    "file digest": "digest.send",
}


def exits() -> set[str]:
    found = {f"mail {folder.name}" for folder in (settings.BASE_DIR / "templates/emails").iterdir()}
    found |= {f"file {kind}" for kind in FileKind.values}
    for name, view in named_views():
        if not getattr(view, "login_required", True) or GIVES_A_FILE.search(source_of(view)):
            found.add(name)
    found |= {row.url_name for row in all_rows() if row.method == "get" and row.expect.get("officer") == 200}
    return found


def source_of(view) -> str:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    try:
        return inspect.getsource(view)
    except (OSError, TypeError):
        return ""


def is_own(name: str) -> bool:
    """Behind the personal link the person reads the own matters; each page looks them up by the visit."""
    return name.partition(":")[0].startswith("own") and ":" in name


def test_every_exit_says_its_gate():
    untold = sorted(name for name in exits() if name not in GATES and not is_own(name))
    assert not untold, f"which door of core.registry.ways_out does it ask, or why none? {untold}"


def test_no_gate_is_told_of_an_exit_that_is_gone():
    gone = sorted(set(GATES) - exits() - {"reports:inbox-changes"})
    assert not gone, f"these exits are gone, or are none any more: {gone}"


def test_every_door_that_is_told_is_registered_and_every_registered_door_has_an_exit():
    doors = {way.code for way in ways_out}
    told = {gate for gate in GATES.values() if re.fullmatch(r"[a-z_]+\.[a-z_]+", gate)}
    assert told <= doors
    assert doors - told == {"summary.release"}, "it is asked before anything goes out at all"


@pytest.mark.parametrize("way", sorted(ways_out, key=lambda way: way.code), ids=lambda way: way.code)
def test_each_door_with_data_is_asked_in_the_program(way):
    """A door that nobody asks would be a promise on paper."""
    if not way.items:
        assert way.why_none
        return
    apps = ("coaching", "employers", "participants", "reports")
    files = [path for app in apps for path in (settings.BASE_DIR / app).rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    names = {
        name
        for text in texts
        for name in re.findall(rf'^(WAY_OUT\w*|WALL\w*) = "{re.escape(way.code)}"', text, re.MULTILINE)
    }
    asked = [
        text
        for text in texts
        if re.search(r"(require_way_out|allowed_through)\(", text)
        and (f'"{way.code}"' in text or any(re.search(rf"code={name}\b", text) for name in names))
    ]
    assert asked, f"nobody asks {way.code}"
