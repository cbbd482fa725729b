"""Cases: hand-written rows and what an indicator must make of them, one YAML file per rule, named by the rule.

A file has `known_on`, `groups` (of each group its units with their types), `given` (rows by table; what is not written
gets a valid default) and `expect` (the rows of the answer, as far as they are written); optional are `by`, `of`,
`select` (a selection), `rows` (the rows behind the figure) and `later` (what a later snapshot knows).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isclose
from pathlib import Path
from typing import Any, Final

import polars as pl

from queries import given
from queries.exceptions import CaseError, suggestion
from queries.run import rows, run
from queries.selection import Selection
from queries.source import Source

NEEDED: Final = ("known_on", "groups", "given", "expect")
ALLOWED: Final = (*NEEDED, "by", "of", "select", "rows", "later")


@dataclass(frozen=True)
class Case:
    """One case: the indicator it is about, the file, and what stands in it."""

    indicator: str
    path: Path
    body: Mapping[str, Any]

    @cached_property
    def source(self) -> Source:
        """The small county of the case; CaseError when a table or column does not exist."""
        later, groups = self.body.get("later"), self.body["groups"]
        then = later and given.source(given.tables(groups, later["given"]), later["known_on"])
        return given.source(given.tables(groups, self.body["given"]), self.body["known_on"], then)

    @cached_property
    def selection(self) -> Selection:
        """What the case asks for, with every end filled in."""
        chosen = self.body.get("select", {})
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in chosen.items()
        }
        return Selection(**values).resolve(self.source)

    @property
    def by(self) -> tuple[str, ...]:
        """The dimensions asked for."""
        return tuple(self.body.get("by", ()))

    @property
    def of(self) -> str | None:
        """The share that a comparison of groups is of."""
        return self.body.get("of")

    def answer(self) -> pl.DataFrame:
        """Give what the indicator makes of the rows."""
        return run(self.indicator, self.source, self.selection, self.by, self.of)

    def failures(self) -> list[str]:
        """Say where the answer is not as expected, one sentence per difference; empty when the case holds."""
        found = _differences("the answer", self.answer(), self.body["expect"])
        if "rows" in self.body:
            found += _differences(
                "the rows behind it", rows(self.indicator, self.source, self.selection, self.of), self.body["rows"]
            )
        return found


def read(path: Path) -> Case:
    """Read a case of the indicator its folder is named after; CaseError says what is missing or unknown."""
    import yaml

    try:
        body = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CaseError(f"{path} is not YAML: {error}") from None
    if not isinstance(body, dict) or not {*NEEDED} <= {*body}:
        missing = [each for each in NEEDED if not isinstance(body, dict) or each not in body]
        raise CaseError(f"{path}: {missing[0]} is missing; a case has {', '.join(NEEDED)}.")
    for unknown in (each for each in body if each not in ALLOWED):
        raise CaseError(f"{path}: unknown part {unknown!r}.{suggestion(str(unknown), ALLOWED)}")
    return Case(path.parent.name, path, body)


def cases(folder: Path, name: str) -> tuple[Case, ...]:
    """Give the cases of an indicator from the folder that holds a folder of cases for each, in alphabetical order."""
    return tuple(read(path) for path in sorted((folder / name).glob("*.yaml")))


def _differences(what: str, frame: pl.DataFrame, wanted: Sequence[Mapping[str, Any]]) -> list[str]:
    if frame.height != len(wanted):
        return [f"{what} has {frame.height} rows, expected are {len(wanted)}"]
    found = []
    for place, (row, expected) in enumerate(zip(frame.to_dicts(), wanted, strict=True), start=1):
        for column, value in expected.items():
            if column not in row:
                found.append(f"{what} has no column {column!r}.{suggestion(column, row)}")
            elif not _same(row[column], value):
                found.append(f"row {place} of {what}: {column} is {row[column]}, expected is {value}")
    return found


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(value, float) and isinstance(wanted, int | float):
        return isclose(value, wanted, rel_tol=1e-6, abs_tol=1e-12)
    return bool(value == wanted)
