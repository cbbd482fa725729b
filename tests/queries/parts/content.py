"""What actions must contain, by parts that come and go, and checks that are late, undated, void or missing."""

from datetime import timedelta
from random import Random
from typing import Any

import campaigns

STATES = ("present", "present", "absent", "not_checked", "not_applicable")


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    items = [
        {"action_code": code, "item_no": no + 1, "required": chance.random() < 0.8}
        | {"effective_from": campaigns.day(chance, 0, 20)}
        | {"effective_to": campaigns.day(chance, 20) if chance.random() < 0.3 else None}
        for code in ("A01", "A02", "B01")
        for no in range(chance.randint(0, 3))
    ]
    rows["action_content_items"] = items
    rows["action_content_checks"] = [
        {key: record[key] for key in ("unit_id", "action_code", "instance_no", "reported_at")}
        | {"item_no": item["item_no"], "state": chance.choice(STATES), "is_void": chance.random() < 0.1}
        | {"checked_on": None if chance.random() < 0.3 else _day(chance, record)}
        for record in rows["action_records"]
        for item in items
        if item["action_code"] == record["action_code"] and chance.random() < 0.8
    ]


def _day(chance: Random, record: dict[str, Any]) -> Any:
    return record["reported_at"].date() + timedelta(days=chance.choice((-5, 0, 0, 3, 20)))
