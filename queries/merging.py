"""Merging: which inspections of a unit could be one, in which days, under whose lead, what it spares the unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from data.schemas.base import DType
from queries.inspections import NEAR_DAYS, SAME_THEME_DAYS, inspections, off_days
from queries.kept import hold
from queries.selection import Selection
from queries.source import Source

WHEN: Final = ("ahead", "begun")
"""Not begun by the events-until date: can still be merged. Begun: could have been merged, in hindsight."""

REASONS: Final = ("near_theme", "near", "theme")
"""Why: near dates and one theme, near dates alone, one theme within 30 days."""

DAY: Final = timedelta(days=1)
Row = dict[str, Any]
Off = frozenset[date]
NONE: Final[Off] = frozenset()
COLUMNS: Final[dict[str, DType]] = {
    **{"group_id": pl.String, "unit_type": pl.String, "unit_id": pl.String},
    **{"unit_name_zh": pl.String, "unit_name_en": pl.String, "week": pl.Int64, "when": pl.String, "reason": pl.String},
    **{"inspection_ids": pl.List(pl.String), "lead_id": pl.String, "support_ids": pl.List(pl.String)},
    **{"partner_ids": pl.List(pl.String), "window_from": pl.Date, "window_to": pl.Date, "moved_days": pl.Int64},
    **{"days_now": pl.Float64, "days_after": pl.Float64, "days_saved": pl.Float64},
}


def proposals(source: Source, selection: Selection) -> pl.DataFrame:
    """Give what the joint conference could merge: one row per proposal, those ahead first, then by first day.

    Who goes together: inspections of one unit by different bodies, every one at most 7 days from every other; of those
    left over, every one of the same theme and at most 30 days from every other. Taken in order of their first day, so
    none stands in two proposals, and a body has one inspection in each. Those ahead are grouped apart from those begun.

    Window: the run of as many working days as the longest of them needs, beginning within the days they span and ending
    there too where it can. Of all such runs the one nearest to the partners' own days, then nearest to all, then the
    earliest; nearness is the sum of days from each inspection, 0 where they share a day.

    Lead: the inspection planned as lead, of those the earliest, then the longest, then by number; the others support.
    People's congress and consultative conference, and their kinds of inspection, are partners: invited, never put under
    another body, and no lead of others.

    Days: of the unit, before the sum of all, after as many as the longest takes.

    Columns: group_id, unit_type, unit_id (with its names), week (of the first), when (one of WHEN), reason (one of
    REASONS), inspection_ids by first day, lead_id (null when all are partners), support_ids, partner_ids, window_from,
    window_to, moved_days (sum of days from the window), days_now, days_after, days_saved. A proposal is in the
    selection when one of its inspections is. Raises SelectionError. domain.md 2.8, I16.
    """
    until = selection.resolve(source).events_until
    found = hold(source, ("proposals", until), lambda: _all(source, until))
    own = inspections(source, selection)["inspection_id"]
    return found.filter(pl.col("inspection_ids").list.eval(pl.element().is_in(own.to_list())).list.any())


def grouped(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    """Put inspections of one unit into groups that go together; those that meet nobody are in none."""
    left = sorted(rows, key=_order)
    groups: list[tuple[Row, ...]] = []
    for meets in (_near, _same_theme):
        alone = []
        while left:
            members = [left.pop(0)]
            for row in list(left):
                if all(row["body_id"] != one["body_id"] and meets(row, one) for one in members):
                    members.append(row)
                    left.remove(row)
            if len(members) > 1:
                groups.append(tuple(members))
            else:
                alone += members
        left = alone
    return sorted(groups, key=lambda members: _order(members[0]))


def window(rows: Sequence[Row], off: Off = NONE) -> tuple[date, date]:
    """Give the days that a joint inspection in the place of these would take; `off` are the days nobody works."""
    first, last = min(row["inspection_from"] for row in rows), max(row["inspection_to"] for row in rows)
    span = [first + n * DAY for n in range((last - first).days + 1)]
    needed = max(1, math.ceil(max(row["days"] for row in rows)))
    starts = [day for day in span if day not in off] or span
    runs = [(day, _run_to(day, needed, off)) for day in starts]
    within = [run for run in runs if run[1] <= last] or runs

    def farness(run: tuple[date, date]) -> tuple[int, int, date]:
        return _moved([row for row in rows if row["is_partner"]], run), _moved(rows, run), run[0]

    return min(within, key=farness)


def lead(rows: Sequence[Row]) -> Row | None:
    """Give the inspection that leads; None when all are of partners."""
    own = [row for row in rows if not row["is_partner"]]
    ranked = sorted(own, key=lambda row: (row["role"] != "lead", row["inspection_from"], -row["days"], *_order(row)))
    return ranked[0] if ranked else None


def _all(source: Source, until: date | None) -> pl.DataFrame:
    calendar = inspections(source, Selection(events_until=until)).filter(pl.col("state") != "merged")
    met = calendar.filter(pl.col("is_near") | pl.col("is_repeated"))
    is_ahead = pl.col("state") == "ahead"
    off = off_days(source)
    found = [
        _proposal(members, when, off)
        for when, which in zip(WHEN, (is_ahead, ~is_ahead), strict=True)
        for of_unit in met.filter(which).partition_by("unit_id", maintain_order=True)
        for members in grouped(of_unit.to_dicts())
    ]
    frame = pl.DataFrame(found, schema=COLUMNS)
    first = pl.col("inspection_ids").list.first()
    return frame.sort(pl.col("when") != "ahead", pl.col("week"), first, maintain_order=True)


def _proposal(members: Sequence[Row], when: str, off: Off) -> Row:
    days = [row["days"] for row in members]
    head = lead(members)
    run = window(members, off)
    one_theme = len({row["theme_code"] for row in members}) == 1
    near = all(_near(row, other) for row in members for other in members)
    names = ("group_id", "unit_type", "unit_id", "unit_name_zh", "unit_name_en", "week")
    return {name: members[0][name] for name in names} | {
        "when": when,
        "reason": ("near_theme" if one_theme else "near") if near else "theme",
        "inspection_ids": [row["inspection_id"] for row in members],
        "lead_id": head and head["inspection_id"],
        "support_ids": [row["inspection_id"] for row in members if row is not head and not row["is_partner"]],
        "partner_ids": [row["inspection_id"] for row in members if row["is_partner"]],
        "window_from": run[0],
        "window_to": run[1],
        "moved_days": _moved(members, run),
        "days_now": float(sum(days)),
        "days_after": float(max(days)),
        "days_saved": float(sum(days) - max(days)),
    }


def _order(row: Row) -> tuple[date, str]:
    return row["inspection_from"], row["inspection_id"]


def _days(row: Row) -> tuple[date, date]:
    return row["inspection_from"], row["inspection_to"]


def _gap(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Days from the end of the earlier to the first day of the later, 0 where they share a day."""
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def _near(one: Row, other: Row) -> bool:
    return _gap(_days(one), _days(other)) <= NEAR_DAYS


def _same_theme(one: Row, other: Row) -> bool:
    return one["theme_code"] == other["theme_code"] and _gap(_days(one), _days(other)) <= SAME_THEME_DAYS


def _moved(rows: Sequence[Row], run: tuple[date, date]) -> int:
    return sum(_gap(_days(row), run) for row in rows)


def _run_to(day: date, needed: int, off: Off) -> date:
    """The day on which so many working days are over, the first day one of them whatever it is."""
    for _ in range(needed - 1):
        day += DAY
        while day in off:
            day += DAY
    return day
