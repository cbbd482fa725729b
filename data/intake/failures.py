"""What was wrong with a received file, one row for each fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from typing import Final

import polars as pl

FAILURES: Final = ("file", "place", "rule", "column", "value", "message")
MOST_LISTED: Final = 1000
LONGEST_VALUE: Final = 200


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


@dataclass
class Faults:
    """The faults of one file as they are found: a long value is cut short, and of very many only the first are kept."""

    file: str
    found: list[Failure] = field(default_factory=list)
    left_out: int = 0

    def add(self, place: str, rule: str, column: str, value: str, message: str) -> None:
        """Note a fault."""
        if len(self.found) < MOST_LISTED:
            self.found.append(Failure(self.file, place, rule, column, shortened(value), message))
        else:
            self.left_out += 1

    def listed(self) -> tuple[Failure, ...]:
        """What was noted, and how many more there were."""
        if not self.left_out:
            return tuple(self.found)
        return (*self.found, whole_file(self.file, f"{self.left_out} more faults are not listed: correct these first"))


def shortened(value: str) -> str:
    """The value as far as it is shown."""
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"


def whole_file(file: str, message: str, *, value: str = "") -> Failure:
    """A fault of the file as a whole."""
    return Failure(file, "", "file", "", value, message)


def failure_frame(failures: Iterable[Failure]) -> pl.DataFrame:
    """The faults as a frame, one row each, in the given order."""
    rows = [astuple(failure) for failure in failures]
    return pl.DataFrame(rows, schema=dict.fromkeys(FAILURES, pl.String), orient="row")
