"""manage.py import_referrals: the same rules, no names on the screen, an honest exit code."""

import io

import pytest
from django.core.management import CommandError, call_command

from participants.models import Participant
from tests.support.lists import csv_list, demo_hetu

HEADERS = ["Sukunimi", "Etunimi", "Hetu", "Kengännumero"]
GOOD = ["Koivuniemi", "Aino", demo_hetu(17, 5, 1980), "40"]
BAD = ["Saha", "Pekka", "010180-900A", "44"]


@pytest.fixture
def run(tmp_path, office, today):
    def ran(*rows, options=(), authority=office.name):
        path = tmp_path / "lista.csv"
        path.write_bytes(csv_list(HEADERS, *rows))
        out = io.StringIO()
        code = 0
        try:
            call_command("import_referrals", str(path), "--authority", authority, *options, stdout=out)
        except SystemExit as stop:
            code = stop.code
        return code, out.getvalue()

    return ran


def test_a_clean_list_goes_in_and_answers_zero_twice(run):
    assert run(GOOD)[0] == 0
    assert run(GOOD)[0] == 0
    assert Participant.objects.count() == 1


def test_rows_to_mend_answer_two_and_the_good_ones_go_in(run):
    code, printed = run(GOOD, BAD)
    assert code == 2
    assert Participant.objects.count() == 1
    assert "Kengännumero" in printed


def test_a_dry_run_saves_nothing(run):
    assert run(GOOD, options=["--dry-run"])[0] == 0
    assert not Participant.objects.exists()


def test_nothing_personal_is_printed(run):
    _code, printed = run(GOOD, BAD)
    for cell in (*GOOD[:3], *BAD[:3]):
        assert cell not in printed


def test_an_unknown_authority_and_a_missing_file_are_errors(run, office, tmp_path):
    with pytest.raises(CommandError, match=office.name):
        run(GOOD, authority="Kuun työllisyysalue")
    with pytest.raises(CommandError):
        call_command("import_referrals", str(tmp_path / "ei.csv"), "--authority", office.name)
    assert not Participant.objects.exists()
