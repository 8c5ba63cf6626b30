"""The examples in docs/examples are what their script makes, and go in as they are."""

import importlib.util
from pathlib import Path

import pytest

from participants.referral_list.preview import reason_of
from participants.services.referral_lists import judge_list

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "examples"


@pytest.fixture
def script():
    spec = importlib.util.spec_from_file_location("make_examples", FOLDER / "make_examples.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_files_are_what_the_script_makes(script, tmp_path):
    script.write_all(tmp_path)
    for made in tmp_path.iterdir():
        if made.suffix == ".csv":  # a workbook's bytes also depend on the writer's version
            assert made.read_bytes() == (FOLDER / made.name).read_bytes()
        else:
            assert (FOLDER / made.name).is_file()


@pytest.mark.parametrize("name", ["lahetelista.csv", "lahetelista.xlsx"])
def test_every_row_of_the_good_examples_is_good(name, db, today):
    judged = judge_list(data=(FOLDER / name).read_bytes(), file_name=name, today=today)
    assert all(judged.table.fields)
    assert [reason_of(row) for row in judged.rows if row.faults] == []
    assert judged.count("good") == 12


def test_the_faulty_example_shows_each_fault_once(db, today):
    name = "lahetelista-korjattavaa.csv"
    judged = judge_list(data=(FOLDER / name).read_bytes(), file_name=name, today=today)
    assert [[fault.code for fault in row.faults] for row in judged.rows] == [
        [],
        ["duplicate_in_file"],
        ["date_impossible"],
        ["one_word_name"],
        ["hetu_impossible"],
        ["hetu_birth_date"],
        ["phone_impossible"],
    ]
