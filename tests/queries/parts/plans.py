"""Work plans: none, one or two a group, some withdrawn, with items done, dropped, undated or unheard of."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import campaigns


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    plans, items = [], []
    for group in rows["supervision_groups"]:
        for plan_no in range(1, chance.choice((0, 1, 1, 2)) + 1):
            key = {"group_id": group["group_id"], "plan_no": plan_no}
            adopted_on = campaigns.day(chance, -5, 20)
            told = {"reported_at": datetime.combine(adopted_on, time(9)), "is_void": chance.random() < 0.1}
            plans.append(key | {"adopted_on": adopted_on} | told)
            items += [item(chance, key | {"item_no": no + 1}) for no in range(chance.randint(0, 6))]
    rows["group_plans"], rows["group_plan_items"] = plans, items


def item(chance: Random, key: dict[str, Any]) -> dict[str, Any]:
    status = chance.choice(("planned", "planned", "doing", "done", "done", "dropped"))
    happened_on = campaigns.day(chance)
    return key | {
        "aspect": chance.choice(("content", "timetable", "discipline")),
        "due_on": None if chance.random() < 0.2 else campaigns.day(chance),
        "status": status,
        "done_on": happened_on if status == "done" and chance.random() < 0.8 else None,
        "reported_at": datetime.combine(happened_on + timedelta(days=chance.choice((0, 3, 12))), time(12)),
        "is_void": chance.random() < 0.1,
    }
