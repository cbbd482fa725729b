"""What a hostile file is: how it is made, what was really put into it, and what may come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

Truth: TypeAlias = Mapping[int, Mapping[str, Any]]
"""What was put in, by the number of the row in the file and the name of the column."""

Outcome: TypeAlias = Literal["read", "refused", "either"]
Sort: TypeAlias = Literal["workbook", "table", "sent_csv", "table_csv"]

SENT: Mapping[str, Any] = {
    "visit_id": "v1", "group_id": "T1", "unit_id": "U001", "visited_on": date(2014, 3, 12), "mode": "on_site",
    "announced": True, "purpose": "guide", "duration_h": 2.5, "interview_count": 3, "documents_checked": True,
    "meeting_attended": False, "problems_raised": 103, "targeted_action": None,
}  # fmt: skip
CLOCKS: Mapping[str, Any] = {
    "reported_at": datetime(2014, 3, 14, 17, 30), "revision": 1, "is_void": False, "source_ref": None,
}  # fmt: skip
FILES: Mapping[Sort, str] = {
    "workbook": "T1.xlsx", "table": "visits.xlsx", "sent_csv": "visits.csv", "table_csv": "visits.csv",
}  # fmt: skip
FIRST_ROW: Mapping[Sort, int] = {"workbook": 3, "table": 2, "sent_csv": 2, "table_csv": 2}


@dataclass(frozen=True)
class Case:
    """One hostile file.

    `place` and `value` are what one of the faults has to name when it is refused; without a place the file's name is
    enough. `truth` is empty where nothing in the file may be read.
    """

    kind: str
    name: str
    sort: Sort
    content: Callable[[], bytes]
    outcome: Outcome
    truth: Truth = field(default_factory=dict)
    place: str = ""
    value: str | None = None
    is_heavy: bool = False

    @property
    def file(self) -> str:
        """The name it is sent under."""
        return FILES[self.sort]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name} ({self.sort})"


Cases: TypeAlias = Iterator[Case]
Changes: TypeAlias = Mapping[str, Any]


def names(sort: Sort) -> list[str]:
    """The columns of the file."""
    return [*SENT, "void"] if sort in ("workbook", "sent_csv") else [*SENT, *CLOCKS]


def rows(sort: Sort, *changes: Changes) -> list[dict[str, Any]]:
    """Rows of visits, each the usual one with its own key and these cells instead."""
    usual = {**SENT, "void": False} if sort in ("workbook", "sent_csv") else {**SENT, **CLOCKS}
    return [{**usual, "visit_id": f"v{number}", **change} for number, change in enumerate(changes, start=1)]


def numbered(sort: Sort, given: Sequence[Changes]) -> dict[int, Changes]:
    """The rows by the number they have in the file."""
    return dict(enumerate(given, start=FIRST_ROW[sort]))


def address(sort: Sort, column: str, row: int = 0) -> str:
    """The place of a cell in the n-th row of data, from 0, as a fault names it."""
    number = FIRST_ROW[sort] + row
    if sort.endswith("csv"):
        return f"row {number}"
    return f"visits!{chr(ord('A') + names(sort).index(column))}{number}"
