"""Marks of both sides: several of a day, without a score, withdrawn, before or long after the work, or for no work."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import campaigns


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    for row in rows["action_catalogue"]:
        row["reviewed_by_group"] = chance.random() < 0.6
        row["weight"] = chance.choice((0.0, 0.5, 1.0, 2.25))
    for row in rows["action_records"]:
        row["returned_n"] = chance.choice((0, 0, 0, 2))
    keys = [(row["unit_id"], row["action_code"], row["instance_no"]) for row in rows["action_records"]]
    units = [row["unit_id"] for row in rows["units"]]
    keys += [(chance.choice(units), "A01", chance.randint(1, 9)) for _ in range(2)]
    rows["action_reviews"] = [
        _review(chance, f"{no:03}", *key) for no, key in enumerate(key for key in keys for _ in range(3))
    ]


def _review(chance: Random, number: str, unit_id: str, code: str, instance_no: int) -> dict[str, Any]:
    reviewed_on = campaigns.day(chance, -3)
    return {
        "review_id": number,
        "unit_id": unit_id,
        "action_code": code,
        "instance_no": instance_no,
        "reviewer_side": chance.choice(("group", "group", "office_spot_check")),
        "reviewed_on": reviewed_on,
        "score": None if chance.random() < 0.2 else chance.choice((0.0, 80.0, 79.9, chance.randint(0, 1000) / 10)),
        "verdict": chance.choice(("approved", "approved", "returned")),
        "is_void": chance.random() < 0.15,
        "reported_at": datetime.combine(reviewed_on + timedelta(days=chance.choice((0, 1, 9))), time(9)),
    }
