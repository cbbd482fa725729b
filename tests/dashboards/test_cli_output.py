"""Frames as text: what a spreadsheet, a terminal and a program get from hostile values."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.commands.output import FORMULA_LEADS, to_csv, to_json, to_table, write


@pytest.mark.parametrize("lead", FORMULA_LEADS)
def test_no_string_in_csv_leads_like_a_formula(lead: str) -> None:
    text = f"{lead}cmd|' /C calc'!A0"
    parsed = list(csv.reader(io.StringIO(to_csv(pl.DataFrame({"name": [text]})), newline="")))
    assert parsed[1] == ["'" + text]


def test_negative_numbers_stay_numbers_in_csv() -> None:
    assert to_csv(pl.DataFrame({"lag": [-1, 2]})) == "lag\n-1\n2\n"


def test_lists_dates_and_nulls_have_a_plain_form_in_csv() -> None:
    frame = pl.DataFrame({"types": [["a", "b"], None], "on": [date(2014, 4, 13), None]})
    assert to_csv(frame) == "types,on\na|b,2014-04-13\n,\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_every_other_string_comes_back_from_csv_as_it_was(texts: list[str]) -> None:
    parsed = list(csv.reader(io.StringIO(to_csv(pl.DataFrame({"name": texts})), newline="")))[1:]
    assert [
        row[0].removeprefix("'") if text.startswith(FORMULA_LEADS) else row[0]
        for row, text in zip(parsed, texts, strict=True)
    ] == texts


def test_json_keeps_chinese_and_writes_dates_in_iso() -> None:
    value = {"名": "督查", "on": date(2014, 4, 13), "at": datetime(2014, 4, 13, 9, 30), "groups": ("T1",)}
    text = to_json(value)
    assert "督查" in text
    assert json.loads(text) == {"名": "督查", "on": "2014-04-13", "at": "2014-04-13T09:30:00", "groups": ["T1"]}


def test_json_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json({"value": float("nan")})


def test_a_table_passes_no_control_character_and_no_markup_on() -> None:
    text = to_table(pl.DataFrame({"name": ["\x1b[31mred\x1b[0m", "[bold]b[/bold]", "one\ntwo"]}))
    assert "\x1b" not in text
    assert "[bold]b[/bold]" in text
    assert len(text.strip().splitlines()) == 5


def test_a_table_cuts_nothing_when_it_is_not_a_terminal() -> None:
    long = "x" * 500
    assert long in to_table(pl.DataFrame({"name": [long], "other": [long]}))


def test_an_earlier_file_stays_when_writing_fails(tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("before")

    def fails(path: Path) -> None:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write(target, fails)
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]
