"""Which warnings were signed off before: the cells that failed, with the same value, in the snapshot before already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from data.manifest import RuleWarning
from data.rules import Rule, Tables
from data.rules.base import FAILURES
from data.schemas import columns

_CELL: Final = ["table", "key", "column", "value"]


@dataclass(frozen=True)
class Signed:
    """What the snapshot before was published with: its tables, its known-on day, and its sign-offs."""

    tables: Tables
    known_on: date
    warnings: Mapping[str, RuleWarning] = field(default_factory=dict)

    def because(self, rule: str) -> str:
        """Why a rule's warnings were accepted then; empty when they were not."""
        return self.warnings[rule].because if rule in self.warnings else ""

    def split(self, rule: Rule, found: pl.DataFrame, tables: Tables) -> pl.DataFrame:
        """What a rule found, with the column `is_new`, and those that are new first.

        Not new is a cell of the same row that failed with the same value then, if the rule was signed off. A rule of
        history is asked about each week anew. When the rule finds more in that snapshot than was signed off there, it
        has changed since, and everything is new.
        """
        known = self._known(rule)
        marked = _with_keys(found, tables).join(
            known.with_columns(stood=pl.lit(True)), on=_CELL, how="left", nulls_equal=True, maintain_order="left"
        )
        marked = marked.with_columns(is_new=pl.col("stood").is_null())
        return marked.select(*FAILURES.names(), "is_new").sort("is_new", descending=True, maintain_order=True)

    def _known(self, rule: Rule) -> pl.DataFrame:
        nothing = pl.DataFrame(schema=dict.fromkeys(_CELL, pl.String))
        if rule.history or not self.because(rule.code):
            return nothing
        found = rule(self.tables, self.known_on)
        if found.select("table", "row").n_unique() > self.warnings[rule.code].count:
            return nothing
        return _with_keys(found, self.tables).select(_CELL).unique()


def _with_keys(found: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Failing cells with the key of their row; an empty one where a whole table fails."""
    return pl.concat([found.clear().with_columns(key=pl.lit("")), *_keyed(found, tables)])


def _keyed(found: pl.DataFrame, tables: Tables) -> Iterator[pl.DataFrame]:
    for (table,), cells in found.group_by(["table"], maintain_order=True):
        keys = [pl.col(each.name).cast(pl.String).fill_null("") for each in columns(str(table)) if each.key]
        rows = tables[str(table)].select(key=pl.concat_str(keys, separator="|")).with_row_index("row")
        named = cells.join(rows.cast({"row": pl.Int64}), on="row", how="left", maintain_order="left")
        yield named.with_columns(pl.col("key").fill_null(""))
