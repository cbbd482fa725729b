"""Each rule is broken by its own dirty sample and by no other; the clean county breaks none that stops it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.demo import KNOWN_ON, write_inputs
from data.demo.dirty import EDITS, RULES_BROKEN, edited, write_dirty
from data.intake import read_folder
from data.intake.parsing import parse, trimmed
from data.rules import RULES
from data.schemas import columns

MEETING = date(2014, 4, 13)
BY_CODE = {rule.code: rule for rule in RULES}

Week = tuple[Mapping[str, pl.DataFrame], Mapping[str, pl.DataFrame]]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Week:
    """The clean week of the meeting, as text and as typed tables."""
    folder = tmp_path_factory.mktemp("clean")
    write_inputs(folder, MEETING)
    received = read_folder(folder)
    assert not received.failures
    text = {path.stem: pl.read_csv(path, infer_schema=False) for path in folder.glob("*.csv")}
    return text, received.frames


@pytest.fixture(scope="module")
def usual(clean: Week) -> dict[str, set[tuple[object, ...]]]:
    """What each rule finds in the clean week."""
    return {rule.code: _found(rule.code, clean[1]) for rule in RULES}


def test_there_is_a_dirty_sample_for_every_rule() -> None:
    assert set(RULES_BROKEN) == {rule.code for rule in RULES if not rule.history}


@pytest.mark.parametrize("code", RULES_BROKEN)
def test_a_dirty_sample_breaks_its_rule_and_no_other(
    code: str, clean: Week, usual: dict[str, set[tuple[object, ...]]]
) -> None:
    text, tables = dict(clean[0]), dict(clean[1])
    for edit in EDITS[code]:
        text[edit.table] = edited(text[edit.table], edit)
        tables[edit.table], unreadable = parse(trimmed(text[edit.table]), columns(edit.table))
        assert unreadable.is_empty()
    new = {rule.code for rule in RULES if _found(rule.code, tables) - usual[rule.code]}
    assert new == {code}


@pytest.mark.parametrize("known_on", [KNOWN_ON[0], MEETING, KNOWN_ON[12], KNOWN_ON[-1]], ids=str)
def test_the_clean_county_breaks_no_rule_that_stops_it(known_on: date, tmp_path: Path) -> None:
    write_inputs(tmp_path, known_on)
    tables = read_folder(tmp_path).frames
    failing = {rule.code for rule in RULES if rule.severity == "error" and rule(tables, known_on).height}
    assert failing == set()


def test_a_dirty_folder_is_written_whole_and_read_back_broken(tmp_path: Path) -> None:
    known_on = write_dirty(tmp_path, "V21")
    received = read_folder(tmp_path)
    assert not received.failures
    assert BY_CODE["V21"](received.frames, known_on).select("table", "column").rows() == [("visits", "interview_count")]


def test_a_rule_without_a_sample_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="V99"):
        write_dirty(tmp_path, "V99")


def _found(code: str, tables: Mapping[str, pl.DataFrame]) -> set[tuple[object, ...]]:
    return set(BY_CODE[code](tables, MEETING).rows())
