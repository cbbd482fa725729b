"""Rows of bulletins, and which units an issue praised or criticised."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from data.demo.calendar import KNOWN_ON, add_workdays, next_workday
from data.demo.chance import shuffled
from data.demo.groups import units_of
from data.demo.rows import Row, fact, stamp

PRAISED_GROUPS: Final = ("T1", "C4", "C5", "C6", "T4", "C2")
CRITICISED_GROUPS: Final = ("C1", "T3", "C3")


class Issue(NamedTuple):
    """One issue; the cut-off is the Sunday before it."""

    issue_no: int
    issued_on: date
    kind: str
    cut: date
    unit_ids: tuple[str, ...]


@cache
def issues() -> tuple[Issue, ...]:
    """A situation bulletin every fortnight; praise or criticism with every third of them."""
    found: list[Issue] = []
    for place, sunday in enumerate(KNOWN_ON[1:-1:2]):
        day = next_workday(sunday + timedelta(days=2))
        found.append(Issue(len(found) + 1, day, "situation", sunday, ()))
        if place % 3 == 1:
            groups = PRAISED_GROUPS[place % 4 : place % 4 + 3]
            named = tuple(unit_id for group in groups for unit_id in _some(group, place, 3))
            found.append(Issue(len(found) + 1, add_workdays(day, 1), "praise", sunday, named))
        if place % 3 == 2:
            named = tuple(unit_id for group in CRITICISED_GROUPS for unit_id in _some(group, place, 1))
            found.append(Issue(len(found) + 1, add_workdays(day, 1), "criticism", sunday, named))
    return tuple(found)


def bulletins() -> list[Row]:
    """Every issue of the campaign."""
    rows: list[Row] = []
    for issue in issues():
        row: Row = {
            "issue_no": issue.issue_no,
            "issued_on": issue.issued_on,
            "kind": issue.kind,
            "known_on": issue.cut,
            "events_until": issue.cut,
            "file_ref": f"bulletin-{issue.issue_no:02d}.docx",
        }
        rows.append(fact(row, stamp(issue.issued_on, "bulletin", issue.issue_no), "office"))
    return rows


def _some(group_id: str, place: int, count: int) -> list[str]:
    return shuffled((unit.unit_id for unit in units_of(group_id)), "named", place)[:count]
