"""What had to come first: stages, precedence rules of both kinds, starts that are unknown, and extended due days."""

from datetime import timedelta
from random import Random
from typing import Any

import given

PAIRS = (("A01", "A02"), ("A01", "B01"), ("A02", "B01"), ("B01", "A99"))


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    rows["stages"] = [
        {"stage": stage, "window_from": given.LAUNCHED_ON + timedelta(days=first)}
        | {"window_to": given.LAUNCHED_ON + timedelta(days=first + chance.randint(0, 40))}
        for stage, first in (("S0", 0), ("S1", chance.randint(0, 30)), ("S2", chance.randint(20, 90)))
    ]
    stage_of = {code: chance.choice(("S0", "S1", "S2", "S3")) for code in ("A01", "A02", "B01")}
    for row in rows["action_catalogue"]:
        row["stage"] = stage_of[row["action_code"]]
        row["applies_to"] = chance.choice((["*"], ["*"], ["township"], ["subdistrict", "county_department"]))
        row["effective_to"] = given.LAUNCHED_ON + timedelta(days=60) if chance.random() < 0.1 else None
    rows["action_precedence"] = [
        {"before_code": before, "after_code": after, "same_day_ok": chance.random() < 0.7}
        | {"rule": chance.choice(("finish_before_finish", "finish_before_start"))}
        | {"min_gap_days": chance.choice((0, 0, 0, 1, 5))}
        for before, after in PAIRS
        if chance.random() < 0.8
    ]
    for row in rows["action_due"]:
        if chance.random() < 0.5 and row["due_on"] is not None:
            row["due_on_original"] = row["due_on"] - timedelta(days=chance.choice((0, 3, 14, 60)))
    _starts(chance, rows["action_records"])


def _starts(chance: Random, records: list[dict[str, Any]]) -> None:
    """Days of starting, some unknown; often an action on or before the first day of those that wait for it."""
    for before, after in PAIRS[:3]:
        for row in records:
            waiting = [
                each["done_on"]
                for each in records
                if (each["unit_id"], each["action_code"]) == (row["unit_id"], after) and each["done_on"] is not None
            ]
            if waiting and row["action_code"] == before and row["done_on"] is not None and chance.random() < 0.9:
                row["done_on"] = min(row["done_on"], min(waiting) - timedelta(days=chance.choice((0, 0, 0, 1, 6))))
    for row in records:
        if chance.random() < 0.7:
            known = row["done_on"] or row["reported_at"].date()
            row["started_on"] = known - timedelta(days=chance.choice((0, 0, 2, 10)))
