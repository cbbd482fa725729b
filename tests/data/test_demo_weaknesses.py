"""The three weaknesses and their traps (domain.md 6.3), recomputed in plain Python from the weekly tables."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from math import sqrt
from statistics import median, pstdev

import pytest

from data.demo.world import known

LAUNCH, E = date(2014, 3, 10), date(2014, 4, 13)
LATER = date(2014, 4, 27)
DONE_AT_13 = dict(T1=44, T2=35, T3=30, T4=30, C1=95, C2=96, C3=111, C4=114, C5=115, C6=183)
DONE_AT_27 = dict(T1=45, T2=36, T3=30, T4=36, C1=96, C2=117, C3=112, C4=116, C5=117, C6=187)
ON_TIME_AT_27 = dict(T1=44, T2=35, T3=22, T4=35, C1=70, C2=114, C3=106, C4=113, C5=114, C6=182)
VISITS = dict(T1=25, T2=20, T3=6, T4=20, C1=14, C2=39, C3=14, C4=39, C5=39, C6=63)
TALKS = dict(T1=50, T2=40, T3=6, T4=40, C1=14, C2=78, C3=6, C4=78, C5=78, C6=126)
COVERED = dict(T1=25, T2=20, T3=6, T4=20, C1=14, C2=39, C3=14, C4=39, C5=39, C6=63)
GAPS = dict(
    T1=(8, 8),
    T2=(8, 8),
    T3=(21, 25),
    T4=(8, 8),
    C1=(24, 32),
    C2=(20, 24),
    C3=(26, 34),
    C4=(20, 24),
    C5=(20, 24),
    C6=(18, 24),
)
FACTS = {"action_records": "done_on", "visits": "visited_on", "interview_sessions": "held_on", "problems": "found_on"}
REPORTS_ON_TIME = dict(T1=5, T2=5, T3=5, T4=0, C1=4, C2=0, C3=4, C4=5, C5=5, C6=5)


@cache
def rows(table: str, known_on: date) -> list[dict[str, object]]:
    return known(table, known_on).to_dicts()


@cache
def owner() -> dict[object, str]:
    return {row["unit_id"]: str(row["group_id"]) for row in rows("unit_assignments", E)}


def sizes() -> Counter[str]:
    return Counter(owner().values())


def completion(known_on: date) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Due, done and on-time instances by group, for what happened up to 13 April."""
    records = {(r["unit_id"], r["action_code"], r["instance_no"]): r for r in rows("action_records", known_on)}
    due, done, on_time = Counter[str](), Counter[str](), Counter[str]()
    for row in rows("action_due", known_on):
        if row["waived"] or row["due_on"] is None or row["due_on"] > E:
            continue
        group = owner()[row["unit_id"]]
        due[group] += 1
        record = records.get((row["unit_id"], row["action_code"], row["instance_no"]))
        if record and record["status"] == "done" and not record["is_void"] and record["done_on"] <= E:
            done[group] += 1
            on_time[group] += record["done_on"] <= row["due_on"]
    return due, done, on_time


def flagged(counts: Counter[str], due: Counter[str]) -> set[str]:
    """Groups below the control limit p - 3.09 sqrt(p (1-p) / n)."""
    p = sum(counts.values()) / sum(due.values())
    return {g for g, n in due.items() if counts[g] / n < p - 3.09 * sqrt(p * (1 - p) / n)}


def opening_visits(known_on: date) -> list[dict[str, object]]:
    return [r for r in rows("visits", known_on) if r["mode"] == "on_site" and r["visited_on"] <= E and not r["is_void"]]


def test_927_instances_are_due_by_13_april() -> None:
    due, _, _ = completion(E)
    assert due == {group: 9 * units for group, units in sizes().items()}
    assert due.total() == 927


@pytest.mark.parametrize(("known_on", "expected", "total"), [(E, DONE_AT_13, 853), (LATER, DONE_AT_27, 892)])
def test_completion_is_that_of_the_table(known_on: date, expected: dict[str, int], total: int) -> None:
    _, done, _ = completion(known_on)
    assert done == expected
    assert done.total() == total


def test_on_time_counts_are_those_of_the_table() -> None:
    due, _, on_time = completion(LATER)
    assert on_time == ON_TIME_AT_27
    shares = [100 * on_time[group] / due[group] for group in due]
    assert max(shares) - min(shares) == pytest.approx(38.0, abs=0.06)
    assert round(pstdev(shares), 1) == 14.5


def test_the_chart_of_13_april_accuses_the_late_group_beside_the_weak_one() -> None:
    due, done, _ = completion(E)
    assert flagged(done, due) == {"C1", "C2"}


def test_two_weeks_later_the_chart_flags_the_really_weak_groups_only() -> None:
    due, done, on_time = completion(LATER)
    assert flagged(done, due) == flagged(on_time, due) == {"C1", "T3"}


def test_t3_and_t4_look_alike_on_13_april_and_part_afterwards() -> None:
    due, done, _ = completion(E)
    assert (done["T3"], due["T3"]) == (done["T4"], due["T4"]) == (30, 36)
    _, later, _ = completion(LATER)
    assert (later["T3"], later["T4"]) == (30, 36)


def test_visits_and_talks_are_those_of_the_table() -> None:
    visits = opening_visits(LATER)
    assert Counter(str(row["group_id"]) for row in visits) == VISITS
    talks = Counter[str]()
    for row in visits:
        talks[str(row["group_id"])] += row["interview_count"]
    assert talks == TALKS
    assert len(visits) == 279


def test_264_of_279_visits_are_known_on_13_april() -> None:
    assert len(opening_visits(E)) == 264


def test_weekly_coverage_is_that_of_the_table() -> None:
    weeks = {(row["group_id"], row["unit_id"], (row["visited_on"] - LAUNCH).days // 7) for row in opening_visits(LATER)}
    assert Counter(str(group) for group, _, _ in weeks) == COVERED


def test_c3_falls_silent_after_three_weeks() -> None:
    weeks = Counter((row["visited_on"] - LAUNCH).days // 7 for row in opening_visits(LATER) if row["group_id"] == "C3")
    assert [weeks[week] for week in range(5)] == [6, 5, 3, 0, 0]


@pytest.mark.parametrize("group_id", GAPS)
def test_gaps_between_visits_are_those_of_the_table(group_id: str) -> None:
    assert gaps(group_id) == GAPS[group_id]


def gaps(group_id: str) -> tuple[float, int]:
    longest = []
    for unit in (unit for unit, group in owner().items() if group == group_id):
        days = [LAUNCH, *sorted(r["visited_on"] for r in opening_visits(LATER) if r["unit_id"] == unit), E]
        longest.append(max((later - earlier).days for earlier, later in pairwise(days)))
    return median(longest), max(longest)


def filings(known_on: date) -> tuple[Counter[str], int, int, dict[str, list[int]]]:
    """On time by group, late, unfiled, and the lags in days, of the weekly reports due by 13 April."""
    accepted: dict[object, datetime] = {}
    for row in sorted(rows("report_filings", known_on), key=lambda row: row["filed_at"]):
        if row["accepted_at"] and not row["returned"]:
            accepted.setdefault(row["report_due_id"], row["filed_at"])
    on_time, late, unfiled, lags = Counter[str](), 0, 0, {}
    for row in rows("report_schedule", known_on):
        due = row["due_at"]
        if due.date() > E:
            continue
        group, filed = str(row["reporter_id"]), accepted.get(row["report_due_id"])
        on_time[group] += filed is not None and filed <= due
        late += filed is not None and filed > due
        unfiled += filed is None
        lags.setdefault(group, []).append(((filed.date() if filed else E) - due.date()).days)
    return on_time, late, unfiled, lags


def test_of_50_weekly_reports_38_are_on_time_10_late_and_2_unfiled() -> None:
    on_time, late, unfiled, _ = filings(E)
    assert (on_time.total(), late, unfiled) == (38, 10, 2)
    assert on_time == Counter(REPORTS_ON_TIME)


@pytest.mark.parametrize("known_on", [E, LATER])
def test_the_two_late_groups_are_about_a_week_late(known_on: date) -> None:
    _, _, _, lags = filings(known_on)
    assert (median(lags["C2"]), median(lags["T4"])) == (6, 5)


def test_reports_are_due_on_fridays_at_18_or_on_the_next_working_day() -> None:
    weekly = [row["due_at"] for row in rows("report_schedule", E) if row["report_kind"] == "weekly"]
    assert {due.hour for due in weekly} == {18}
    assert {due.date() for due in weekly if due.weekday() != 4} == {date(2014, 5, 4)}
    assert len(weekly) == 290


def test_facts_of_the_late_groups_take_a_week_and_a_half() -> None:
    days: dict[str, list[int]] = {}
    for table, column in FACTS.items():
        for row in rows(table, LATER):
            if row[column] and row[column] <= E:
                group = owner()[row["unit_id"]]
                days.setdefault(group, []).append((row["reported_at"].date() - row[column]).days)
    everything = [day for found in days.values() for day in found]
    assert (median(days["C2"]), median(days["T4"]), median(everything)) == (11, 9, 2)


def test_six_of_610_judged_pairs_are_out_of_order_in_six_units() -> None:
    opening = {"A01", "A02", "A03", "A04", "A05", "A06", "A11", "A12", "A13"}
    done = {(r["unit_id"], r["action_code"]): r["done_on"] for r in rows("action_records", E) if r["done_on"]}
    pairs = [
        (unit, row["before_code"], row["after_code"])
        for row in rows("action_precedence", E)
        if row["after_code"] in opening
        for unit in owner()
        if (unit, row["after_code"]) in done
    ]
    broken = [unit for unit, a, b in pairs if done.get((unit, a), date.max) > done[unit, b]]
    assert (len(pairs), len(broken), len(set(broken))) == (610, 6, 6)
    assert Counter(owner()[unit] for unit in broken) == {"C1": 3, "C3": 2, "T3": 1}


def first_records(known_on: date) -> list[dict[str, object]]:
    return [row for row in rows("action_records", known_on) if row["instance_no"] == 1]


def test_the_weak_group_gets_better_after_the_look_back_of_may() -> None:
    newest = date(2014, 9, 28)
    shares = []
    for first, last in ((date(2014, 4, 14), date(2014, 5, 31)), (date(2014, 7, 1), newest)):
        due = {
            (r["unit_id"], r["action_code"]): r["due_on"]
            for r in rows("action_due", newest)
            if r["due_on"] and first <= r["due_on"] <= last and owner()[r["unit_id"]] == "C1" and not r["waived"]
        }
        done = {
            (r["unit_id"], r["action_code"]): r["done_on"]
            for r in rows("action_records", newest)
            if r["instance_no"] == 1
        }
        shares.append(sum((done.get(key) or date.max) <= day for key, day in due.items()) / len(due))
    assert shares[1] > shares[0] + 0.2


def test_the_late_groups_report_on_time_from_august() -> None:
    for group in ("C2", "T4"):
        days = [
            (row["reported_at"].date() - row["visited_on"]).days
            for row in rows("visits", date(2014, 9, 28))
            if row["group_id"] == group
            and row["visited_on"] >= date(2014, 8, 1)
            and row["visited_on"] < date(2014, 9, 14)
        ]
        assert median(days) <= 5


def test_the_newest_week_is_not_fully_known() -> None:
    newest = date(2014, 9, 28)
    last = Counter(
        str(row["group_id"])
        for row in rows("visits", newest)
        if row["mode"] == "on_site" and row["visited_on"] > newest - timedelta(days=7)
    )
    assert last["C3"] == 0
    assert 0 < last["C2"] < 8
