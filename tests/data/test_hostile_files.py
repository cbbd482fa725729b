"""Hostile files, some of each kind; `.venv/bin/python tests/data/hostile_files/run.py` reads all of them."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.intake import Child, Limits

sys.path.append(str(Path(__file__).parent))

from hostile_files.case import Case
from hostile_files.corpus import every, faults, quick, read

MOST_BYTES, MOST_SECONDS = 512_000_000, 20.0
KINDS: dict[str, list[Case]] = {}
for one in quick():
    KINDS.setdefault(one.kind, []).append(one)


@pytest.fixture(scope="module")
def reader() -> Iterator[Child]:
    """One reading process for all files, as in a refresh."""
    with Child() as child:
        yield child


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_file_is_read_as_it_was_meant_or_refused_by_its_place(kind: str, reader: Child) -> None:
    for case in KINDS[kind]:
        content = case.content()
        begun = time.perf_counter()
        found = read(case, content, reader, Limits())
        assert time.perf_counter() - begun < MOST_SECONDS, case
        assert faults(case, found) == [], case
    assert reader.peak_bytes < MOST_BYTES


def test_there_are_enough_hostile_files_of_enough_kinds_and_all_are_different() -> None:
    cases = list(every())
    assert max(Counter((case.kind, case.name, case.sort) for case in cases).values()) == 1
    assert len({(case.kind, case.name) for case in cases}) >= 200
    assert len({case.kind for case in cases}) >= 40


def test_the_judge_sees_a_number_that_was_changed_in_silence_and_a_row_that_was_lost(reader: Child) -> None:
    case = next(case for case in every() if case.kind == "a whole number")
    found = read(case, case.content(), reader, Limits())
    other = {number: {**row, "problems_raised": 104} for number, row in case.truth.items()}
    more = {**case.truth, 99: next(iter(case.truth.values()))}
    assert faults(case, found) == []
    assert "problems_raised in row 3 was 104 and is 103" in faults(replace(case, truth=other), found)
    assert faults(replace(case, truth=more), found) == ["rows [99] were lost in silence"]


def test_the_judge_sees_a_refusal_that_names_the_wrong_place(reader: Child) -> None:
    case = next(case for case in every() if case.kind == "no whole number")
    found = read(case, case.content(), reader, Limits())
    assert faults(case, found) == []
    assert faults(replace(case, place="visits!A1"), found) != []
    assert faults(replace(case, value="104"), found) != []
