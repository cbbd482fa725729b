"""What was wrong with a received file, one row for each fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Final

import polars as pl

FAILURES: Final = ("file", "place", "rule", "column", "value", "message")


@dataclass(frozen=True)
class Failure:
    """One fault: where it stands, which rule it breaks, what was found and what to do.

    `rule` is "file" (the file as a whole), "columns" (its header), "type" (a cell), or a validation rule's code.
    """

    file: str
    place: str
    rule: str
    column: str
    value: str
    message: str


def whole_file(file: str, message: str, *, value: str = "") -> Failure:
    """A fault of the file as a whole."""
    return Failure(file, "", "file", "", value, message)


def failure_frame(failures: Iterable[Failure]) -> pl.DataFrame:
    """The faults as a frame, one row each, in the given order."""
    rows = [astuple(failure) for failure in failures]
    return pl.DataFrame(rows, schema=dict.fromkeys(FAILURES, pl.String), orient="row")
