"""The indicators once more in plain Python: loops over rows as dicts, written from the definitions, not from the SQL.

It is slow and has no cleverness on purpose. A county is a dict of tables, a table a list of rows.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

Row = Mapping[str, Any]
County = Mapping[str, Sequence[Row]]
Answer = Callable[["Oracle", "Question", "Tallies"], None]
GRID = ("group", "unit_type", "unit", "week")
FURTHER = ("stage", "action", "body", "level", "category", "aspect", "state")
Tallies = dict[tuple[Any, ...], "Tally"]
"""By the row of the answer; one is begun when something is first counted in it."""

ANSWERS: dict[str, tuple[Answer, str]] = {}
RESULTS: dict[str, Callable[[Tally], dict[str, Any]]] = {}
"""What a kind of answer that only one family has makes of a row beside the counts."""

DAY = timedelta(days=1)
EVER = date(9999, 12, 31)
MEDIAN, P90 = Fraction(1, 2), Fraction(9, 10)


def answers(name: str, kind: str = "ratio") -> Callable[[Answer], Answer]:
    """Register the loop that counts an indicator; kind is "ratio", "median", "total" or one of RESULTS."""

    def register(count: Answer) -> Answer:
        ANSWERS[name] = (count, kind)
        return count

    return register


@dataclass(frozen=True)
class Question:
    """What is asked: a resolved selection."""

    events_until: date
    first_week: int
    last_week: int
    groups: tuple[str, ...] = ()
    unit_types: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    of: str | None = None

    def covers(self, place: Mapping[str, Any]) -> bool:
        """Whether a place (group, type, unit, week and what else is known of it) is in the selection."""
        return (
            self.first_week <= place["week"] <= self.last_week
            and (not self.groups or place["group"] in self.groups)
            and (not self.unit_types or place["unit_type"] in self.unit_types)
        )

    def key(self, place: Mapping[str, Any]) -> tuple[Any, ...]:
        """The row of the answer a place counts in."""
        return tuple(place.get(each) for each in (*GRID, *FURTHER) if each in self.by)


@dataclass
class Tally:
    """One row of the answer while it is being counted."""

    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(0)
    missing: int = 0
    immature: bool = False
    numbers: list[Fraction | int] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    parts: dict[str, Tally] = field(default_factory=dict)


class Oracle:
    """One county as one snapshot knows it, and what the newest knows when that is another one."""

    def __init__(self, county: County, known_on: date, later: County | None = None) -> None:
        self.county = county
        self.known_on = known_on
        self.later = later
        self.launched_on: date = county["campaign"][0]["launched_on"]
        self._units = {row["unit_id"]: row for row in county["units"]}
        self._stays: dict[str, list[Row]] = {}
        for row in county["unit_assignments"]:
            self._stays.setdefault(row["unit_id"], []).append(row)
        self.order = {row["group_id"]: row["display_order"] for row in county["supervision_groups"]}

    def answer(self, name: str, question: Question) -> list[dict[str, Any]]:
        """Give the rows `run` must give."""
        tallies: Tallies = defaultdict(Tally)
        if not question.by:
            tallies[()] = Tally()
        if set(question.by) <= set(GRID):
            for place, _, _ in self.places(question):
                tallies[question.key(place)]
        count, kind = ANSWERS[name]
        count(self, question, tallies)
        columns = [each for each in (*GRID, *FURTHER) if each in question.by]
        found = [dict(zip(columns, key, strict=True)) | _result(kind, tally) for key, tally in tallies.items()]
        return sorted(found, key=lambda row: [self._rank(each, row[each]) for each in columns])

    def _rank(self, dimension: str, member: Any) -> tuple[bool, Any]:
        """Groups in display order, what belongs to none at the end."""
        return member is None, 0 if member is None else self.order[member] if dimension == "group" else member

    # where and when

    def week(self, day: date) -> int:
        return math.floor((day - self.launched_on).days / 7) + 1

    def monday(self, week: int) -> date:
        return self.launched_on + (week - 1) * 7 * DAY

    def place(self, unit_id: str, day: date) -> dict[str, Any] | None:
        """Where a unit stands on a day; None when it is with no group or the campaign has not begun."""
        group = self.group_on(unit_id, day)
        if group is None or day < self.launched_on:
            return None
        return {
            **{"group": group, "unit_type": self._units[unit_id]["unit_type"]},
            **{"unit": unit_id, "week": self.week(day)},
        }

    def group_on(self, unit_id: str, day: date) -> str | None:
        """The group that supervises a unit on a day, before the launch too."""
        unit = self._units[unit_id]
        if not unit["joined_on"] <= day <= (unit["left_on"] or EVER):
            return None
        stays = self._stays.get(unit_id, ())
        found = [stay for stay in stays if stay["valid_from"] <= day <= (stay["valid_to"] or EVER)]
        return str(found[0]["group_id"]) if found else None

    @cached_property
    def standing(self) -> dict[tuple[str, date], dict[str, Any]]:
        days = [self.launched_on + n * DAY for n in range((self.known_on - self.launched_on).days + 14)]
        units = [row["unit_id"] for row in self.county["units"]]
        found = {(unit, day): self.place(unit, day) for unit in units for day in days}
        return {key: place for key, place in found.items() if place is not None}

    def places(self, question: Question) -> list[tuple[dict[str, Any], date, bool]]:
        """Every unit, group and week of the selection, the week's last counted day, and whether it is there then."""
        found = []
        for week in range(question.first_week, question.last_week + 1):
            sunday = self.monday(week) + 6 * DAY
            last = min(sunday, question.events_until)
            for unit in self.county["units"]:
                seen: dict[str, dict[str, Any]] = {}
                for n in range((last - self.monday(week)).days + 1):
                    place = self.standing.get((unit["unit_id"], self.monday(week) + n * DAY))
                    if place is not None:
                        seen[place["group"]] = place
                at_end = self.standing.get((unit["unit_id"], last))
                for group, place in seen.items():
                    if question.covers(place):
                        found.append((place, last, at_end is not None and at_end["group"] == group))
        return found

    # maturity

    @cached_property
    def mature_until(self) -> dict[str, date]:
        return {group: self.known_on - self._latency_limit(group) * DAY for group in self.order}

    def _latency_limit(self, group: str) -> int:
        if (self.known_on - self.launched_on).days < 28:
            return 14
        own = []
        for unit_id, day, reported_at, _ in facts(self.county):
            place = self.standing.get((unit_id, day))
            if place is not None and place["group"] == group:
                own.append((day, (reported_at.date() - day).days))
        settled = [lag for day, lag in own if 30 <= (self.known_on - day).days < 56]
        lags = settled or [lag for _, lag in own]
        return min(14, math.ceil(quantile(lags, P90))) if lags else 14

    def mark_weeks(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        """Call a row immature when a week in it is not fully reported."""
        for place, last, _ in self.places(question):
            tallies[question.key(place)].immature |= self.is_immature(place, last)

    def is_immature(self, place: Mapping[str, Any], day: date) -> bool:
        return day > self.mature_until[place["group"]]


def standing_records(county: County) -> list[Row]:
    """The action records that were not taken back."""
    return [row for row in county.get("action_records", ()) if not row["is_void"]]


def facts(county: County) -> list[tuple[str, date, datetime, tuple[Any, ...]]]:
    """What happened: unit, day, when it was reported, and what identifies it."""
    found: list[tuple[str, date, datetime, tuple[Any, ...]]] = []
    for row in standing_records(county):
        if row["status"] == "done":
            key = ("action", row["unit_id"], row["action_code"], row["instance_no"])
            found.append((row["unit_id"], row["done_on"], row["reported_at"], key))
    for table, key_name, day_name in (
        ("visits", "visit_id", "visited_on"),
        ("interview_sessions", "session_id", "held_on"),
        ("problems", "problem_id", "found_on"),
    ):
        for row in county.get(table, ()):
            if not row["is_void"] and row.get("mode", "on_site") == "on_site":
                found.append((row["unit_id"], row[day_name], row["reported_at"], (table, row[key_name])))
    return found


def quantile(values: Sequence[Fraction | int], share: Fraction) -> Fraction:
    """The value at a share of the way through the sorted values, linear between neighbours."""
    ordered = [Fraction(value) for value in sorted(values)]
    position = (len(ordered) - 1) * share
    below = math.floor(position)
    above = math.ceil(position)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def _result(kind: str, tally: Tally) -> dict[str, Any]:
    result: dict[str, Any] = {
        "n_missing": tally.missing,
        "maturity": "immature" if tally.immature else "mature",
        "denominator": float(tally.denominator),
    }
    if kind == "ratio":
        value = float(tally.numerator / tally.denominator) if tally.denominator else None
        return result | {"value": value, "numerator": float(tally.numerator)}
    if kind == "total":
        numerator = float(tally.numerator)
        return result | {"value": numerator if tally.denominator else None, "numerator": numerator}
    if kind in RESULTS:
        return result | {"numerator": float(tally.numerator)} | RESULTS[kind](tally)
    median, p90 = (float(quantile(tally.numbers, share)) if tally.numbers else None for share in (MEDIAN, P90))
    longest = float(max(tally.numbers)) if tally.numbers else None
    return result | {"value": median, "numerator": float(sum(tally.numbers)), "p90": p90, "longest": longest}
