"""Rows of appraisal_rules, appraisal_events and appraisal_scores: every point stands on a row of another table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from data.demo.bodies import body_of
from data.demo.bulletins import issues
from data.demo.calendar import LAUNCH, add_workdays, next_workday
from data.demo.chance import between
from data.demo.groups import units
from data.demo.instances import instances
from data.demo.matter_rows import matter_events, matter_rows
from data.demo.problems import all_problems, rectification_events
from data.demo.records import returned
from data.demo.reviews import action_reviews
from data.demo.rows import Row, fact, stamp

SCHEME: Final = "coursework-2014"
BASE: Final = 80.0
WEIGHT: Final = 0.3
RULES: Final = (
    ("CLOSED_LEAD", "牵头事项办结", "Led matter closed", 2.0, 20.0),
    ("RECTIFIED", "问题整改销号", "Problem struck off", 0.5, 5.0),
    ("PRAISE", "通报表扬", "Praised in a bulletin", 1.0, 5.0),
    ("LATE_ACTION", "规定动作逾期", "Prescribed action late", -1.0, -10.0),
    ("LATE_REPORT", "信息迟报", "Reported late", -1.0, -10.0),
    ("MATTER_OVERDUE", "督办事项逾期", "Matter overdue", -5.0, None),
    ("RETURNED", "材料退回", "Returned for redoing", -2.0, None),
    ("CONTRADICTED", "抽查与自评不符", "Contradicted by a spot check", -3.0, None),
    ("CRITICISED", "通报批评", "Criticised in a bulletin", -1.0, None),
)
LATE_REPORT_DAYS: Final = 12
NO_TASK: Final = ("U083", "U092", "U097", "U099", "U102")
"""Units without a task in any term: not ranked."""
TERMS: Final = (
    ("2014Q1", LAUNCH, date(2014, 3, 31), date(2014, 4, 10)),
    ("2014Q2", date(2014, 4, 1), date(2014, 6, 30), date(2014, 7, 10)),
    ("2014Q3", date(2014, 7, 1), date(2014, 9, 30), None),
)
"""Terms with the day on which their exam marks came; none for the current one."""


@dataclass(frozen=True, slots=True)
class Point:
    """One event that gives or costs points, with the row that proves it."""

    unit_id: str
    rule_code: str
    occurred_on: date
    evidence_table: str
    evidence_key: str
    heard_at: datetime


def appraisal_rules() -> list[Row]:
    """The rules of the only scheme."""
    return [
        {
            "scheme_id": SCHEME,
            "rule_code": code,
            "name_zh": name_zh,
            "name_en": name_en,
            "points": points,
            "cap": cap,
            "role_factor_support": 0.5,
            "category": code.lower(),
            "basis_ref": "default",
            "effective_from": LAUNCH,
            "effective_to": None,
        }
        for code, name_zh, name_en, points, cap in RULES
    ]


def appraisal_events() -> list[Row]:
    """Every point that was given or taken."""
    rows: list[Row] = []
    for number, point in enumerate(all_points(), start=1):
        row: Row = {
            "event_id": f"E{number:04d}",
            "unit_id": point.unit_id,
            "rule_code": point.rule_code,
            "occurred_on": point.occurred_on,
            "evidence_table": point.evidence_table,
            "evidence_key": point.evidence_key,
            "appealed": "none" if number % 40 else ("pending", "rejected")[number % 80 == 0],
        }
        rows.append(fact(row, point.heard_at, "office"))
    return rows


def appraisal_scores() -> list[Row]:
    """The marks of each unit in each term, renewed with every point."""
    rows: list[Row] = []
    by_unit: dict[str, list[Point]] = {unit.unit_id: [] for unit in units()}
    for point in all_points():
        by_unit[point.unit_id].append(point)
    for unit in units():
        for period_id, first, last, examined in TERMS:
            points = [point for point in by_unit[unit.unit_id] if first <= point.occurred_on <= last]
            exam_at = stamp(examined, "exam", unit.unit_id) if examined else None
            exam = float(between(74, 97, "exam", period_id, unit.unit_id))
            moments = {stamp(next_workday(first), "opened", period_id), *(point.heard_at for point in points)}
            for number, moment in enumerate(sorted(moments | ({exam_at} if exam_at else set())), start=1):
                known = [point for point in points if point.heard_at <= moment]
                is_examined = exam_at is not None and exam_at <= moment and unit.unit_id not in NO_TASK
                row = _score(unit.unit_id, period_id, _coursework(known), exam if is_examined else None)
                rows.append(fact(row, moment, "office", revision=number))
    return rows


@cache
def all_points() -> tuple[Point, ...]:
    """Every point of units with a task, in order of the day."""
    found = (*_from_matters(), *_from_problems(), *_from_bulletins(), *_from_actions(), *_from_reviews())
    kept = (point for point in found if point.unit_id not in NO_TASK)
    return tuple(
        sorted(kept, key=lambda point: (point.occurred_on, point.rule_code, point.evidence_key, point.unit_id))
    )


def _coursework(points: list[Point]) -> float:
    mark = BASE
    for code, _, _, value, cap in RULES:
        total = value * sum(point.rule_code == code for point in points)
        if cap is not None:
            total = min(total, cap) if cap > 0 else max(total, cap)
        mark += total
    return min(100.0, max(0.0, mark))


def _score(unit_id: str, period_id: str, coursework: float, exam: float | None) -> Row:
    return {
        "unit_id": unit_id,
        "period_id": period_id,
        "scheme_id": SCHEME,
        "base": BASE,
        "coursework_mark": coursework,
        "exam_mark": exam,
        "coursework_weight": WEIGHT,
        "total_mark": None if exam is None else round(WEIGHT * coursework + (1 - WEIGHT) * exam, 2),
        "rankable": unit_id not in NO_TASK,
    }


def _point(unit_id: object, code: str, day: object, table: str, key: str, evidence_at: object) -> Point:
    if not isinstance(day, date) or not isinstance(evidence_at, datetime):
        raise TypeError(f"evidence without a day or a report time: {table} {key}")
    heard = stamp(add_workdays(evidence_at.date(), 1), "point", code, key)
    return Point(str(unit_id), code, day, table, key, heard)


def _from_matters() -> Iterator[Point]:
    owner = {body_of(unit): unit.unit_id for unit in units()}
    leads: dict[object, str] = {}
    for row in matter_rows():
        leads[row["matter_id"]] = owner[str(row["lead_body_id"])]
        if row["status"] == "closed":
            key = str(row["matter_id"])
            yield _point(leads[key], "CLOSED_LEAD", row["closed_on"], "matters", key, row["reported_at"])
    for row in matter_events():
        if row["slip_colour"] == "red":
            key = f"{row['matter_id']}|{row['event_no']}"
            unit_id = leads[row["matter_id"]]
            yield _point(unit_id, "MATTER_OVERDUE", row["happened_on"], "matter_events", key, row["reported_at"])


def _from_problems() -> Iterator[Point]:
    owners = {problem.problem_id: problem.unit.unit_id for problem in all_problems()}
    for row in rectification_events():
        if row["event_type"] == "verified_closed":
            key = f"{row['problem_id']}|{row['event_no']}"
            unit_id = owners[str(row["problem_id"])]
            yield _point(unit_id, "RECTIFIED", row["happened_on"], "rectification_events", key, row["reported_at"])


def _from_bulletins() -> Iterator[Point]:
    for issue in issues():
        code = {"praise": "PRAISE", "criticism": "CRITICISED"}.get(issue.kind, "")
        moment = stamp(issue.issued_on, "bulletin", issue.issue_no)
        for unit_id in issue.unit_ids:
            yield _point(unit_id, code, issue.issued_on, "bulletins", str(issue.issue_no), moment)


def _from_actions() -> Iterator[Point]:
    sent_back = returned()
    for item in instances():
        key = "|".join(map(str, item.key))
        if item.key[:2] in sent_back:
            continue
        if item.due_on and item.done_on > item.due_on:
            yield _point(item.unit.unit_id, "LATE_ACTION", item.done_on, "action_records", key, item.reported_at)
        elif (item.reported_at.date() - item.done_on).days > LATE_REPORT_DAYS:
            yield _point(item.unit.unit_id, "LATE_REPORT", item.done_on, "action_records", key, item.reported_at)


def _from_reviews() -> Iterator[Point]:
    own: dict[tuple[object, object], float] = {}
    for row in action_reviews():
        key, score = (row["unit_id"], row["action_code"]), row["score"]
        if not isinstance(score, float):
            continue
        if row["reviewer_side"] == "group":
            own[key] = score
            if row["verdict"] == "returned":
                yield _point(
                    row["unit_id"],
                    "RETURNED",
                    row["reviewed_on"],
                    "action_reviews",
                    str(row["review_id"]),
                    row["reported_at"],
                )
        elif own.get(key, score) - score >= 12:
            yield _point(
                row["unit_id"],
                "CONTRADICTED",
                row["reviewed_on"],
                "action_reviews",
                str(row["review_id"]),
                row["reported_at"],
            )
