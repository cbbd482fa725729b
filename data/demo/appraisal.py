"""Rows of appraisal_rules, appraisal_events and appraisal_scores: every point stands on a row of another table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from data.appraisal import shipped
from data.demo.bodies import body_of
from data.demo.bulletins import issues
from data.demo.calendar import LAUNCH, add_workdays, next_workday
from data.demo.chance import between
from data.demo.groups import units
from data.demo.instances import instances
from data.demo.matter_rows import matter_bodies, matter_events, matter_rows
from data.demo.problems import all_problems, rectification_events
from data.demo.records import returned
from data.demo.reviews import action_reviews
from data.demo.rows import Row, fact, stamp

RULES: Final = {str(row["rule_code"]): row for row in shipped().rows}
LATE_REPORT_DAYS: Final = 12
NO_TASK: Final = ("U083", "U092", "U097", "U099", "U102")
"""Units without a task in any term: not ranked."""
TERMS: Final = (
    ("2014Q1", LAUNCH, date(2014, 3, 31), date(2014, 4, 10)),
    ("2014Q2", date(2014, 4, 1), date(2014, 6, 30), date(2014, 7, 10)),
    ("2014Q3", date(2014, 7, 1), date(2014, 9, 30), None),
)
"""Terms with the day on which their exam marks came; none for the current one."""
APPEALED: Final = 15
"""Every so manieth deduction is appealed against."""
OUTCOMES: Final = ("rejected", "upheld", "pending")
"""What becomes of appeals, in turn; the last is never decided."""
APPEAL_DAYS: Final = 5
DECISION_DAYS: Final = 15


@dataclass(frozen=True, slots=True)
class Point:
    """One event that gives or costs points, with the row that proves it."""

    unit_id: str
    rule_code: str
    occurred_on: date
    evidence_table: str
    evidence_key: str
    heard_at: datetime
    is_support: bool = False

    @property
    def value(self) -> float:
        """The points by the rule; a supporting unit has a share of them."""
        rule = RULES[self.rule_code]
        return float(rule["points"]) * (float(rule["role_factor_support"]) if self.is_support else 1.0)


def appraisal_rules() -> list[Row]:
    """The rules of the file that comes with the application."""
    return [dict(row) for row in shipped().rows]


def appraisal_events() -> list[Row]:
    """Every point that was given or taken, and once more with every step of an appeal against it."""
    rows: list[Row] = []
    for number, point in enumerate(all_points(), start=1):
        row: Row = {
            "event_id": f"E{number:04d}",
            "unit_id": point.unit_id,
            "rule_code": point.rule_code,
            "occurred_on": point.occurred_on,
            "evidence_table": point.evidence_table,
            "evidence_key": point.evidence_key,
        }
        steps = ((point.heard_at, "none"), *appeals().get(point, ()))
        for revision, (moment, state) in enumerate(steps, start=1):
            rows.append(fact(row | {"appealed": state}, moment, "office", revision=revision))
    return rows


def appraisal_scores() -> list[Row]:
    """The marks of each unit in each term, renewed with every point and every appeal that is upheld."""
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
            moments |= {moment for point in points if (moment := _upheld_at(point)) is not None}
            for number, moment in enumerate(sorted(moments | ({exam_at} if exam_at else set())), start=1):
                known = [point for point in points if point.heard_at <= moment and not _is_upheld(point, moment)]
                is_examined = exam_at is not None and exam_at <= moment and unit.unit_id not in NO_TASK
                row = _score(unit.unit_id, period_id, _coursework(known), exam if is_examined else None)
                rows.append(fact(row, moment, "office", revision=number))
    return rows


@cache
def appeals() -> dict[Point, tuple[tuple[datetime, str], ...]]:
    """The steps of each appeal, with the moment of each: it is pending, then it may be decided."""
    found = {}
    for turn, point in enumerate([point for point in all_points() if point.value < 0][APPEALED - 1 :: APPEALED]):
        asked = add_workdays(point.heard_at.date(), APPEAL_DAYS)
        steps = [(stamp(asked, "appeal", point.evidence_key), "pending")]
        outcome = OUTCOMES[turn % len(OUTCOMES)]
        if outcome != "pending":
            steps.append((stamp(add_workdays(asked, DECISION_DAYS), "decision", point.evidence_key), outcome))
        found[point] = tuple(steps)
    return found


def _upheld_at(point: Point) -> datetime | None:
    return next((moment for moment, state in appeals().get(point, ()) if state == "upheld"), None)


def _is_upheld(point: Point, moment: datetime) -> bool:
    upheld_at = _upheld_at(point)
    return upheld_at is not None and upheld_at <= moment


@cache
def all_points() -> tuple[Point, ...]:
    """Every point of units with a task, in order of the day."""
    found = (*_from_matters(), *_from_problems(), *_from_bulletins(), *_from_actions(), *_from_reviews())
    kept = (point for point in found if point.unit_id not in NO_TASK)
    return tuple(
        sorted(kept, key=lambda point: (point.occurred_on, point.rule_code, point.evidence_key, point.unit_id))
    )


def _coursework(points: list[Point]) -> float:
    """Base and points; of several points on one row of evidence the largest, which is the first of equal ones."""
    largest: dict[tuple[str, str], Point] = {}
    for point in points:
        evidence = point.evidence_table, point.evidence_key
        if evidence not in largest or abs(point.value) > abs(largest[evidence].value):
            largest[evidence] = point
    mark = shipped().base
    for code, rule in RULES.items():
        total, cap = sum(point.value for point in largest.values() if point.rule_code == code), rule["cap"]
        if cap is not None:
            total = min(total, cap) if cap > 0 else max(total, cap)
        mark += total
    return min(100.0, max(0.0, mark))


def _score(unit_id: str, period_id: str, coursework: float, exam: float | None) -> Row:
    return {
        "unit_id": unit_id,
        "period_id": period_id,
        "scheme_id": shipped().scheme_id,
        "base": shipped().base,
        "coursework_mark": coursework,
        "exam_mark": exam,
        "coursework_weight": shipped().weight,
        "total_mark": None if exam is None else _combined(coursework, exam),
        "rankable": unit_id not in NO_TASK,
    }


def _combined(coursework: float, exam: float) -> float:
    weight = shipped().weight
    return round(weight * coursework + (1 - weight) * exam, 2)


def _point(
    unit_id: object, code: str, day: object, table: str, key: str, evidence_at: object, *, is_support: bool = False
) -> Point:
    if not isinstance(day, date) or not isinstance(evidence_at, datetime):
        raise TypeError(f"evidence without a day or a report time: {table} {key}")
    heard = stamp(add_workdays(evidence_at.date(), 1), "point", code, key)
    return Point(str(unit_id), code, day, table, key, heard, is_support)


def _from_matters() -> Iterator[Point]:
    owner = {body_of(unit): unit.unit_id for unit in units()}
    leads: dict[object, str] = {}
    supports: dict[object, list[str]] = {}
    for row in matter_bodies():
        if row["role"] == "support":
            supports.setdefault(row["matter_id"], []).append(owner[str(row["body_id"])])
    for row in matter_rows():
        leads[row["matter_id"]] = owner[str(row["lead_body_id"])]
        if row["status"] == "closed":
            key, closed = (
                str(row["matter_id"]),
                (row["closed_on"], "matters", str(row["matter_id"]), row["reported_at"]),
            )
            yield _point(leads[key], "CLOSED_LEAD", *closed)
            for unit_id in supports.get(key, ()):
                yield _point(unit_id, "CLOSED_LEAD", *closed, is_support=True)
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
        if (item.reported_at.date() - item.done_on).days > LATE_REPORT_DAYS:
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
