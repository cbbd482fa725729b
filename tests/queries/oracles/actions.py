"""What was asked of units and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from oracles.base import DAY, Oracle, Question, Row, Tallies, answers


@answers("completion_rate")
def completion_rate(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _due(oracle, question, tallies, on_time=False)


@answers("on_time_rate")
def on_time_rate(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _due(oracle, question, tallies, on_time=True)


def _due(oracle: Oracle, question: Question, tallies: Tallies, on_time: bool) -> None:
    for row in required(oracle):
        if row.due_on > question.events_until or not question.covers(row.place):
            continue
        done = row.done_on is not None and row.done_on <= question.events_until
        tally = tallies[question.key({**row.place, "state": "done" if done else row.open_state})]
        tally.denominator += 1
        tally.missing += not row.records
        tally.immature |= oracle.is_immature(row.place, row.due_on)
        if row.done_on is not None and done:
            tally.numerator += not on_time or row.done_on <= row.on_time_until


@dataclass(frozen=True)
class Required:
    """One due row that the office asks for: where, when, by which records it was met, and what is known of it."""

    place: dict[str, Any]
    due: Row
    due_on: date
    on_time_until: date
    records: list[Row]
    done_on: date | None
    open_state: str


@cache
def required(oracle: Oracle) -> list[Required]:
    """Every required due row on a day its unit was with a group."""
    due: dict[tuple[str, str], list[Row]] = {}
    recorded: dict[tuple[str, str], list[Row]] = {}
    for row in oracle.county.get("action_due", ()):
        due.setdefault((row["unit_id"], row["action_code"]), []).append(row)
    for row in oracle.county.get("action_records", ()):
        recorded.setdefault((row["unit_id"], row["action_code"]), []).append(row)
    found = []
    for action, rows in due.items():
        for row in rows:
            day = row["due_on"]
            place = oracle.standing.get((row["unit_id"], day)) if day is not None else None
            version = version_of(oracle, row["action_code"], day) if day is not None else None
            if row["waived"] or place is None or version is None or not version["mandatory"]:
                continue
            wanted = version["min_count"]
            first = (row["instance_no"] - 1) * wanted + 1
            is_last = row["instance_no"] == max(each["instance_no"] for each in rows)
            last = 10**9 if is_last else row["instance_no"] * wanted
            listed = [each for each in recorded.get(action, []) if first <= each["instance_no"] <= last]
            own = [each for each in listed if not each["is_void"]]
            done = sorted(each["done_on"] for each in own if each["status"] == "done")
            found.append(
                Required(
                    place={**place, "stage": version["stage"], "action": row["action_code"]},
                    due=row,
                    due_on=day,
                    on_time_until=day + version["grace_days"] * DAY,
                    records=own,
                    done_on=done[wanted - 1] if len(done) >= wanted else None,
                    open_state=open_state(own, bool(listed)),
                )
            )
    return found


def open_state(standing: list[Row], was_recorded: bool) -> str:
    """What is known of an action that is not done."""
    statuses = {row["status"] for row in standing}
    if "waived" in statuses:
        return "contradictory"
    if "not_done_confirmed" in statuses:
        return "not_done"
    if standing:
        return "in_progress"
    return "withheld" if was_recorded else "not_reported"


def version_of(oracle: Oracle, code: str, day: date) -> Row | None:
    """The catalogue entry in force, the first one for days before it."""
    versions = [row for row in oracle.county.get("action_catalogue", ()) if row["action_code"] == code]
    versions.sort(key=lambda row: row["effective_from"])
    begun = [row for row in versions if row["effective_from"] <= day]
    return begun[-1] if begun else next(iter(versions), None)
