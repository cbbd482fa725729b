"""Rows of problems and rectification_events: two to four problems a unit, some of which come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from data.demo.bodies import body_of, station
from data.demo.calendar import add_workdays
from data.demo.chance import below, between, chance, shuffled
from data.demo.groups import Unit, units
from data.demo.reporting import reported_at
from data.demo.rows import Row, fact

TITLES: Final = {
    "formalism": ("会议偏多、内容重复", "文件转发多、落实措施少", "台账只填不用", "检查重留痕轻实效"),
    "bureaucracy": ("办事环节多、等待时间长", "答复诉求不及时", "调研走访次数少", "部门之间相互推转"),
    "hedonism": ("值班在岗情况不实", "学习时间没有保证", "工作节奏偏慢"),
    "extravagance": ("办公用房超出标准", "公务用车登记不全", "接待支出手续不全"),
    "livelihood": ("村道路灯维修不及时", "饮水工程进度偏慢", "便民窗口排队时间长"),
    "organisation": ("基层组织活动不经常", "制度更新不及时"),
    "other": ("公示栏内容陈旧",),
}
WEIGHTED: Final = (
    "formalism", "bureaucracy", "formalism", "livelihood", "bureaucracy", "hedonism", "extravagance", "organisation",
    "formalism", "livelihood", "other",
)  # fmt: skip
FOUND_BY: Final = ("unit_self", "group_interview", "group_check", "mass_opinion", "group_check", "stage_evaluation")
MEASURES: Final = ("明确牵头科室并限时办结", "完善制度并公开承诺", "逐项清理并建立清单", "集中整治并定期回访")
RECURRING: Final = 0.06
UNVERIFIED: Final = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; `events` are (event type, day, new due day, verified by)."""

    problem_id: str
    unit: Unit
    found_on: date
    found_by: str
    category: str
    term: str
    due_on: date | None
    recurs_of: str | None
    heard_at: datetime
    events: tuple[tuple[str, date, date | None, str | None], ...]

    @property
    def closed_on(self) -> date | None:
        """The day of its last event, if that was a verified closing."""
        return self.events[-1][1] if self.events[-1][0] == "verified_closed" else None


@cache
def all_problems() -> tuple[Problem, ...]:
    """Every problem; the last ones are those that came back after their closing."""
    first = [
        (unit, place)
        for unit in units()
        for place in range(between(2, 4, "problems", unit.unit_id))
    ]  # fmt: skip
    waiting = set(shuffled(range(len(first)), "claimed")[:UNVERIFIED])
    found = [_first(unit, place, number, number - 1 in waiting) for number, (unit, place) in enumerate(first, start=1)]
    closed = [problem for problem in found if problem.closed_on and problem.closed_on < date(2014, 7, 15)]
    back = shuffled(closed, "recurs")[: round(RECURRING * len(found))]
    return (*found, *(_again(old, len(found) + number) for number, old in enumerate(back, start=1)))


def problems() -> list[Row]:
    """Rows of problems; the due day stays the first one, extensions are events."""
    rows: list[Row] = []
    for place, problem in enumerate(all_problems()):
        row: Row = {
            "problem_id": problem.problem_id,
            "unit_id": problem.unit.unit_id,
            "found_on": problem.found_on,
            "found_by": problem.found_by,
            "category": problem.category,
            "three_mosts": problem.category == "livelihood",
            "title_zh": TITLES[problem.category][below(len(TITLES[problem.category]), "title", problem.problem_id)],
            "measure_zh": MEASURES[below(len(MEASURES), "measure", problem.problem_id)],
            "responsible_body_id": station(place) if place % 9 == 0 else body_of(problem.unit),
            "term": problem.term,
            "due_on": problem.due_on,
            "recurs_of": problem.recurs_of,
        }
        rows.append(fact(row, problem.heard_at, problem.unit.group_id))
    return rows


def rectification_events() -> list[Row]:
    """Rows of rectification_events, each heard after the one before it."""
    rows: list[Row] = []
    for problem in all_problems():
        heard = problem.heard_at
        for event_no, (event_type, day, new_due, verified_by) in enumerate(problem.events, start=1):
            group_id = problem.unit.group_id
            if event_no > 1:
                heard = max(reported_at(group_id, day, problem.problem_id, event_no), heard + timedelta(minutes=1))
            row: Row = {
                "problem_id": problem.problem_id,
                "event_no": event_no,
                "event_type": event_type,
                "happened_on": day,
                "new_due_on": new_due,
                "verified_by": verified_by,
            }
            rows.append(fact(row, heard, group_id))
    return rows


def _first(unit: Unit, place: int, number: int, is_waiting: bool) -> Problem:
    found = add_workdays(date(2014, 3, 17), between(2 + 24 * place, 30 + 24 * place, "found", number))
    term = ("immediate", "by_stage_end", "immediate", "long_term")[below(4, "term", number)]
    category = WEIGHTED[below(len(WEIGHTED), "category", number)]
    found_by = FOUND_BY[below(len(FOUND_BY), "found by", number)]
    return _problem(unit, number, found, found_by, category, term, None, is_waiting)


def _again(old: Problem, number: int) -> Problem:
    closed = old.closed_on or old.found_on
    found = add_workdays(closed, between(10, 40, "again", number))
    return _problem(old.unit, number, found, "group_check", old.category, "immediate", old.problem_id, False)


def _problem(
    unit: Unit, number: int, found: date, found_by: str, category: str, term: str, recurs_of: str | None, waits: bool
) -> Problem:
    problem_id = f"P{number:04d}"
    due = None if term == "long_term" else add_workdays(found, 20 if term == "immediate" else 45)
    heard = reported_at(unit.group_id, found, problem_id)
    events = _events(unit, problem_id, found, due, waits)
    return Problem(problem_id, unit, found, found_by, category, term, due, recurs_of, heard, tuple(events))


def _events(
    unit: Unit, problem_id: str, found: date, due: date | None, is_waiting: bool
) -> list[tuple[str, date, date | None, str | None]]:
    is_weak = unit.group_id in ("C1", "T3")
    verifier = ("group", "office", "group", "public")[below(4, "verifier", problem_id)]
    last = due or add_workdays(found, 70)
    measure = add_workdays(found, between(1, 5, "measure", problem_id))
    events: list[tuple[str, date, date | None, str | None]] = [
        ("listed", found, None, None),
        ("measure_set", measure, None, None),
    ]
    if chance("transferred", problem_id) < 0.03:
        events.append(("transferred", add_workdays(measure, 1), None, None))
    if due and chance("extended", problem_id) < 0.07:
        asked, last = add_workdays(due, -2), add_workdays(due, 10)
        events.append(("extended", asked, last, None))
    odds = 0.45 if is_weak else 0.85
    is_late = chance("in time", problem_id) > odds
    delay = between(3, 40, "delay", problem_id) if is_late else -between(0, 8, "delay", problem_id)
    claimed = max(add_workdays(last, delay), add_workdays(events[-1][1], 2))
    if is_waiting:
        claimed = max(
            add_workdays(events[-1][1], 2), min(claimed, add_workdays(date(2014, 9, 12), -below(25, problem_id)))
        )
        return [*events, ("claimed_done", claimed, None, None)]
    if claimed > date(2014, 9, 5) or (is_late and chance("open", problem_id) < 0.15):
        return events
    events.append(("claimed_done", claimed, None, None))
    checked = add_workdays(claimed, between(2, 9, "verified", problem_id))
    if chance("failed", problem_id) < (0.2 if is_weak else 0.05):
        events.append(("verification_failed", checked, None, verifier))
        claimed = add_workdays(checked, between(5, 15, "claimed again", problem_id))
        events.append(("claimed_done", claimed, None, None))
        checked = add_workdays(claimed, between(2, 6, "verified again", problem_id))
    events.append(("verified_closed", checked, None, verifier))
    return events
