"""Problems with steps in odd orders: closed twice, reopened the same day, claimed when closed, recurring, void."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import given

CATEGORIES = ("formalism", "bureaucracy", "livelihood")
TERMS = ("immediate", "by_stage_end", "by_stage_end", "long_term")
KINDS = ("measure_set", "extended", "claimed_done", "verified_closed", "verification_failed", "reopened", "transferred")


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    units = [row["unit_id"] for row in rows["units"]]
    for no in range(chance.randint(0, 12)):
        found_on = _day(chance, -10, 77)
        heard_at = datetime.combine(found_on + timedelta(days=chance.choice((0, 1, 9))), time(9))
        rows["problems"].append(
            {"problem_id": f"q{no}", "unit_id": chance.choice(units), "found_on": found_on}
            | {"reported_at": heard_at, "is_void": chance.random() < 0.1}
        )
    events = rows.setdefault("rectification_events", [])
    for problem in rows["problems"]:
        problem["category"] = chance.choice(CATEGORIES)
        problem["term"] = chance.choice(TERMS)
        if chance.random() < 0.8:
            problem["due_on"] = problem["found_on"] + timedelta(days=chance.randint(-3, 40))
        if chance.random() < 0.4:
            problem["recurs_of"] = chance.choice(rows["problems"])["problem_id"]
        events += _events(chance, problem)


def _events(chance: Random, problem: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    happened_on = problem["found_on"] - timedelta(days=chance.choice((0, 0, 0, 100)))
    for event_no in range(1, chance.randint(0, 8) + 1):
        kind = "listed" if event_no == 1 and chance.random() < 0.8 else chance.choice(KINDS)
        heard_at = datetime.combine(happened_on + timedelta(days=chance.choice((0, 1, 9))), time(9))
        found.append(
            {"problem_id": problem["problem_id"], "event_no": event_no, "event_type": kind}
            | {"happened_on": happened_on, "reported_at": heard_at, "is_void": chance.random() < 0.1}
            | {"new_due_on": happened_on + timedelta(days=chance.randint(0, 30)) if chance.random() < 0.7 else None}
        )
        happened_on += timedelta(days=chance.choice((0, 0, 1, 3, 8, 20, -2)))
    return found


def _day(chance: Random, first: int, last: int) -> date:
    return given.LAUNCHED_ON + timedelta(days=chance.randint(first, last))
