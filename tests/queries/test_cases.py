"""Hand-written rows and what an indicator must make of them: one file per rule, named by the rule."""

from pathlib import Path

import pytest

from queries import Cube, indicators
from queries.cases import read
from queries.exceptions import CaseError

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*/*.yaml"))
SMALL = """
known_on: 2014-03-16
groups: {T1: {U1: township}}
given:
  visits: [{visit_id: V1, unit_id: U1, group_id: T1, visited_on: 2014-03-12}]
expect:
  - {value: 1.0, numerator: 1}
rows:
  - {unit_id: U1, visited_on: 2014-03-12}
"""


def named(path: Path) -> str:
    return f"{path.parent.name}: {path.stem.replace('_', ' ')}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_the_indicator_follows_the_rule(path: Path) -> None:
    case = read(path)
    cube = Cube.of(case.source, case.selection.events_until)
    assert case.answer().equals(cube.answer(case.indicator, case.selection, case.by, case.of))
    assert case.failures() == []


@pytest.mark.parametrize("name", indicators())
def test_every_indicator_has_cases(name: str) -> None:
    assert len(list((CASES / name).glob("*.yaml"))) >= 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1.0, numerator: 1", "1.0, numerator: 2", ["row 1 of the answer: numerator is 1, expected is 2"]),
        ("value: 1.0", "value: 0.5", ["row 1 of the answer: value is 1.0, expected is 0.5"]),
        ("value: 1.0", "value: null", ["row 1 of the answer: value is 1.0, expected is None"]),
        ("numerator: 1", "numerater: 1", ["the answer has no column 'numerater'. Did you mean 'numerator'?"]),
        ("value: 1.0, numerator: 1}", "value: 1.0}\n  - {}", ["the answer has 1 rows, expected are 2"]),
        ("{unit_id: U1,", "{unit_id: U2,", ["row 1 of the rows behind it: unit_id is U1, expected is U2"]),
    ],
)
def test_a_case_that_does_not_hold_says_where(tmp_path: Path, old: str, new: str, said: list[str]) -> None:
    path = tmp_path / "visits_per_unit" / "a_visit.yaml"
    path.parent.mkdir()
    path.write_text(SMALL, encoding="utf-8")
    assert read(path).failures() == []
    assert old in SMALL
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    assert read(path).failures() == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("expect:", "expects:", "expect is missing"),
        ("rows:", "rowes:", "unknown part 'rowes'. Did you mean 'rows'"),
        ("groups: {", "groups: }", "is not YAML"),
        ("visits:", "visit:", "there is no table 'visit'. Did you mean 'visits'"),
        ("visited_on: 2014-03-12}]", "visit_on: 2014-03-12}]", "table visits has no column 'visit_on'"),
    ],
)
def test_a_case_that_cannot_be_read_says_why(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "visits_per_unit" / "a_visit.yaml"
    path.parent.mkdir()
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(CaseError, match=said):
        read(path).failures()
