"""Every validation rule over a week's tables, its findings named by the places in the files they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import polars as pl

from data.intake import Failure, Places, Received
from data.manifest import RuleWarning
from data.rules import RULES, Rule

_Cell: TypeAlias = tuple[str, int | None, str, str | None]


@dataclass(frozen=True)
class Checked:
    """What the rules found: failing cells, which refuse the week, and how many rows each warning rule marked."""

    failures: tuple[Failure, ...]
    warnings: tuple[RuleWarning, ...]


def check(received: Received, known_on: date) -> Checked:
    """Run every rule over what could be read.

    A table that could not be read at all is not judged. One with unreadable cells is judged only by the rules that
    need no certain table, and only in its readable rows, so that one fault does not show as a hundred others.
    """
    readable = {table: frame for table, frame in received.frames.items() if table not in received.unread}
    whole = {table: frame for table, frame in readable.items() if table not in received.unreadable_rows}
    failures: list[Failure] = []
    warnings: list[RuleWarning] = []
    for rule in RULES:
        found = rule(whole if rule.tables else readable, known_on)
        if rule.severity == "error":
            failures += _named(rule, _outside(found, received.unreadable_rows), received.places)
        elif found.height:
            warnings.append(RuleWarning(rule.code, found.select("table", "row").n_unique()))
    return Checked(tuple(failures), tuple(warnings))


def _outside(found: pl.DataFrame, unreadable: Mapping[str, Iterable[int]]) -> Iterator[_Cell]:
    passed_over = {(table, row) for table, rows in unreadable.items() for row in rows}
    return (cell for cell in found.iter_rows() if cell[:2] not in passed_over)


def _named(rule: Rule, cells: Iterable[_Cell], places: Mapping[str, Places]) -> Iterator[Failure]:
    for table, row, column, value in cells:
        stood = places.get(table)
        place = "" if stood is None or row is None else stood.of(row, column)
        yield Failure(stood.file if stood else table, place, rule.code, column, value or "", rule.en)
