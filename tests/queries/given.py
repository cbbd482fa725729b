"""Hand-written rows made into frames, as `queries.given` makes them, and what a test asks beside."""

from __future__ import annotations

from collections.abc import Sequence

from queries import indicator
from queries.given import DEFAULTS, LAUNCHED_ON, Rows, frame, frames, source, tables

__all__ = ["DEFAULTS", "LAUNCHED_ON", "Rows", "askable", "frame", "frames", "source", "tables"]


def askable(name: str, by: Sequence[str]) -> tuple[str, ...]:
    """Give those of some dimensions an indicator can be asked by: one that compares the groups has none for them."""
    return tuple(each for each in by if not (indicator(name).over and each in ("group", "unit")))
