"""Every week of the county holds together: keys, references, clocks, working days, and the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import defaultdict
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import pytest

from data.demo import KNOWN_ON, write_inputs
from data.demo.world import known
from data.schemas import TABLES, columns

EVENT_DAYS = {
    "group_plans": ("adopted_on",),
    "group_plan_items": ("done_on",),
    "action_records": ("started_on", "done_on"),
    "action_content_checks": ("checked_on",),
    "action_reviews": ("reviewed_on",),
    "visits": ("visited_on",),
    "interview_sessions": ("held_on",),
    "report_filings": ("filed_at", "accepted_at"),
    "problems": ("found_on",),
    "rectification_events": ("happened_on",),
    "matters": ("decided_on", "registered_on", "closed_on"),
    "matter_events": ("happened_on",),
    "matter_elements": ("recorded_on",),
    "matter_results": ("achieved_on",),
    "inspections": ("actual_from", "actual_to"),
    "joint_conferences": ("held_on",),
    "appraisal_events": ("occurred_on",),
    "bulletins": ("issued_on",),
}
SOME_WEEKS = (KNOWN_ON[0], KNOWN_ON[4], KNOWN_ON[9], KNOWN_ON[18], KNOWN_ON[28])
DENIED = re.compile(r"person|_name$|leader|phone|mobile|birth|address|email|id_card|position", re.IGNORECASE)


@cache
def rows(table: str, known_on: date) -> list[dict[str, object]]:
    return known(table, known_on).to_dicts()


def as_day(moment: object) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@pytest.mark.parametrize("known_on", SOME_WEEKS)
def test_keys_are_unique_and_references_resolve(known_on: date) -> None:
    for table in TABLES:
        key = [column.name for column in columns(table) if column.key]
        keys = [tuple(row[name] for name in key) for row in rows(table, known_on)]
        assert len(keys) == len(set(keys)), table
        for column in columns(table):
            if column.references:
                parent, name = column.references.split(".")
                there = {row[name] for row in rows(parent, known_on)}
                here = {row[column.name] for row in rows(table, known_on)} - {None}
                assert here <= there, (table, column.name)


@pytest.mark.parametrize("known_on", SOME_WEEKS)
def test_values_are_filled_and_listed_as_the_schemas_say(known_on: date) -> None:
    for table in TABLES:
        for column in columns(table):
            values = {row[column.name] for row in rows(table, known_on)}
            assert column.nullable or None not in values, (table, column.name)
            if column.values:
                parts = {part for value in values - {None} for part in str(value).split("|")}
                assert parts <= set(map(str, column.values)), (table, column.name)


@pytest.mark.parametrize("known_on", SOME_WEEKS)
def test_nothing_is_known_before_it_happened(known_on: date) -> None:
    for table, names in EVENT_DAYS.items():
        for row in rows(table, known_on):
            heard = row.get("reported_at") or datetime.combine(known_on, time(23, 59, 59))
            assert as_day(heard) <= known_on
            assert all(row[name] is None or as_day(row[name]) <= as_day(heard) for name in names), (table, row)


@pytest.mark.parametrize("table", EVENT_DAYS)
def test_events_fall_on_working_days(table: str) -> None:
    working = {row["day"] for row in rows("work_calendar", KNOWN_ON[-1]) if row["is_workday"]}
    for row in rows(table, KNOWN_ON[-1]):
        days = {as_day(row[name]) for name in EVENT_DAYS[table] if row[name] is not None}
        assert days <= working, (table, row)
        assert "reported_at" not in row or as_day(row["reported_at"]) in working, (table, row)


def test_the_calendar_knows_the_days_off_and_the_make_up_days() -> None:
    calendar = {row["day"]: row["is_workday"] for row in rows("work_calendar", KNOWN_ON[0])}
    off = [(4, 7), (5, 1), (5, 2), (6, 2), (9, 8), (10, 1), (10, 2), (10, 3), (10, 6), (10, 7)]
    assert not any(calendar[date(2014, *day)] for day in off)
    assert all(calendar[date(2014, *day)] for day in [(5, 4), (9, 28), (10, 11), (4, 4), (4, 8)])
    assert max(calendar) >= date(2014, 10, 31)


@pytest.mark.parametrize("known_on", SOME_WEEKS)
def test_numbers_of_actions_events_and_revisions_have_no_gaps(known_on: date) -> None:
    for table, parent, number in (
        ("action_records", ("unit_id", "action_code"), "instance_no"),
        ("rectification_events", ("problem_id",), "event_no"),
        ("matter_events", ("matter_id",), "event_no"),
    ):
        numbers = defaultdict(list)
        for row in rows(table, known_on):
            numbers[tuple(row[name] for name in parent)].append(row[number])
        assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values()), table


def test_rows_only_change_with_a_higher_revision_and_never_vanish() -> None:
    for table in EVENT_DAYS:
        if table == "joint_conferences":
            continue
        key = [column.name for column in columns(table) if column.key]
        before: dict[tuple[object, ...], dict[str, object]] = {}
        for known_on in KNOWN_ON:
            now = {tuple(row[name] for name in key): row for row in rows(table, known_on)}
            assert before.keys() <= now.keys(), (table, known_on)
            for place, row in before.items():
                assert now[place] == row or now[place]["revision"] > row["revision"], (table, place)
            before = now


@pytest.mark.parametrize("known_on", SOME_WEEKS)
def test_done_means_a_day_and_undone_means_none(known_on: date) -> None:
    for row in rows("action_records", known_on):
        assert (row["status"] == "done") == (row["done_on"] is not None), row
        assert row["started_on"] is None or row["done_on"] is None or row["started_on"] <= row["done_on"]
        assert row["done_on"] is None or row["done_on"] >= date(2014, 3, 10)


@pytest.mark.parametrize("known_on", SOME_WEEKS)
def test_content_found_and_marks_given_fit_the_action(known_on: date) -> None:
    records = {(r["unit_id"], r["action_code"], r["instance_no"]): r for r in rows("action_records", known_on)}
    items = {(r["action_code"], r["item_no"]) for r in rows("action_content_items", known_on)}
    for row in rows("action_content_checks", known_on):
        assert (row["action_code"], row["item_no"]) in items
        assert records[row["unit_id"], row["action_code"], row["instance_no"]]["started_on"]
    for row in rows("action_reviews", known_on):
        record = records[row["unit_id"], row["action_code"], row["instance_no"]]
        assert 0 <= row["score"] <= 100
        assert row["verdict"] == "approved" or record["review_status"] != "approved"


@pytest.mark.parametrize("known_on", SOME_WEEKS)
def test_visits_are_by_the_units_own_group_once_a_day(known_on: date) -> None:
    owner = {row["unit_id"]: row["group_id"] for row in rows("unit_assignments", known_on)}
    visits = rows("visits", known_on)
    assert all(owner[row["unit_id"]] == row["group_id"] for row in visits)
    assert all(row["interview_count"] == 0 for row in visits if row["mode"] in ("phone", "documents"))
    once = [(row["unit_id"], row["visited_on"], row["mode"]) for row in visits]
    assert len(once) == len(set(once))


@pytest.mark.parametrize("known_on", SOME_WEEKS)
def test_reports_are_filed_after_their_period_began_and_accepted_once(known_on: date) -> None:
    due = {row["report_due_id"]: row for row in rows("report_schedule", known_on)}
    accepted = [row["report_due_id"] for row in rows("report_filings", known_on) if row["accepted_at"]]
    assert len(accepted) == len(set(accepted))
    for row in rows("report_filings", known_on):
        assert row["filed_at"].date() >= due[row["report_due_id"]]["period_to"]
        assert row["accepted_at"] is None or row["accepted_at"] >= row["filed_at"]


def test_there_is_no_column_about_persons() -> None:
    names = {(table, column.name) for table in TABLES for column in columns(table)}
    assert not {name for name in names if DENIED.search(name[1])}


def test_no_text_looks_like_a_person() -> None:
    pattern = re.compile(r"同志|书记|局长|主任|先生|女士|\d{11}|\d{17}[\dXx]|@")
    for table in TABLES:
        texts = {value for row in rows(table, KNOWN_ON[-1]) for value in row.values() if isinstance(value, str)}
        assert not {text for text in texts if pattern.search(text)}, table


def fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def test_the_files_have_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    write_inputs(tmp_path / "here", KNOWN_ON[28])
    script = "import sys, pathlib, data.demo as d; d.write_inputs(pathlib.Path(sys.argv[1]), d.KNOWN_ON[28])"
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[2]), "TZ": "UTC"}
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "there")], check=True, env=environment)
    assert fingerprint(tmp_path / "here") == fingerprint(tmp_path / "there")
    assert {path.stem for path in (tmp_path / "here").iterdir()} == set(TABLES)


def test_the_files_are_written_as_the_intake_reads_them(tmp_path: Path) -> None:
    write_inputs(tmp_path, KNOWN_ON[4])
    for table in TABLES:
        header = (tmp_path / f"{table}.csv").read_text(encoding="utf-8").partition("\n")[0]
        assert header == ",".join(column.name for column in columns(table))
    visit = (tmp_path / "visits.csv").read_text(encoding="utf-8").splitlines()[1]
    assert re.search(r",2014-\d\d-\d\d,", visit)
    assert re.search(r",(true|false),", visit)
    assert re.search(r",2014-\d\d-\d\d \d\d:\d\d:\d\d,", visit)


def test_days_outside_the_campaign_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="known from 2014-03-16 to 2014-09-28"):
        write_inputs(tmp_path, date(2014, 3, 15))
