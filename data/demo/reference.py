"""Rows of the reference tables: the campaign, its calendar, groups, units, stages and catalogue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from data.demo.calendar import HOLIDAYS, LAUNCH, PLANNED_END, add_workdays, is_workday, week_of
from data.demo.catalogue import Action, actions
from data.demo.content_items import ITEMS
from data.demo.groups import GROUPS, units
from data.demo.matter_rows import SOURCE_KINDS
from data.demo.plans import TRAINED_ON, adopted_on
from data.demo.rows import Row, known_from

MEMBERS: Final = {"T1": 3, "T2": 3, "T3": 2, "T4": 3, "C1": 3, "C2": 5, "C3": 4, "C4": 5, "C5": 5, "C6": 6}
NUMERALS: Final = ("一", "二", "三", "四", "五", "六")
STAGES: Final = (
    ("S0", "动员部署", "Launch", date(2014, 3, 10), date(2014, 3, 28)),
    ("S1", "学习教育、听取意见", "Study and opinions", date(2014, 3, 10), date(2014, 5, 31)),
    ("S2", "查摆问题、开展批评", "Problems and criticism", date(2014, 6, 1), date(2014, 7, 31)),
    ("S3", "整改落实、建章立制", "Rectification and rules", date(2014, 8, 1), date(2014, 9, 30)),
)
LIMITS: Final = {"urgent": (5, "working"), "ordinary": (15, "working"), "difficult": (30, "calendar")}


def campaign() -> list[Row]:
    """The one campaign; its name says that the county is made up."""
    return [
        {
            "campaign_id": "demo",
            "name_zh": "示例县教育实践活动(虚构演示数据)",
            "name_en": "Demo County campaign (synthetic demonstration data)",
            "launched_on": LAUNCH,
            "planned_end_on": PLANNED_END,
            "timezone": "Asia/Shanghai",
            "week_start": "mon",
            "report_weekday": 5,
            "report_hour": 18,
        }
    ]


def work_calendar() -> list[Row]:
    """Every day of 2014."""
    days = (date(2014, 1, 1) + timedelta(days=offset) for offset in range(365))
    return [
        {
            "day": day,
            "is_workday": is_workday(day),
            "week_no": week_of(day) if day >= LAUNCH else None,
            "holiday_zh": HOLIDAYS.get(day, (None, None))[0],
            "holiday_en": HOLIDAYS.get(day, (None, None))[1],
        }
        for day in days
    ]


def stages() -> list[Row]:
    """The four stages, whose windows overlap."""
    return [
        {"stage": stage, "name_zh": name_zh, "name_en": name_en, "window_from": first, "window_to": last}
        for stage, name_zh, name_en, first, last in STAGES
    ]


def supervision_groups() -> list[Row]:
    """The ten groups; the approval of a plan is entered some days after its adoption."""
    rows: list[Row] = []
    for place, group_id in enumerate(GROUPS, start=1):
        is_township, number = group_id[0] == "T", int(group_id[1])
        kind_zh, kind_en = ("乡镇(街道)", "Township") if is_township else ("县直", "County")
        row: Row = {
            "group_id": group_id,
            "group_kind": "township" if is_township else "county_department",
            "group_no": number,
            "name_zh": f"{kind_zh}第{NUMERALS[number - 1]}督导组",
            "name_en": f"{kind_en} group {number}",
            "covers_non_public": group_id == "C6",
            "members_n": MEMBERS[group_id],
            "trained_on": TRAINED_ON,
            "plan_approved_on": None,
            "display_order": place,
        }
        approved = add_workdays(adopted_on(group_id), 1)
        rows += [row, known_from(row | {"plan_approved_on": approved}, approved)]
    return rows


def unit_rows() -> list[Row]:
    """The 103 units."""
    return [
        {
            "unit_id": unit.unit_id,
            "name_zh": unit.name_zh,
            "name_en": unit.name_en,
            "unit_type": unit.unit_type,
            "peer_class": unit.peer_class,
            "sub_batch": 1,
            "joined_on": LAUNCH,
            "left_on": None,
        }
        for unit in units()
    ]


def unit_assignments() -> list[Row]:
    """Each unit belongs to one group from the launch on."""
    return [
        {"unit_id": unit.unit_id, "group_id": unit.group_id, "valid_from": LAUNCH, "valid_to": None} for unit in units()
    ]


def action_catalogue() -> list[Row]:
    """The default catalogue."""
    return [_catalogue_row(place, action) for place, action in enumerate(actions(), start=1)]


def action_precedence() -> list[Row]:
    """Which action has to wait for which."""
    return [
        {
            "before_code": before,
            "after_code": action.code,
            "rule": "finish_before_finish",
            "min_gap_days": 0,
            "same_day_ok": True,
        }
        for action in actions()
        for before in action.after
    ]


def action_content_items() -> list[Row]:
    """The parts that an action must contain."""
    return [
        {
            "action_code": code,
            "item_no": item_no,
            "name_zh": name_zh,
            "name_en": name_en,
            "required": True,
            "effective_from": LAUNCH,
            "effective_to": None,
        }
        for code, items in ITEMS.items()
        for item_no, (name_zh, name_en) in enumerate(items, start=1)
    ]


def matter_due_rules() -> list[Row]:
    """Usual limits by source and urgency."""
    return [
        {
            "source": source,
            "urgency": urgency,
            "allowed_days": days,
            "allowed_kind": kind,
            "basis": "source",
            "basis_ref": "domain.md 2.4",
        }
        for source in SOURCE_KINDS
        for urgency, (days, kind) in LIMITS.items()
    ]


def _catalogue_row(place: int, action: Action) -> Row:
    anchor = action.after[0] if action.due is None and action.is_prescribed else None
    return {
        "action_code": action.code,
        "name_zh": action.name_zh,
        "name_en": action.name_en,
        "stage": action.stage,
        "sequence_no": place,
        "action_class": "prescribed" if action.is_prescribed else "optional",
        "mandatory": action.is_prescribed,
        "applies_to": "|".join(action.applies_to),
        "min_count": 1,
        "is_continuing": action.is_continuing,
        "due_kind": "after_action_plus_days" if anchor else "fixed_date" if action.due else "none",
        "due_value": "7" if anchor else action.due.isoformat() if action.due else None,
        "due_anchor_action": anchor,
        "grace_days": 0,
        "workday_rule": "next_workday" if action.next_workday_rule else "none",
        "weight": 1.0,
        "reviewed_by_group": action.reviewed_by_group,
        "effective_from": action.effective_from,
        "effective_to": None,
        "basis": action.basis,
        "basis_ref": "domain.md 3.4",
    }
