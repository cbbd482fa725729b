"""Every validation rule over a week's tables, its findings named by the places in the files they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias

import polars as pl

from data.advice import Advice
from data.intake import Failure, failure_frame
from data.rules import FAILURES, RULES, Rule
from data.signing import Signed

_Cell: TypeAlias = tuple[str, int | None, str, str | None]


class Stood(Protocol):
    """Where the rows of a table stood, in one file or in several."""

    def file_at(self, row: int) -> str: ...

    def of(self, row: int, column: str = "") -> str: ...


@dataclass(frozen=True)
class Finding:
    """What one rule found, the new ones first: `cells` has one row per failing cell.

    Its columns are file, place, rule, column, value, message and is_new: false for a cell that failed with the same
    value in the snapshot before and was accepted there, for the reason `because`.
    """

    rule: Rule
    cells: pl.DataFrame
    because: str = ""

    @property
    def count(self) -> int:
        """How many rows it marks."""
        return self.cells.select("file", "place").n_unique()

    @property
    def new(self) -> int:
        """How many of them nobody has accepted before."""
        return self.cells.filter("is_new").select("file", "place").n_unique()


@dataclass(frozen=True)
class Checked:
    """What the rules found: failing cells, which refuse the week, and the findings of each warning rule with any."""

    failures: tuple[Failure, ...]
    warnings: tuple[Finding, ...]


def check(
    tables: Mapping[str, pl.DataFrame],
    places: Mapping[str, Stood],
    known_on: date,
    *,
    former: Signed | None = None,
    unreadable_rows: Mapping[str, Iterable[int]] | None = None,
) -> Checked:
    """Run every rule over the tables that could be read; the others are not judged.

    A table with unreadable cells (`unreadable_rows`, positions from 0) is judged only by the rules that need no certain
    table, and only in its readable rows, so that one fault does not show as a hundred others. `former` is the snapshot
    before, for the rules of history and for what was signed off there.
    """
    unreadable = unreadable_rows or {}
    whole = {table: frame for table, frame in tables.items() if table not in unreadable}
    failures: list[Failure] = []
    warnings: list[Finding] = []
    advice = Advice(tables)
    for rule in RULES:
        found = rule(whole if rule.tables else tables, known_on, None if former is None else former.tables)
        if rule.severity == "error":
            failures += _named(rule, _outside(found, unreadable), places, advice)
        elif warned := _outside(found, unreadable):
            warnings.append(_finding(rule, pl.DataFrame(warned, FAILURES, orient="row"), tables, places, former))
    return Checked(tuple(failures), tuple(warnings))


def _finding(
    rule: Rule,
    found: pl.DataFrame,
    tables: Mapping[str, pl.DataFrame],
    places: Mapping[str, Stood],
    former: Signed | None,
) -> Finding:
    marked = found.with_columns(is_new=pl.lit(True)) if former is None else former.split(rule, found, tables)
    cells = failure_frame(_named(rule, marked.select(FAILURES.names()).iter_rows(), places))
    because = "" if former is None else former.because(rule.code)
    return Finding(rule, cells.with_columns(marked["is_new"]), because)


def _outside(found: pl.DataFrame, unreadable: Mapping[str, Iterable[int]]) -> list[_Cell]:
    passed_over = {(table, row) for table, rows in unreadable.items() for row in rows}
    return [cell for cell in found.iter_rows() if cell[:2] not in passed_over]


def _named(
    rule: Rule, cells: Iterable[_Cell], places: Mapping[str, Stood], advice: Advice | None = None
) -> Iterator[Failure]:
    for table, row, column, value in cells:
        stood = places.get(table)
        words = rule.en if advice is None else advice.of(rule, table, column, value)
        if stood is None or row is None:
            yield Failure(table, "" if row is None else f"row {row}", rule.code, column, value or "", words)
        else:
            yield Failure(stood.file_at(row), stood.of(row, column), rule.code, column, value or "", words)
