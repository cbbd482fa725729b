"""Rows of report_schedule and report_filings: who told the office what, and how late (the third weakness)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from data.demo.calendar import LAUNCH, WEEKS, add_workdays, next_workday, report_day, week_of
from data.demo.chance import below, between, chance
from data.demo.groups import GROUP_SIZES, GROUPS
from data.demo.itinerary import stops
from data.demo.rows import Row, fact, stamp

DUE_TIME: Final = time(18)
OPENING_LAGS: Final = {
    "C2": (6, 7, 5, 6, 6), "T4": (5, 6, 4, 5, 5), "C1": (0, 0, 4, 0, 0), "C3": (0, 0, 0, 3, 0),
}  # fmt: skip
"""Days from due to filed of the first five weekly reports, where a group was late."""
LAST_LATE_WEEK: Final = {"C2": 18, "T4": 16}
USUAL_LAG: Final = {"C2": 6, "T4": 5}
UNFILED: Final = {("C1", 11), ("C3", 21), ("C3", 27), ("C3", 28), ("C3", 29), ("C1", 29)}
RETURNED: Final = {("T3", 7), ("C1", 9), ("C3", 10), ("C5", 15), ("C6", 19), ("C3", 25)}
SUMMARIES: Final = (
    ("S1", date(2014, 3, 10), date(2014, 5, 30), date(2014, 6, 13)),
    ("S2", date(2014, 6, 3), date(2014, 7, 31), date(2014, 8, 15)),
)


def report_schedule() -> list[Row]:
    """Every report owed by a group: one a week, and one after each of the first two links."""
    rows: list[Row] = []
    for group_id in GROUPS:
        first = LAUNCH
        for week in range(1, WEEKS + 1):
            due = report_day(week)
            rows.append(_due(f"R-{group_id}-{week:02d}", group_id, "weekly", first, due, due))
            first = due + timedelta(days=1)
        for stage, begins, ends, due in SUMMARIES:
            rows.append(_due(f"R-{group_id}-{stage}", group_id, "stage_summary", begins, ends, due))
    return rows


def report_filings() -> list[Row]:
    """Every filing, returned ones included; an unfiled report has none."""
    return [row for group_id in GROUPS for row in (*_weekly(group_id), *_summaries(group_id))]


def _due(report_due_id: str, group_id: str, kind: str, first: date, last: date, due: date) -> Row:
    return {
        "report_due_id": report_due_id,
        "reporter_kind": "group",
        "reporter_id": group_id,
        "report_kind": kind,
        "period_from": first,
        "period_to": last,
        "due_at": datetime.combine(due, DUE_TIME),
    }


def _weekly(group_id: str) -> Iterator[Row]:
    for week in range(1, WEEKS + 1):
        if (group_id, week) in UNFILED:
            continue
        report_id = f"R-{group_id}-{week:02d}"
        lag = _lag(group_id, week)
        day = next_workday(report_day(week) + timedelta(days=lag))
        filed = stamp(day, report_id) if lag else datetime.combine(day, time(10 + below(7, report_id), week))
        if (group_id, week) in RETURNED:
            yield _filing(report_id, 1, group_id, week, filed, is_returned=True)
            filed = stamp(add_workdays(day, 2), report_id, "again")
            yield _filing(report_id, 2, group_id, week, filed)
        else:
            yield _filing(report_id, 1, group_id, week, filed)


def _summaries(group_id: str) -> Iterator[Row]:
    for stage, _, ends, due in SUMMARIES:
        report_id = f"R-{group_id}-{stage}"
        is_late = (group_id in USUAL_LAG and stage == "S1") or group_id == "C3"
        day = add_workdays(due, between(3, 5, report_id) if is_late else -below(3, report_id))
        yield _filing(report_id, 1, group_id, week_of(ends), datetime.combine(day, time(15, 20)))


def _lag(group_id: str, week: int) -> int:
    opening = OPENING_LAGS.get(group_id, (0,) * 5)
    if week <= len(opening):
        return opening[week - 1]
    if week <= LAST_LATE_WEEK.get(group_id, 0):
        fading = max(0, week - 16)
        return max(3, USUAL_LAG[group_id] + between(-1, 1, "lag", group_id, week) - fading)
    odds = {"C1": 0.2, "C3": 0.3, "C2": 0.12, "T4": 0.1}.get(group_id, 0.03)
    return between(3, 5, "lag", group_id, week) if chance("late report", group_id, week) < odds else 0


def _filing(
    report_id: str, number: int, group_id: str, week: int, filed: datetime, *, is_returned: bool = False
) -> Row:
    visited = [stop for stop in stops() if stop.group_id == group_id and stop.week == week]
    found = below(4, "found", report_id)
    row: Row = {
        "filing_id": f"F{report_id[1:]}-{number}",
        "report_due_id": report_id,
        "filed_at": filed,
        "accepted_at": None if is_returned else filed + timedelta(minutes=between(10, 50, "accepted", report_id)),
        "returned": is_returned,
        "content_complete": not is_returned and chance("complete", report_id) < 0.95,
        "units_visited_n": len({stop.unit_id for stop in visited}),
        "visits_n": len(visited),
        "interviews_n": between(0, 2 * len(visited), "interviews", report_id),
        "symposia_n": below(3, "symposia", report_id),
        "documents_reviewed_n": between(0, GROUP_SIZES[group_id], "documents", report_id),
        "documents_returned_n": below(2, "returned", report_id),
        "problems_found_n": found,
        "problems_solved_n": below(found + 1, "solved", report_id),
        "problems_open_n": between(2, 9, "open", report_id),
        "actions_done_n": between(1, 2 * GROUP_SIZES[group_id], "actions", report_id),
    }
    return fact(row, filed, group_id)
