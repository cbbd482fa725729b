"""Inspections with odd windows: postponed, open, turned round, before the launch, merged, cancelled or withdrawn."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import given


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    units = [row["unit_id"] for row in rows["units"]]
    rows.setdefault("bodies", []).extend({"body_id": f"B{no}", "name_en": f"Body {no}"} for no in range(2))
    rows["inspections"] = [_inspection(chance, no, chance.choice(units)) for no in range(chance.randint(0, 14))]


def _inspection(chance: Random, no: int, unit_id: str) -> dict[str, Any]:
    planned_from = _day(chance)
    actual_from = planned_from + timedelta(days=chance.choice((0, 0, 1, 9)))
    actual_to = actual_from + timedelta(days=chance.choice((0, 1, 3, 12)))
    status = chance.choice(("planned", "approved", "held", "held", "held", "merged", "cancelled"))
    return {
        "inspection_id": f"x{no}",
        "body_id": chance.choice(("B0", "B1", "B2")),
        "inspection_kind": chance.choice(("supervision", "campaign")),
        "theme_code": chance.choice(("safety", "finance")),
        "unit_id": unit_id,
        "planned_from": planned_from,
        "planned_to": planned_from + timedelta(days=chance.choice((0, 1, 4, -1))),
        "actual_from": actual_from if status == "held" and chance.random() < 0.9 else None,
        "actual_to": actual_to if status == "held" and chance.random() < 0.8 else None,
        "plan_status": status,
        "merged_into": f"x{chance.randint(0, 9)}" if status == "merged" and chance.random() < 0.9 else None,
        "days": chance.choice((0.0, 0.5, 1.0, 2.25)),
        "is_void": chance.random() < 0.1,
        "reported_at": datetime.combine(planned_from + timedelta(days=chance.choice((-9, 0, 5, 20))), time(9)),
    }


def _day(chance: Random) -> date:
    return given.LAUNCHED_ON + timedelta(days=chance.randint(-10, 77))
