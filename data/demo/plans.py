"""Rows of group_plans and group_plan_items, and the groups' dates of training and plan approval."""

from __future__ import annotations

from datetime import date
from typing import Final

from data.demo.calendar import LAUNCH, WEEKS, add_workdays, next_workday, report_day, workdays
from data.demo.chance import below, between, chance
from data.demo.groups import GROUPS
from data.demo.rows import Row, fact, stamp

TRAINED_ON: Final = date(2014, 3, 11)
ADOPTED: Final = {
    "T1": 14, "T2": 12, "T3": 18, "T4": 13, "C1": 19, "C2": 14, "C3": 18, "C4": 14, "C5": 17, "C6": 13,
}  # fmt: skip
"""Days of March on which the groups adopted their plans; T2 was the first after the training."""
SIZES: Final = {
    "T1": (9, 7, 6), "T2": (12, 9, 8), "T3": (6, 5, 4), "T4": (9, 8, 6), "C1": (8, 6, 4), "C2": (13, 10, 8),
    "C3": (9, 7, 5), "C4": (14, 11, 8), "C5": (38, 41, 30), "C6": (15, 12, 9),
}  # fmt: skip
"""Items of each plan by aspect."""
ASPECTS: Final = (("content", "督导内容"), ("timetable", "时间安排"), ("discipline", "纪律要求"))
ZEAL: Final = {"C1": 0.72, "C3": 0.75, "T3": 0.8}


def adopted_on(group_id: str) -> date:
    """The day on which a group adopted its plan."""
    return date(2014, 3, ADOPTED[group_id])


def group_plans() -> list[Row]:
    """One plan of each group."""
    rows: list[Row] = []
    for group_id in GROUPS:
        row: Row = {
            "group_id": group_id,
            "plan_no": 1,
            "adopted_on": adopted_on(group_id),
            "contacted_units_first": group_id in ("C5", "T1", "C4"),
        }
        rows.append(fact(row, stamp(adopted_on(group_id), group_id, "plan"), group_id))
    return rows


def group_plan_items() -> list[Row]:
    """Every item, and its later state once it is done or dropped."""
    rows: list[Row] = []
    for group_id in GROUPS:
        places = [
            (number, aspect) for number, size in enumerate(SIZES[group_id], start=1) for aspect in range(1, size + 1)
        ]
        for item_no, (aspect_no, place) in enumerate(places, start=1):
            rows += _item(group_id, item_no, aspect_no, place)
    return rows


def _item(group_id: str, item_no: int, aspect_no: int, place: int) -> list[Row]:
    aspect, title = ASPECTS[aspect_no - 1]
    adopted = adopted_on(group_id)
    days = workdays(add_workdays(adopted, 3), date(2014, 9, 26))
    due = days[min(len(days) - 1, int(chance("due", group_id, item_no) * len(days)))]
    row: Row = {
        "group_id": group_id,
        "plan_no": 1,
        "item_no": item_no,
        "aspect_no": aspect_no,
        "aspect": aspect,
        "title_zh": f"{title}第{place}条",
        "due_on": due,
        "status": "planned",
        "done_on": None,
    }
    rows = [fact(row, stamp(adopted, group_id, "plan"), group_id)]
    done = add_workdays(due, between(-2, 3, "item", group_id, item_no))
    done = max(done, add_workdays(adopted, 1))
    if chance("kept", group_id, item_no) < ZEAL.get(group_id, 0.95):
        finished: Row = {"status": "done", "done_on": done}
        rows.append(fact(row | finished, stamp(_heard(done), group_id, item_no), group_id, revision=2))
    elif below(3, "dropped", group_id, item_no) == 0:
        rows.append(fact(row | {"status": "dropped"}, stamp(_heard(done), group_id, item_no), group_id, revision=2))
    return rows


def _heard(day: date) -> date:
    weeks = (report_day(week) for week in range(1, WEEKS + 2))
    return next((due for due in weeks if due >= day and due > LAUNCH), next_workday(day))
