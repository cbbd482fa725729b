"""Counts: the pairs of numbers a frame counts, checked and as arrays, and arrays back into columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.exceptions import QueryError, UnknownNameError, suggestion


@dataclass(frozen=True)
class Counts:
    """One numerator and denominator per row of a frame; both are 0 where `known` is False.

    A row is known when neither number is null and the denominator is above 0.
    """

    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    known: NDArray[np.bool_]

    @classmethod
    def of_shares(cls, frame: pl.DataFrame, numerator: str, denominator: str) -> Counts:
        """Read whole numbers out of whole numbers; a numerator above its denominator raises QueryError."""
        counts = cls.of_events(frame, numerator, denominator)
        parts, wholes = counts.numerator, counts.denominator
        for row in np.flatnonzero((parts > wholes) | (wholes != np.floor(wholes))):
            raise QueryError(
                f"{numerator} {parts[row]:g} of {denominator} {wholes[row]:g} in row {row} is not a share: "
                "give whole numbers, the numerator within the denominator."
            )
        return counts

    @classmethod
    def of_events(cls, frame: pl.DataFrame, events: str, exposure: str) -> Counts:
        """Read whole numbers of events and their exposures; a negative one raises QueryError, as events without any.

        An unknown column raises UnknownNameError.
        """
        counted, exposed = numbers(frame, events), numbers(frame, exposure)
        wrong = (counted < 0) | (exposed < 0) | (counted != np.floor(counted)) & ~np.isnan(counted)
        for row in np.flatnonzero(wrong | (counted > 0) & (exposed == 0)):
            raise QueryError(
                f"{events} {counted[row]:g} of {exposure} {exposed[row]:g} in row {row} cannot be: "
                "give whole numbers that are not negative, and no events where there is nothing to count in."
            )
        known = ~np.isnan(counted) & (exposed > 0)
        return cls(np.where(known, counted, 0.0), np.where(known, exposed, 0.0), known)

    @property
    def pooled(self) -> float:
        """The sum of the numerators over the sum of the denominators, nan when no row is known."""
        return float(self.numerator.sum() / self.denominator.sum()) if self.known.any() else float("nan")

    @property
    def values(self) -> NDArray[np.float64]:
        """Each row's numerator over its denominator, nan where unknown."""
        return self.numerator / np.where(self.known, self.denominator, np.nan)

    def only_known(self) -> Counts:
        """Give the known rows alone."""
        return self.at(np.flatnonzero(self.known))

    def at(self, rows: NDArray[np.int64]) -> Counts:
        """Give the rows with these numbers, in this order."""
        return Counts(self.numerator[rows], self.denominator[rows], self.known[rows])


def numbers(frame: pl.DataFrame, column: str) -> NDArray[np.float64]:
    """Give a column as an array, nan for null; an unknown column raises UnknownNameError."""
    if column not in frame.columns:
        raise UnknownNameError(f"unknown column {column!r}.{suggestion(column, frame.columns)}")
    return frame[column].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def column(values: NDArray[np.float64], known: NDArray[np.bool_]) -> pl.Series:
    """Give an array as a column, null where not known and where nan."""
    return pl.Series(np.where(known, values, np.nan), dtype=pl.Float64, nan_to_null=True)


def tail(level: float) -> float:
    """Give the chance left at either side of an interval; a level outside 0..1 raises ValueError."""
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not between 0 and 1: give 0.95 for a 95 % interval.")
    return (1 - level) / 2
