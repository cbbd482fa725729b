"""Content checks, reviews, problems, matters, inspections and marks of the county (domain.md 6.3), in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from statistics import mean

import pytest

from data.demo import KNOWN_ON
from data.demo.world import known

MEETING, NEWEST = date(2014, 4, 13), KNOWN_ON[-1]
GROUPS = ("T1", "T2", "T3", "T4", "C1", "C2", "C3", "C4", "C5", "C6")


@cache
def rows(table: str, known_on: date = NEWEST) -> list[dict[str, object]]:
    return known(table, known_on).to_dicts()


@cache
def owner() -> dict[object, str]:
    return {row["unit_id"]: str(row["group_id"]) for row in rows("unit_assignments")}


def test_the_plans_of_c1_hold_seven_tenths_of_what_they_should() -> None:
    states: dict[str, list[object]] = defaultdict(list)
    for row in rows("action_content_checks", MEETING):
        if row["action_code"] == "A03":
            states[owner()[row["unit_id"]]].append(row["state"])
    shares = {group: found.count("present") / len(found) for group, found in states.items()}
    assert shares.pop("C1") == pytest.approx(0.70, abs=0.01)
    assert shares.pop("T3") >= 0.9
    assert min(shares.values()) >= 0.95


def test_few_parts_are_left_unchecked() -> None:
    states = Counter(row["state"] for row in rows("action_content_checks"))
    assert states["not_checked"] / states.total() < 0.05
    assert states["absent"] > 0


def test_only_c1_marks_its_own_work_far_above_the_spot_check() -> None:
    pairs: dict[object, dict[object, float]] = defaultdict(dict)
    for row in rows("action_reviews"):
        pairs[row["unit_id"], row["action_code"]][row["reviewer_side"]] = row["score"]
    differences = defaultdict(list)
    for (unit, _), marks in pairs.items():
        if len(marks) == 2:
            differences[owner()[unit]].append(marks["group"] - marks["office_spot_check"])
    gap = {group: mean(found) for group, found in differences.items()}
    assert gap.keys() == set(GROUPS)
    assert gap.pop("C1") == pytest.approx(16, abs=1)
    assert max(map(abs, gap.values())) <= 3.5


def test_c1_gives_itself_84_points() -> None:
    own = [
        r["score"] for r in rows("action_reviews") if owner()[r["unit_id"]] == "C1" and r["reviewer_side"] == "group"
    ]
    assert mean(own) == pytest.approx(84, abs=0.5)
    assert len(set(own)) > 5


def test_every_unit_has_two_to_four_problems_beside_those_that_came_back() -> None:
    first = Counter(row["unit_id"] for row in rows("problems") if row["recurs_of"] is None)
    assert len(first) == 103
    assert set(first.values()) == {2, 3, 4}
    share = sum(row["recurs_of"] is not None for row in rows("problems")) / len(rows("problems"))
    assert share == pytest.approx(0.06, abs=0.01)


def test_problems_come_back_in_the_same_unit_within_90_days_of_their_closing() -> None:
    found = {row["problem_id"]: row for row in rows("problems")}
    closed = {
        r["problem_id"]: r["happened_on"] for r in rows("rectification_events") if r["event_type"] == "verified_closed"
    }
    for row in rows("problems"):
        if row["recurs_of"]:
            assert found[row["recurs_of"]]["unit_id"] == row["unit_id"]
            assert timedelta(0) < row["found_on"] - closed[row["recurs_of"]] <= timedelta(days=90)


def test_the_events_of_a_problem_follow_its_life() -> None:
    lives = defaultdict(list)
    for row in rows("rectification_events"):
        lives[row["problem_id"]].append(row)
    assert lives.keys() == {row["problem_id"] for row in rows("problems")}
    for life in lives.values():
        kinds = [row["event_type"] for row in life]
        assert kinds[0] == "listed"
        assert all(a["happened_on"] <= b["happened_on"] for a, b in pairwise(life))
        assert all(kinds[place - 1] == "claimed_done" for place, kind in enumerate(kinds) if kind == "verified_closed")
        assert all(row["verified_by"] for row in life if row["event_type"] == "verified_closed")
    waiting = sum(life[-1]["event_type"] == "claimed_done" for life in lives.values())
    assert 8 <= waiting <= 14


def lives_of_matters() -> dict[object, list[dict[str, object]]]:
    lives = defaultdict(list)
    for row in rows("matter_events"):
        lives[row["matter_id"]].append(row)
    return lives


def test_24_matters_go_through_four_levels_in_order() -> None:
    matters = {row["matter_id"]: row for row in rows("matters")}
    lives = lives_of_matters()
    assert len(matters) == 24
    assert lives.keys() == matters.keys()
    assert {row["to_level"] for life in lives.values() for row in life} == {None, 0, 1, 2, 3}
    for matter_id, life in lives.items():
        matter = matters[matter_id]
        assert matter["decided_on"] <= matter["registered_on"] <= matter["due_on_original"] <= matter["due_on"]
        assert (matter["status"] == "closed") == (matter["closed_on"] is not None)
        assert all(a["happened_on"] <= b["happened_on"] for a, b in pairwise(life))
        moves = [row for row in life if row["to_level"] is not None]
        steps = [(b["to_level"] - a["to_level"], b["event_type"]) for a, b in pairwise(moves)]
        assert all(step in (0, 1) or (step < 0 and kind == "returned") for step, kind in steps)


def test_a_red_slip_follows_an_amber_one_unless_the_matter_is_urgent() -> None:
    urgent = {row["matter_id"] for row in rows("matters") if row["urgency"] == "urgent"}
    for matter_id, life in lives_of_matters().items():
        colours = [row["slip_colour"] for row in life if row["slip_colour"]]
        assert matter_id in urgent or "red" not in colours or "amber" in colours[: colours.index("red")]


def test_extensions_are_asked_in_time_and_granted_after() -> None:
    matters = {row["matter_id"]: row for row in rows("matters")}
    asked = {r["matter_id"]: r["happened_on"] for r in rows("matter_events") if r["event_type"] == "extension_asked"}
    granted = {
        r["matter_id"]: r["happened_on"] for r in rows("matter_events") if r["event_type"] == "extension_granted"
    }
    assert len(granted) >= 4
    for matter_id, day in granted.items():
        assert asked[matter_id] <= matters[matter_id]["due_on_original"]
        assert asked[matter_id] <= day
        assert matters[matter_id]["due_on"] > matters[matter_id]["due_on_original"]
        assert matters[matter_id]["extensions_n"] == 1


@pytest.mark.parametrize("until", [MEETING, date(2014, 6, 29), NEWEST])
def test_the_county_level_is_the_bottleneck(until: date) -> None:
    stall: Counter[int] = Counter()
    for life in lives_of_matters().values():
        moves = [row for row in life if row["to_level"] is not None and row["happened_on"] <= until]
        ended = min([r["happened_on"] for r in life if r["event_type"] == "claimed_done"] + [until])
        days = [row["happened_on"] for row in moves] + [ended]
        for row, (start, end) in zip(moves, pairwise(days), strict=True):
            stall[row["to_level"]] += max(0, (end - start).days - row["allowed_days"])
    assert stall[1] / stall.total() >= 0.6


def test_decisions_drift_mostly_at_the_level_of_the_unit() -> None:
    kept: Counter[int] = Counter()
    restated: Counter[int] = Counter()
    by_place = {(r["matter_id"], r["element_no"], r["level"]): r["state"] for r in rows("matter_elements")}
    for (matter_id, element_no, level), state in by_place.items():
        assert level or state == "kept"
        if level and by_place[matter_id, element_no, level - 1] == "kept":
            restated[level] += 1
            kept[level] += state == "kept"
    drift = {level: 1 - kept[level] / restated[level] for level in (1, 2, 3)}
    assert drift[2] > 2 * max(drift[1], drift[3])


def april() -> list[dict[str, object]]:
    return [row for row in rows("inspections") if row["planned_from"].month == 4]


def test_40_inspections_of_april_by_five_bodies_overlap_nine_times() -> None:
    live = [row for row in rows("inspections") if row["plan_status"] != "merged"]
    near = timedelta(days=7)
    overlapping = [
        row
        for row in april()
        if row["plan_status"] != "merged"
        and any(
            other["unit_id"] == row["unit_id"]
            and other["body_id"] != row["body_id"]
            and row["planned_from"] <= other["planned_to"] + near
            and other["planned_from"] <= row["planned_to"] + near
            for other in live
        )
    ]
    assert len(april()) == 40
    assert len({row["body_id"] for row in april()}) == 5
    assert len(overlapping) == 9


def test_four_inspections_of_april_were_merged_into_one_that_was_held() -> None:
    status = {row["inspection_id"]: row["plan_status"] for row in rows("inspections")}
    merged = [row["merged_into"] for row in april() if row["plan_status"] == "merged"]
    assert len(merged) == 4
    assert {status[host] for host in merged} == {"held"}
    assert all((row["merged_into"] is not None) == (row["plan_status"] == "merged") for row in rows("inspections"))
    decided = {r["inspection_id"] for r in rows("joint_conference_items") if r["decision"] == "merge"}
    assert decided == {row["inspection_id"] for row in april() if row["plan_status"] == "merged"}


def test_due_days_have_a_few_extensions_and_waivers() -> None:
    extended = [row for row in rows("action_due") if row["extension_granted_on"]]
    waived = [row for row in rows("action_due") if row["waived"]]
    assert 5 <= len(extended) <= 10
    assert all(r["extension_granted_on"] <= r["due_on_original"] < r["due_on"] for r in extended)
    assert 5 <= len(waived) <= 10
    assert all((row["waive_reason"] is not None) == row["waived"] for row in rows("action_due"))


@pytest.mark.parametrize("known_on", [KNOWN_ON[2], MEETING, date(2014, 7, 13), NEWEST])
def test_coursework_marks_are_the_sum_of_their_events(known_on: date) -> None:
    rules = {row["rule_code"]: row for row in rows("appraisal_rules")}
    own = {row["body_id"]: row["unit_id"] for row in rows("bodies", known_on)}
    supports = {
        (own[row["body_id"]], "matters", row["matter_id"])
        for row in rows("matter_bodies", known_on)
        if row["role"] == "support"
    }
    largest: dict[tuple[object, ...], dict[str, object]] = {}
    for row in sorted(rows("appraisal_events", known_on), key=lambda row: str(row["event_id"])):
        evidence = row["unit_id"], row["evidence_table"], row["evidence_key"]
        if row["appealed"] == "upheld":
            continue
        value = rules[row["rule_code"]]["points"] * (0.5 if evidence in supports else 1)
        if evidence not in largest or abs(value) > abs(largest[evidence]["value"]):
            largest[evidence] = row | {"value": value}
    points: dict[tuple[object, str], Counter[object]] = defaultdict(Counter)
    for row in largest.values():
        day = row["occurred_on"]
        points[row["unit_id"], f"{day.year}Q{(day.month + 2) // 3}"][row["rule_code"]] += row["value"]
    scores = {(row["unit_id"], row["period_id"]): row for row in rows("appraisal_scores", known_on)}
    assert points.keys() <= scores.keys()
    for place, score in scores.items():
        mark = score["base"]
        for code, total in points[place].items():
            cap = rules[code]["cap"]
            mark += total if cap is None else min(total, cap) if cap > 0 else max(total, cap)
        assert score["coursework_mark"] == pytest.approx(min(100, max(0, mark))), place


@pytest.mark.parametrize("known_on", [MEETING, NEWEST])
def test_every_point_stands_on_a_row(known_on: date) -> None:
    keys = {
        "matters": ("matter_id",),
        "matter_events": ("matter_id", "event_no"),
        "rectification_events": ("problem_id", "event_no"),
        "bulletins": ("issue_no",),
        "action_records": ("unit_id", "action_code", "instance_no"),
        "action_reviews": ("review_id",),
    }
    there = {
        (table, "|".join(str(row[name]) for name in names))
        for table, names in keys.items()
        for row in rows(table, known_on)
    }
    assert {(row["evidence_table"], row["evidence_key"]) for row in rows("appraisal_events", known_on)} <= there


@pytest.mark.parametrize(("known_on", "closed"), [(MEETING, {"2014Q1"}), (NEWEST, {"2014Q1", "2014Q2"})])
def test_closed_terms_have_exam_marks_and_the_current_one_has_none(known_on: date, closed: set[str]) -> None:
    scores = rows("appraisal_scores", known_on)
    assert {row["period_id"] for row in scores if row["exam_mark"] is not None} == closed
    for row in scores:
        if row["exam_mark"] is not None:
            combined = (
                row["coursework_weight"] * row["coursework_mark"] + (1 - row["coursework_weight"]) * row["exam_mark"]
            )
            assert row["total_mark"] == pytest.approx(combined, abs=0.01)
        else:
            assert row["total_mark"] is None


def test_five_units_without_a_task_are_not_ranked() -> None:
    scores = [row for row in rows("appraisal_scores") if row["period_id"] == "2014Q3"]
    assert len(scores) == 103
    unranked = {row["unit_id"] for row in scores if not row["rankable"]}
    assert len(unranked) == 5
    assert not unranked & {row["unit_id"] for row in rows("appraisal_events")}


def test_bulletins_of_three_kinds_appear_within_the_campaign() -> None:
    assert {row["kind"] for row in rows("bulletins")} == {"situation", "praise", "criticism"}
    assert all(row["events_until"] <= row["known_on"] < row["issued_on"] for row in rows("bulletins"))
