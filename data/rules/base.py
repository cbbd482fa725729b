"""What a validation rule is: a function from a week's tables to the cells that break it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

import polars as pl

Tables: TypeAlias = Mapping[str, pl.DataFrame]
Check: TypeAlias = Callable[..., pl.DataFrame]
Severity: TypeAlias = Literal["error", "warning"]

FAILURES: Final = pl.Schema({"table": pl.String, "row": pl.Int64, "column": pl.String, "value": pl.String})
"""What every rule returns, one row per failing cell; `row` counts the table's rows from 0, null for the whole table."""

REGISTERED: Final[dict[str, Rule]] = {}
"""Every rule by its code, in the order in which the modules declare them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of domain.md 3.6. An error refuses the week; a warning has to be signed off and is kept beside it.

    `tables` are those it cannot do without; an empty tuple means that it looks at every table that is there. A rule of
    `history` compares with the tables of the snapshot before.
    """

    code: str
    severity: Severity
    zh: str
    en: str
    tables: tuple[str, ...]
    check: Check
    history: bool = False

    def __call__(self, tables: Tables, known_on: date, former: Tables | None = None) -> pl.DataFrame:
        """The failing cells, sorted by table and row; none when one of its tables is not there to be judged.

        A rule of history finds nothing in a first week, which has no former one.
        """
        if not all(table in tables for table in self.tables) or (self.history and former is None):
            return FAILURES.to_frame()
        found = self.check(tables, known_on, former) if self.history else self.check(tables, known_on)
        return found.unique().sort("table", "row", "column", "value") if found.height else found


def rule(
    code: str,
    *,
    zh: str,
    en: str,
    tables: tuple[str, ...] = (),
    severity: Severity = "error",
    history: bool = False,
) -> Callable[[Check], Rule]:
    """Register a function of tables and known-on day, with history of the former tables too, as the rule of a code."""

    def register(check: Check) -> Rule:
        if code in REGISTERED:
            raise ValueError(f"two rules have the code {code}")
        REGISTERED[code] = Rule(code, severity, zh, en, tables, check, history)
        return REGISTERED[code]

    return register


def numbered(tables: Tables, table: str) -> pl.DataFrame:
    """A table with the column `row`, its rows counted from 0."""
    return tables[table].with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("row"))


def current(tables: Tables, table: str) -> pl.DataFrame:
    """The numbered rows of a fact table that are not withdrawn."""
    return numbered(tables, table).filter(~pl.col("is_void"))


def failing(rows: pl.DataFrame, table: str, column: str) -> pl.DataFrame:
    """These numbered rows of a table as failures of one column."""
    value = pl.col(column)
    text = value.list.join("|") if isinstance(rows.schema[column], pl.List) else value.cast(pl.String)
    return rows.select(pl.lit(table).alias("table"), "row", pl.lit(column).alias("column"), text.alias("value"))


def together(*found: pl.DataFrame) -> pl.DataFrame:
    """Failures found in several ways, as one frame."""
    return pl.concat([FAILURES.to_frame(), *found])
