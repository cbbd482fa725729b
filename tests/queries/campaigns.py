"""Small random campaigns: odd ones on purpose, with units that move and leave, gaps, voids and late reports."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import given

TYPES = ("township", "subdistrict", "county_department")
WEEKS = 11
PARTS = [path.stem for path in sorted((Path(__file__).parent / "parts").glob("*.py"))]
"""Modules whose `add(chance, rows)` fills further tables, each of one family."""
County = dict[str, list[dict[str, Any]]]


def county(chance: Random) -> County:
    """Give the whole truth of a random campaign, every row complete, as rows by table."""
    groups = [f"G{no}" for no in range(chance.randint(1, 3))]
    units = {f"U{no}": chance.choice(TYPES) for no in range(chance.randint(1, 5))}
    members: dict[str, dict[str, str]] = {group: {} for group in groups}
    for unit, kind in units.items():
        members[chance.choice(groups)][unit] = kind
    rows = given.tables(members, {})
    for row in rows["units"]:
        if chance.random() < 0.2:
            row["left_on"] = day(chance)
        if chance.random() < 0.2:
            row["joined_on"] = day(chance, 0, 20)
    for stay in list(rows["unit_assignments"]):
        if chance.random() < 0.4:
            moved_on = day(chance, 1)
            stay["valid_to"] = moved_on - timedelta(days=1)
            rows["unit_assignments"].append(
                {"unit_id": stay["unit_id"], "group_id": chance.choice(groups), "valid_from": moved_on}
            )
    for order, row in enumerate(chance.sample(rows["supervision_groups"], len(groups))):
        row["display_order"] = order
    rows["action_catalogue"] = _catalogue(chance)
    rows["action_due"], rows["action_records"] = _actions(chance, list(units))
    rows["visits"] = [
        reported(
            chance, {"visit_id": f"v{no}", "unit_id": chance.choice(list(units)), "group_id": groups[0]}, "visited_on"
        )
        | {"mode": chance.choice(("on_site", "on_site", "phone"))}
        for no in range(chance.randint(0, 25))
    ]
    rows["interview_sessions"] = [
        reported(
            chance, {"session_id": f"i{no}", "unit_id": chance.choice(list(units)), "group_id": groups[0]}, "held_on"
        )
        for no in range(chance.randint(0, 5))
    ]
    rows["problems"] = [
        reported(chance, {"problem_id": f"p{no}", "unit_id": chance.choice(list(units))}, "found_on")
        for no in range(chance.randint(0, 5))
    ]
    rows["report_schedule"], rows["report_filings"] = _reports(chance, groups, list(units))
    for part in PARTS:
        import_module(f"parts.{part}").add(chance, rows)
    return {table: given.frame(table, filled).to_dicts() for table, filled in rows.items()}


def known(whole: County, known_on: date) -> County:
    """Give what was reported by a day, as a snapshot of that day holds it."""
    return {
        table: [row for row in rows if "reported_at" not in row or row["reported_at"].date() <= known_on]
        for table, rows in whole.items()
    }


def day(chance: Random, first: int = 0, last: int = WEEKS * 7) -> date:
    """A random day, so many days after the launch."""
    return given.LAUNCHED_ON + timedelta(days=chance.randint(first, last))


def reported(chance: Random, row: dict[str, Any], day_name: str) -> dict[str, Any]:
    """The row with a random day of its event, reported some days later, now and then withdrawn."""
    happened_on = day(chance)
    latency = timedelta(days=chance.choice((0, 1, 2, 5, 9, 20)))
    return row | {
        day_name: happened_on,
        "reported_at": datetime.combine(happened_on + latency, time(chance.randint(0, 23))),
        "is_void": chance.random() < 0.1,
    }


def _catalogue(chance: Random) -> list[dict[str, Any]]:
    versions = []
    for code in ("A01", "A02", "B01"):
        base = {"action_code": code, "mandatory": code != "B01"}
        for effective_from in sorted({given.LAUNCHED_ON, day(chance, 0, 30)}):
            terms = {"min_count": chance.choice((1, 1, 2)), "grace_days": chance.choice((0, 0, 3))}
            versions.append(base | terms | {"effective_from": effective_from})
    return versions


def _actions(chance: Random, units: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    due, records = [], []
    for unit in units:
        for code in ("A01", "A02", "B01"):
            key = {"unit_id": unit, "action_code": code}
            due += [
                key
                | {"instance_no": no + 1, "due_on": None if chance.random() < 0.1 else day(chance)}
                | {"waived": chance.random() < 0.1}
                for no in range(chance.randint(0, 2))
            ]
            for no in range(chance.randint(0, 4)):
                record = reported(chance, key | {"instance_no": no + 1, "status": "done"}, "done_on")
                if chance.random() < 0.3:
                    record |= {"status": chance.choice(("in_progress", "not_done_confirmed")), "done_on": None}
                records.append(record)
    return due, records


def _reports(chance: Random, groups: list[str], units: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    schedule, filings = [], []
    for no in range(chance.randint(0, 12)):
        kind = chance.choice(("group", "group", "unit"))
        due_at = datetime.combine(day(chance), time(18))
        reporter = chance.choice(groups if kind == "group" else units)
        report = {"report_due_id": f"r{no}", "reporter_kind": kind, "reporter_id": reporter, "due_at": due_at}
        report["period_to"] = due_at.date() - timedelta(days=chance.choice((0, 0, 1)))
        report["period_from"] = report["period_to"] - timedelta(days=chance.randint(3, 20))
        report["report_kind"] = chance.choice(("weekly", "weekly", "special"))
        schedule.append(report)
        for filing in range(chance.randint(0, 2)):
            filed_at = due_at + timedelta(hours=chance.randint(-48, 150))
            filings.append(
                {
                    "filing_id": f"f{no}-{filing}",
                    "report_due_id": f"r{no}",
                    "filed_at": filed_at,
                    "accepted_at": None if chance.random() < 0.2 else filed_at,
                    "returned": chance.random() < 0.2,
                    "is_void": chance.random() < 0.1,
                    "reported_at": filed_at,
                }
            )
    return schedule, filings
