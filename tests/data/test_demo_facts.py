"""What is said of the county must be found in its files (domain.md 6.2), counted in plain Python."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from data.demo import KNOWN_ON
from data.demo.world import known

MEETING = date(2014, 4, 13)
NEWEST = KNOWN_ON[-1]


def rows(table: str, known_on: date) -> list[dict[str, object]]:
    return known(table, known_on).to_dicts()


def groups_of_units() -> dict[object, object]:
    return {row["unit_id"]: row["group_id"] for row in rows("unit_assignments", MEETING)}


def test_there_are_29_sundays_from_16_march_to_28_september() -> None:
    assert len(KNOWN_ON) == 29
    assert (KNOWN_ON[0], KNOWN_ON[-1]) == (date(2014, 3, 16), date(2014, 9, 28))
    assert {day.weekday() for day in KNOWN_ON} == {6}


def test_ten_groups_start_on_10_march() -> None:
    kinds = Counter(row["group_kind"] for row in rows("supervision_groups", MEETING))
    assert kinds == {"township": 4, "county_department": 6}
    (campaign,) = rows("campaign", MEETING)
    assert campaign["launched_on"] == date(2014, 3, 10)
    assert campaign["campaign_id"] == "demo"
    assert "虚构演示数据" in str(campaign["name_zh"])
    assert "synthetic" in str(campaign["name_en"])


@pytest.mark.parametrize("known_on", [KNOWN_ON[0], MEETING, NEWEST])
def test_103_units_are_shared_by_the_groups_as_the_seed_allows(known_on: date) -> None:
    sizes = Counter(row["group_id"] for row in rows("unit_assignments", known_on))
    assert sizes == {"T1": 5, "T2": 4, "T3": 4, "T4": 4, **dict.fromkeys(("C1", "C2", "C3", "C4", "C5"), 13), "C6": 21}
    assert len(rows("units", known_on)) == sum(sizes.values()) == 103


def test_the_unit_types_are_those_of_the_choice() -> None:
    types = Counter(row["unit_type"] for row in rows("units", MEETING))
    assert types == {"subdistrict": 2, "township": 15, "county_department": 78, "non_public_enterprise": 8}


def test_the_eight_enterprises_belong_to_c6() -> None:
    owner = groups_of_units()
    enterprises = [row for row in rows("units", MEETING) if row["unit_type"] == "non_public_enterprise"]
    assert Counter(owner[row["unit_id"]] for row in enterprises) == {"C6": 8}
    covering = [row["group_id"] for row in rows("supervision_groups", MEETING) if row["covers_non_public"]]
    assert covering == ["C6"]


def test_names_of_units_are_unique_in_both_languages() -> None:
    units = rows("units", MEETING)
    assert len({row["name_zh"] for row in units}) == len({row["name_en"] for row in units}) == 103


def test_all_103_units_held_the_mobilisation_meeting_by_25_march() -> None:
    days = [row["done_on"] for row in rows("action_records", MEETING) if row["action_code"] == "A05"]
    counts = Counter(days)
    assert len(days) == 103
    assert min(counts) == date(2014, 3, 17)
    assert max(counts) == date(2014, 3, 25)
    assert counts[date(2014, 3, 25)] == 17


def test_the_meetings_become_known_week_by_week() -> None:
    growth = [
        sum(row["action_code"] == "A05" and row["done_on"] is not None for row in rows("action_records", day))
        for day in KNOWN_ON[:4]
    ]
    assert growth == [0, 37, 91, 103]


def test_the_12_meetings_missing_on_30_march_are_late_not_undone() -> None:
    owner = groups_of_units()
    told = {row["unit_id"] for row in rows("action_records", date(2014, 3, 30)) if row["action_code"] == "A05"}
    assert Counter(owner[unit] for unit in owner if unit not in told) == {"C2": 10, "T4": 2}


def test_the_plan_of_c5_has_109_items_in_three_aspects() -> None:
    items = [row for row in rows("group_plan_items", MEETING) if row["group_id"] == "C5"]
    assert Counter(row["aspect_no"] for row in items) == {1: 38, 2: 41, 3: 30}
    assert len(items) == 109


def test_t2_plans_first_after_the_training() -> None:
    trained = {row["trained_on"] for row in rows("supervision_groups", MEETING)}
    plans = sorted((row["adopted_on"], row["group_id"]) for row in rows("group_plans", MEETING))
    assert plans[0][1] == "T2"
    assert max(trained) < plans[0][0] < plans[1][0]
    assert len(plans) == 10


def test_there_are_six_special_topics() -> None:
    codes = {row["action_code"] for row in rows("action_catalogue", MEETING)}
    assert {f"A1{number}" for number in range(1, 7)} <= codes
    assert "A18" not in codes


@pytest.mark.parametrize("group_id", ["T1", "T4", "C2", "C4"])
@pytest.mark.parametrize("code", ["A03", "A04", "A06"])
@pytest.mark.parametrize("known_on", [MEETING, NEWEST])
def test_the_groups_praised_for_their_checks_left_nothing_out(group_id: str, code: str, known_on: date) -> None:
    units = {unit for unit, owner in groups_of_units().items() if owner == group_id}
    records = [r for r in rows("action_records", known_on) if r["unit_id"] in units and r["action_code"] == code]
    checks = [r for r in rows("action_content_checks", known_on) if r["unit_id"] in units and r["action_code"] == code]
    reviews = [r for r in rows("action_reviews", known_on) if r["unit_id"] in units and r["action_code"] == code]
    assert {r["unit_id"] for r in records if r["status"] == "done"} == units
    assert {r["state"] for r in checks} == {"present"}
    assert {r["unit_id"] for r in checks} == units
    assert all(r["returned_n"] == 0 and r["review_status"] != "returned" for r in records)
    assert {r["verdict"] for r in reviews} <= {"approved"}


@pytest.mark.parametrize("known_on", [MEETING, date(2014, 4, 27), NEWEST])
def test_all_ten_groups_used_the_qingming_days(known_on: date) -> None:
    owner = groups_of_units()
    held = [
        row
        for row in rows("action_records", known_on)
        if row["action_code"] == "B01" and date(2014, 4, 1) <= row["done_on"] <= date(2014, 4, 7)
    ]
    assert len({owner[row["unit_id"]] for row in held}) == 10
    assert len(held) == 17


@pytest.mark.parametrize("known_on", [MEETING, NEWEST])
def test_every_group_talked_with_people_in_visits_and_outside(known_on: date) -> None:
    for table in ("visits", "interview_sessions"):
        talks: Counter[object] = Counter()
        for row in rows(table, known_on):
            talks[row["group_id"]] += row["interview_count"]
        assert sum(count > 0 for count in talks.values()) == 10, table
