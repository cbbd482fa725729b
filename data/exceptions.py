"""What can be wrong with the data itself; every message names the thing and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


class DataError(Exception):
    """Something about the data that its sender or keeper can put right."""


class RefusedError(DataError):
    """A week's files were refused, and nothing was published.

    `failures` has one row per fault with the columns file, place, rule, column, value, message.
    """

    def __init__(self, failures: pl.DataFrame) -> None:
        count, rules = failures.height, sorted(set(failures["rule"].to_list()))
        faults = "1 fault" if count == 1 else f"{count} faults"
        super().__init__(f"Refused: {faults} under {', '.join(rules)}. Correct the files and send all of them again.")
        self.failures = failures

    def __reduce__(self) -> tuple[type[RefusedError], tuple[pl.DataFrame]]:
        return type(self), (self.failures,)


class UnsignedError(DataError):
    """A week with warnings that nobody signed off; nothing was published. `rules` counts the failing rows of each."""

    def __init__(self, rules: dict[str, int]) -> None:
        told = ", ".join(f"{code} in {count} {'row' if count == 1 else 'rows'}" for code, count in rules.items())
        first = next(iter(rules))
        super().__init__(
            f"Warnings without a sign-off: {told}. Look at the rows, then accept each rule with a reason: "
            f'--accept {first} --because "…". Nothing was published.'
        )
        self.rules = rules

    def __reduce__(self) -> tuple[type[UnsignedError], tuple[dict[str, int]]]:
        return type(self), (self.rules,)


class SnapshotError(DataError):
    """A snapshot that is missing, damaged, or of another schema."""


class UnknownTableError(DataError):
    """A table that no snapshot has."""

    def __init__(self, table: str, known: Iterable[str] | None = None) -> None:
        if known is None:
            from data.schemas import TABLES

            known = TABLES
        names = list(known)
        near = get_close_matches(table, names, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"The tables are {', '.join(names)}."
        super().__init__(f"No table {table!r}. {hint}")
        self.table = table
        self.known = tuple(names)

    def __reduce__(self) -> tuple[type[UnknownTableError], tuple[str, tuple[str, ...]]]:
        return type(self), (self.table, self.known)
