"""Points on shared evidence, by units that lead or support, under rules that change; and marks of odd terms."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import given

RULES = (("PRAISE", 1.0, 2.0), ("LATE", -1.0, -2.0), ("LED", 2.5, None), ("MISSED", -10.0, -40.0), ("NEVER", 5.0, 0.0))
TERMS = ("2014Q1", "2014Q2", "2014H1", "2014-03", "2014-04", "2014", "2014Q5", "2014-13", "spring")


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    units = [row["unit_id"] for row in rows["units"]]
    rows.setdefault("bodies", []).extend({"body_id": f"BU{unit}", "unit_id": unit} for unit in units)
    rows.setdefault("matter_bodies", []).extend(
        {"matter_id": f"am{no}", "body_id": f"BU{unit}"}
        | {"role": chance.choice(("lead", "support")), "is_void": chance.random() < 0.1}
        for no in range(3)
        for unit in units
        if chance.random() < 0.6
    )
    rows["appraisal_rules"] = [
        {"scheme_id": scheme, "rule_code": code, "points": points * chance.choice((1, 2)), "cap": cap}
        | {"role_factor_support": 0.5, "effective_from": _day(chance, -10, 20)}
        | {"effective_to": chance.choice((None, None, _day(chance, 20, 70)))}
        for code, points, cap in RULES
        for scheme in ("s1", "s2")
        if chance.random() < 0.7
    ]
    rows["appraisal_events"] = [_event(chance, no, chance.choice(units)) for no in range(chance.randint(0, 25))]
    rows["appraisal_scores"] = [_score(chance, unit, term) for unit in units for term in chance.sample(TERMS, 3)]


def _event(chance: Random, no: int, unit_id: str) -> dict[str, Any]:
    occurred_on = _day(chance, -5, 77)
    return {
        "event_id": f"e{no:02}",
        "unit_id": unit_id,
        "rule_code": chance.choice(RULES)[0],
        "occurred_on": occurred_on,
        "evidence_table": chance.choice(("matters", "matters", "bulletins")),
        "evidence_key": f"am{chance.randint(0, 9)}",
        "appealed": chance.choice(("none", "none", "pending", "upheld", "rejected")),
        "is_void": chance.random() < 0.1,
        "reported_at": datetime.combine(occurred_on + timedelta(days=chance.choice((0, 2, 9))), time(9)),
    }


def _score(chance: Random, unit_id: str, period_id: str) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "period_id": period_id,
        "scheme_id": "s1",
        "coursework_mark": chance.randint(120, 200) / 2,
        "exam_mark": None if chance.random() < 0.3 else float(chance.randint(50, 100)),
        "coursework_weight": chance.choice((0.3, 0.3, 0.25)),
        "rankable": chance.random() < 0.6,
        "is_void": chance.random() < 0.1,
        "reported_at": datetime.combine(_day(chance, 0, 77), time(9)),
    }


def _day(chance: Random, first: int, last: int) -> date:
    return given.LAUNCHED_ON + timedelta(days=chance.randint(first, last))
