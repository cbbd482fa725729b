"""Decided matters: who held them, whether they were closed in time, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oracles.base import DAY, Oracle, Question, Row, Tallies, answers

MOVES = ("registered", "assigned", "forwarded", "returned", "escalated", "reopened")
ENDS = ("closed", "cancelled")
LAST = 10**9


@answers("stall_days", kind="total")
def stall_days(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for hop, place in _hops(oracle, question):
        end = min(hop.left_on or question.events_until, question.events_until)
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, end)
        held = _days(oracle, hop.arrived_on, end, hop.allowed_kind)
        if held is None or hop.allowed_days is None:
            tally.missing += 1
        else:
            tally.denominator += 1
            tally.numerator += max(0, held - hop.allowed_days)


@answers("hold_days", kind="total")
def hold_days(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for hop, place in _hops(oracle, question):
        end = min(hop.left_on or question.events_until, question.events_until)
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, end)
        tally.denominator += 1
        tally.numerator += (end - hop.arrived_on).days


@answers("return_share")
def return_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for hop, place in _hops(oracle, question):
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, hop.arrived_on)
        tally.denominator += 1
        tally.numerator += hop.arrived_by == "returned"


@answers("passed_on_only_share")
def passed_on_only_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for hop, place in _hops(oracle, question):
        if hop.left_by not in ("forwarded", "returned", "escalated") or hop.left_on is None:
            continue
        if hop.left_on > question.events_until:
            continue
        results = [
            row
            for row in oracle.county.get("matter_results", ())
            if row["matter_id"] == hop.matter["matter_id"]
            and not row["is_void"]
            and row["achieved_on"] is not None
            and hop.arrived_on <= row["achieved_on"] <= hop.left_on
        ]
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, hop.left_on)
        tally.denominator += 1
        tally.numerator += not hop.acts and not results


@answers("matter_hops")
def matter_hops(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for matter in own_matters(oracle):
        place = place_of(oracle, matter, matter["registered_on"])
        if matter["registered_on"] <= question.events_until and question.covers(place):
            count = len([hop for hop in hops(oracle, matter) if hop.arrived_on <= question.events_until])
            tally = tallies[question.key({**place, "category": matter["matter_class"]})]
            tally.immature |= is_immature(oracle, place, question.events_until)
            tally.numerator += count
            tally.denominator += count > 0
            tally.missing += not count


@answers("matter_on_time")
def matter_on_time(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for matter, due_on, place in due_matters(oracle, question, original=False):
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, max(due_on, oracle.launched_on))
        tally.denominator += 1
        closed_on = closed(oracle, matter, question.events_until)
        tally.numerator += closed_on is not None and closed_on <= due_on


@answers("matter_on_time_original")
def matter_on_time_original(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for matter, due_on, place in due_matters(oracle, question, original=True):
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, max(due_on, oracle.launched_on))
        tally.denominator += 1
        closed_on = closed(oracle, matter, question.events_until)
        tally.numerator += closed_on is not None and closed_on <= due_on


@answers("empty_shot_share")
def empty_shot_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for matter, due_on, place in due_matters(oracle, question, original=False):
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, max(due_on, oracle.launched_on))
        tally.denominator += 1
        days = [day for row, day in verified_results(oracle) if row["matter_id"] == matter["matter_id"]]
        tally.numerator += not any(day <= question.events_until for day in days)


@dataclass
class Hop:
    """One stay of a matter with a body."""

    matter: Row
    body: str | None
    level: int | None
    arrived_by: str
    arrived_on: date
    allowed_days: int | None
    allowed_kind: str | None
    left_by: str | None = None
    left_on: date | None = None
    acts: list[Row] = field(default_factory=list)


def hops(oracle: Oracle, matter: Row) -> list[Hop]:
    """Every stay of a matter, in order."""
    found: list[Hop] = []
    holder: tuple[str | None, int | None] | None = None
    now: Hop | None = None
    for step in _steps(oracle, matter):
        kind, body = step["event_type"], step["to_body_id"]
        level = step["to_level"] if step["to_level"] is not None else _level(oracle, body)
        if kind in ENDS:
            if now is not None:
                now.left_by, now.left_on, now = kind, step["happened_on"], None
            continue
        if kind in MOVES and (body is not None or level is not None):
            holder = (body, level)
        elif kind != "reopened" or holder is None:
            if now is not None and kind in ("started", "feedback", "claimed_done"):
                doer = step["from_body_id"]
                now.acts += [step] if doer is None or now.body is None or doer == now.body else []
            continue
        if now is not None:
            if now.body is not None and now.body == holder[0]:
                continue
            now.left_by, now.left_on = kind, step["happened_on"]
        now = Hop(matter, *holder, kind, step["happened_on"], *_allowed(oracle, matter, step))
        found.append(now)
    return found


def _hops(oracle: Oracle, question: Question) -> Iterator[tuple[Hop, dict[str, Any]]]:
    for matter in own_matters(oracle):
        for hop in hops(oracle, matter):
            place = place_of(oracle, matter, hop.arrived_on)
            if hop.arrived_on <= question.events_until and question.covers(place):
                yield hop, {**place, "body": hop.body, "level": hop.level}


def _steps(oracle: Oracle, matter: Row) -> list[Mapping[str, Any]]:
    own: list[Mapping[str, Any]] = [
        row
        for row in oracle.county.get("matter_events", ())
        if row["matter_id"] == matter["matter_id"] and not row["is_void"]
    ]
    empty = dict.fromkeys(("from_body_id", "to_body_id", "to_level", "allowed_days", "allowed_kind"))
    if matter["status"] == "cancelled":
        day = matter["reported_at"].date()
        own.append({**empty, "event_type": "cancelled", "happened_on": day, "event_no": LAST})
    elif matter["closed_on"] is not None:
        own.append({**empty, "event_type": "closed", "happened_on": matter["closed_on"], "event_no": LAST})
    return sorted(own, key=lambda row: (row["happened_on"], row["event_no"]))


def _level(oracle: Oracle, body_id: str | None) -> int | None:
    return next((row["level"] for row in oracle.county.get("bodies", ()) if row["body_id"] == body_id), None)


def _allowed(oracle: Oracle, matter: Row, step: Mapping[str, Any]) -> tuple[int | None, str | None]:
    if step["allowed_days"] is not None:
        return step["allowed_days"], step["allowed_kind"] or "calendar"
    for rule in oracle.county.get("matter_due_rules", ()):
        if (rule["source"], rule["urgency"]) == (matter["source"], matter["urgency"]):
            return rule["allowed_days"], rule["allowed_kind"]
    return None, None


def _days(oracle: Oracle, first: date, last: date, kind: str | None) -> int | None:
    """Days from one day to another; working days are not known outside the calendar."""
    if kind != "working":
        return (last - first).days
    calendar = {row["day"]: row["is_workday"] for row in oracle.county.get("work_calendar", ())}
    if first not in calendar or last not in calendar:
        return None
    return sum(calendar.get(first + n * DAY, False) for n in range(1, (last - first).days + 1))


def own_matters(oracle: Oracle) -> list[Row]:
    return [row for row in oracle.county.get("matters", ()) if not row["is_void"]]


def place_of(oracle: Oracle, matter: Row, day: date) -> dict[str, Any]:
    """Where the unit of the lead body stands on a day, or nowhere; before the launch it is the launch."""
    day = max(day, oracle.launched_on)
    lead = matter["lead_body_id"]
    unit = next((row["unit_id"] for row in oracle.county.get("bodies", ()) if row["body_id"] == lead), None)
    nowhere = {"group": None, "unit_type": None, "unit": None, "week": oracle.week(day)}
    return {**(oracle.standing.get((unit, day)) or nowhere), "body": lead}


def is_immature(oracle: Oracle, place: Mapping[str, Any], day: date) -> bool:
    """Without a group the longest wait is assumed."""
    if place["group"] is None:
        return day > oracle.known_on - 14 * DAY
    return oracle.is_immature(place, day)


def due_matters(oracle: Oracle, question: Question, original: bool) -> Iterator[tuple[Row, date, dict[str, Any]]]:
    """The matters due in the selection, by their first deadline or the one in force."""
    for matter in own_matters(oracle):
        granted = [
            row["happened_on"]
            for row in oracle.county.get("matter_events", ())
            if row["matter_id"] == matter["matter_id"]
            and row["event_type"] == "extension_granted"
            and not row["is_void"]
        ]
        is_first = original or (granted and min(granted) > question.events_until)
        due_on = matter["due_on_original"] if is_first else matter["due_on"]
        place = place_of(oracle, matter, due_on)
        is_cancelled = matter["status"] == "cancelled" and matter["reported_at"].date() <= question.events_until
        if is_cancelled or matter["registered_on"] > question.events_until:
            continue
        if due_on <= question.events_until and question.covers(place):
            yield matter, due_on, {**place, "category": matter["matter_class"]}


def closed(oracle: Oracle, matter: Row, until: date) -> date | None:
    """The day since when a matter is closed, as of another day."""
    closed_on = None
    for step in _steps(oracle, matter):
        if step["happened_on"] <= until and step["event_type"] == "closed":
            closed_on = closed_on or step["happened_on"]
        if step["happened_on"] <= until and step["event_type"] == "reopened":
            closed_on = None
    return closed_on


def verified_results(oracle: Oracle) -> list[tuple[Row, date]]:
    """Verified results with the day they were reached, or else reported."""
    return [
        (row, row["achieved_on"] or row["reported_at"].date())
        for row in oracle.county.get("matter_results", ())
        if row["verified"] and not row["is_void"]
    ]
