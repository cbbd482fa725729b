"""The indicators once more in plain Python: loops over rows as dicts, written from the definitions, not from the SQL.

It is slow and has no cleverness on purpose. A county is a dict of tables, a table a list of rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

Row = Mapping[str, Any]
County = Mapping[str, Sequence[Row]]
DAY = timedelta(days=1)
EVER = date(9999, 12, 31)
MEDIAN, P90 = Fraction(1, 2), Fraction(9, 10)


@dataclass(frozen=True)
class Question:
    """What is asked: a resolved selection."""

    events_until: date
    first_week: int
    last_week: int
    groups: tuple[str, ...] = ()
    unit_types: tuple[str, ...] = ()
    by: tuple[str, ...] = ()

    def covers(self, place: Mapping[str, Any]) -> bool:
        """Whether a place (group, type, unit, week) is in the selection."""
        return (
            self.first_week <= place["week"] <= self.last_week
            and (not self.groups or place["group"] in self.groups)
            and (not self.unit_types or place["unit_type"] in self.unit_types)
        )

    def key(self, place: Mapping[str, Any]) -> tuple[Any, ...]:
        """The row of the answer a place counts in."""
        return tuple(place[each] for each in ("group", "unit_type", "unit", "week") if each in self.by)


@dataclass
class Tally:
    """One row of the answer while it is being counted."""

    numerator: int = 0
    denominator: Fraction = Fraction(0)
    missing: int = 0
    immature: bool = False
    days: list[int] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


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
        tallies: dict[tuple[Any, ...], Tally] = {} if question.by else {(): Tally()}
        for place, _, _ in self.places(question):
            tallies.setdefault(question.key(place), Tally())
        getattr(self, f"_{name}")(question, tallies)
        columns = [each for each in ("group", "unit_type", "unit", "week") if each in question.by]
        found = [dict(zip(columns, key, strict=True)) | _result(name, tally) for key, tally in tallies.items()]
        return sorted(
            found, key=lambda row: [(self.order[row["group"]] if each == "group" else row[each]) for each in columns]
        )

    # where and when

    def week(self, day: date) -> int:
        return math.floor((day - self.launched_on).days / 7) + 1

    def monday(self, week: int) -> date:
        return self.launched_on + (week - 1) * 7 * DAY

    def place(self, unit_id: str, day: date) -> dict[str, Any] | None:
        """Where a unit stands on a day; None when it is with no group or the campaign has not begun."""
        unit = self._units[unit_id]
        if not max(unit["joined_on"], self.launched_on) <= day <= (unit["left_on"] or EVER):
            return None
        for stay in self._stays.get(unit_id, ()):
            if stay["valid_from"] <= day <= (stay["valid_to"] or EVER):
                kind = unit["unit_type"]
                return {"group": stay["group_id"], "unit_type": kind, "unit": unit_id, "week": self.week(day)}
        return None

    @cached_property
    def _standing(self) -> dict[tuple[str, date], dict[str, Any]]:
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
                    place = self._standing.get((unit["unit_id"], self.monday(week) + n * DAY))
                    if place is not None:
                        seen[place["group"]] = place
                at_end = self._standing.get((unit["unit_id"], last))
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
            place = self._standing.get((unit_id, day))
            if place is not None and place["group"] == group:
                own.append((day, (reported_at.date() - day).days))
        settled = [lag for day, lag in own if 30 <= (self.known_on - day).days < 56]
        lags = settled or [lag for _, lag in own]
        return min(14, math.ceil(quantile(lags, P90))) if lags else 14

    def is_immature(self, place: Mapping[str, Any], day: date) -> bool:
        return day > self.mature_until[place["group"]]

    # the indicators

    def _completion_rate(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        self._due(question, tallies, on_time=False)

    def _on_time_rate(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        self._due(question, tallies, on_time=True)

    def _due(self, question: Question, tallies: dict[tuple[Any, ...], Tally], on_time: bool) -> None:
        for place, due_on, done_on, has_record, in_time_until in self._required:
            if due_on > question.events_until or not question.covers(place):
                continue
            tally = tallies[question.key(place)]
            tally.denominator += 1
            tally.missing += not has_record
            tally.immature |= self.is_immature(place, due_on)
            if done_on is not None and done_on <= question.events_until:
                tally.numerator += not on_time or done_on <= in_time_until

    @cached_property
    def _required(self) -> list[tuple[dict[str, Any], date, date | None, bool, date]]:
        """Each required due row: place, due day, day it was met, whether anything is recorded, last day in time."""
        due: dict[tuple[str, str], list[Row]] = {}
        recorded: dict[tuple[str, str], list[Row]] = {}
        for row in self.county.get("action_due", ()):
            due.setdefault((row["unit_id"], row["action_code"]), []).append(row)
        for row in standing_records(self.county):
            recorded.setdefault((row["unit_id"], row["action_code"]), []).append(row)
        found = []
        for action, rows in due.items():
            for row in rows:
                day = row["due_on"]
                place = self._standing.get((row["unit_id"], day)) if day is not None else None
                version = self._version(row["action_code"], day) if day is not None else None
                if row["waived"] or place is None or version is None or not version["mandatory"]:
                    continue
                wanted = version["min_count"]
                first = (row["instance_no"] - 1) * wanted + 1
                is_last = row["instance_no"] == max(each["instance_no"] for each in rows)
                last = 10**9 if is_last else row["instance_no"] * wanted
                own = [each for each in recorded.get(action, []) if first <= each["instance_no"] <= last]
                done = sorted(each["done_on"] for each in own if each["status"] == "done")
                done_on = done[wanted - 1] if len(done) >= wanted else None
                found.append((place, day, done_on, bool(own), day + version["grace_days"] * DAY))
        return found

    def _version(self, code: str, day: date) -> Row | None:
        """The catalogue entry in force, the first one for days before it."""
        versions = [row for row in self.county.get("action_catalogue", ()) if row["action_code"] == code]
        versions.sort(key=lambda row: row["effective_from"])
        begun = [row for row in versions if row["effective_from"] <= day]
        return begun[-1] if begun else next(iter(versions), None)

    def _visits_per_unit(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        weeks = 1 if "week" in question.by else question.last_week - question.first_week + 1
        for place, last, is_there in self.places(question):
            tally = tallies[question.key(place)]
            tally.denominator += Fraction(int(is_there), weeks)
            tally.immature |= self.is_immature(place, last)
        for visit in self._on_site(question.events_until):
            where = self._standing[visit["unit_id"], visit["visited_on"]]
            if question.covers(where):
                tallies[question.key(where)].numerator += 1

    def _weekly_coverage(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        visited = {(each["unit_id"], self.week(each["visited_on"])) for each in self._on_site(question.events_until)}
        for place, last, is_there in self.places(question):
            if last == self.monday(place["week"]) + 6 * DAY and is_there:
                tally = tallies[question.key(place)]
                tally.denominator += 1
                tally.numerator += (place["unit"], place["week"]) in visited
                tally.immature |= self.is_immature(place, last)

    def _on_site(self, until: date) -> list[Row]:
        """Visits on site, on a day the unit was with a group."""
        return [
            row
            for row in self.county.get("visits", ())
            if row["mode"] == "on_site"
            and not row["is_void"]
            and row["visited_on"] <= until
            and (row["unit_id"], row["visited_on"]) in self._standing
        ]

    def _report_timeliness(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        self._reports(question, tallies)

    def _report_lag(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        self._reports(question, tallies)

    def _reports(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        for report in self.county.get("report_schedule", ()):
            due_on = report["due_at"].date()
            if due_on > question.events_until:
                continue
            filings = sorted(
                row["filed_at"]
                for row in self.county.get("report_filings", ())
                if row["report_due_id"] == report["report_due_id"]
                and not row["is_void"]
                and not row["returned"]
                and row["accepted_at"] is not None
            )
            filed = [each for each in filings[:1] if each.date() <= question.events_until]
            for unit in self.county["units"]:
                place = self._standing.get((unit["unit_id"], due_on))
                if place is None or not question.covers(place):
                    continue
                if report["reporter_id"] != place["group" if report["reporter_kind"] == "group" else "unit"]:
                    continue
                tally = tallies[question.key(place)]
                if report["report_due_id"] in tally.seen:
                    continue
                tally.seen.add(report["report_due_id"])
                tally.denominator += 1
                tally.numerator += bool(filed) and filed[0] <= report["due_at"]
                tally.missing += not filed
                tally.immature |= self.is_immature(place, due_on)
                tally.days.append(((filed[0].date() if filed else question.events_until) - due_on).days)

    def _late_arriving_share(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        known = {key for _, _, _, key in facts(self.county)}
        self._mark_weeks(question, tallies)
        for unit_id, day, _, key in facts(self.county if self.later is None else self.later):
            place = self._standing.get((unit_id, day)) if day <= question.events_until else None
            if place is not None and question.covers(place):
                tally = tallies[question.key(place)]
                tally.denominator += 1
                tally.numerator += key not in known

    def _event_to_report_latency(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        self._mark_weeks(question, tallies)
        for unit_id, day, reported_at, _ in facts(self.county):
            place = self._standing.get((unit_id, day)) if day <= question.events_until else None
            if place is not None and question.covers(place):
                tally = tallies[question.key(place)]
                tally.denominator += 1
                tally.days.append((reported_at.date() - day).days)

    def _mark_weeks(self, question: Question, tallies: dict[tuple[Any, ...], Tally]) -> None:
        for place, last, _ in self.places(question):
            tallies[question.key(place)].immature |= self.is_immature(place, last)


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


def quantile(values: Sequence[int], share: Fraction) -> Fraction:
    """The value at a share of the way through the sorted values, linear between neighbours."""
    ordered = [Fraction(value) for value in sorted(values)]
    position = (len(ordered) - 1) * share
    below = math.floor(position)
    above = math.ceil(position)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def _result(name: str, tally: Tally) -> dict[str, Any]:
    result: dict[str, Any] = {"n_missing": tally.missing, "maturity": "immature" if tally.immature else "mature"}
    if name in ("report_lag", "event_to_report_latency"):
        median, p90 = (float(quantile(tally.days, share)) if tally.days else None for share in (MEDIAN, P90))
        result |= {"value": median, "numerator": sum(tally.days), "p90": p90}
    else:
        value = float(tally.numerator / tally.denominator) if tally.denominator else None
        result |= {"value": value, "numerator": tally.numerator}
    return result | {"denominator": float(tally.denominator)}
