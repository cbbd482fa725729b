"""Supervision effort on the demonstration county: the second weakness of the domain, and the trap beside it."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from queries import Selection, Source, indicators, open_source, run

MEETING = Selection(events_until=date(2014, 4, 13))


@pytest.fixture(scope="module")
def source(demo_data: Path) -> Source:
    """As known two weeks after the meeting, when the late reports are in."""
    return open_source(demo_data, known_on=date(2014, 4, 27))


def by_group(name: str, source: Source, *columns: str) -> dict[str, tuple[float, ...]]:
    figures = run(name, source, MEETING, ["group"])
    return {row["group_id"]: tuple(row[column] for column in columns) for row in figures.to_dicts()}


def test_the_longest_gaps_are_those_of_the_domain(source: Source) -> None:
    assert by_group("longest_gap", source, "value", "longest") == {
        **dict.fromkeys(("T1", "T2", "T4"), (8.0, 8.0)),
        "T3": (21.0, 25.0),
        "C1": (24.0, 32.0),
        **dict.fromkeys(("C2", "C4", "C5"), (20.0, 24.0)),
        "C3": (26.0, 34.0),
        "C6": (18.0, 24.0),
    }


def test_interviews_per_visit_are_those_of_the_domain(source: Source) -> None:
    depth = by_group("visit_depth", source, "numerator", "denominator", "value")
    assert depth["C3"] == (6, 14, pytest.approx(0.43, abs=0.005))
    assert (depth["T3"][2], depth["C1"][2]) == (1.0, 1.0)
    assert {depth[group][2] for group in ("T1", "T2", "T4", "C2", "C4", "C5", "C6")} == {2.0}


def test_a_group_that_stopped_visiting_has_no_persistence_though_its_units_complete_their_actions(
    source: Source,
) -> None:
    assert by_group("visit_persistence", source, "numerator", "denominator", "value")["C3"] == (0, 11, 0.0)
    assert by_group("completion_rate", source, "value")["C3"][0] > 0.95
    others = by_group("visit_persistence", source, "value")
    assert all(others[group][0] > 0.9 for group in ("T1", "T2", "T4", "C2", "C4", "C5", "C6"))


def test_late_reports_look_like_flagging_effort_and_are_marked(demo_data: Path) -> None:
    then = run("visit_persistence", open_source(demo_data, known_on=date(2014, 4, 13)), Selection(), ["group"])
    late = then.filter(pl.col("group_id").is_in(["C2", "T4"]))
    assert late["value"].to_list() == [0.5, 0.375]
    assert set(late["maturity"]) == {"immature"}


def test_the_fifth_county_groups_plan_has_109_items_in_three_aspects(source: Source) -> None:
    items = run("plan_progress", source, Selection(groups=("C5",)), ["aspect"])
    assert items["denominator"].sum() == 109
    assert items.height == 3


@pytest.mark.parametrize("name", ["optional_actions", "units_with_optional_share", "optional_carriers"])
def test_the_absence_of_an_optional_action_is_never_a_fault(source: Source, name: str) -> None:
    assert indicators()[name].direction == "none"
    assert set(run("optional_actions", source, Selection(), ["unit"])["n_missing"]) == {0}


def test_all_groups_have_optional_actions_around_qingming(source: Source) -> None:
    week_of_qingming = Selection(period=(4, 5))
    assert run("optional_actions", source, week_of_qingming, ["group"])["numerator"].min() > 0
