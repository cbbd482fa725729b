"""Hand-written rows and what an indicator must make of them: one file per rule, named by the rule."""

from pathlib import Path
from typing import Any

import given
import pytest
import yaml

from queries import Cube, Selection, indicators, rows, run

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*/*.yaml"))


def named(path: Path) -> str:
    return f"{path.parent.name}: {path.stem.replace('_', ' ')}"


def selected(case: dict[str, Any]) -> Selection:
    chosen = case.get("select", {})
    tuples: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in chosen.items()}
    return Selection(**tuples)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_the_indicator_follows_the_rule(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    name = path.parent.name
    later = None
    if "later" in case:
        later = given.source(given.tables(case["groups"], case["later"]["given"]), case["later"]["known_on"])
    source = given.source(given.tables(case["groups"], case["given"]), case["known_on"], later)
    selection = selected(case).resolve(source)
    by, of = case.get("by", ()), case.get("of")
    answer = run(name, source, selection, by, of)
    assert answer.equals(Cube.of(source, selection.events_until).answer(name, selection, by, of))
    assert [only(row, wanted) for row, wanted in zip(answer.to_dicts(), case["expect"], strict=True)] == case["expect"]
    if "rows" in case:
        listed = rows(name, source, selection, of).to_dicts()
        assert [only(row, wanted) for row, wanted in zip(listed, case["rows"], strict=True)] == case["rows"]


def only(row: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {key: pytest.approx(row[key]) if isinstance(row[key], float) else row[key] for key in wanted}


@pytest.mark.parametrize("name", indicators())
def test_every_indicator_has_cases(name: str) -> None:
    assert len(list((CASES / name).glob("*.yaml"))) >= 3
