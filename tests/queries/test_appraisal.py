"""Marks against those the office published, and units ranked with their peers."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import given
import polars as pl
import pytest

from data.schemas import TABLES
from data.snapshots import Snapshot
from queries import Selection, Source, open_source, rows, run
from queries.appraisal import ranks
from queries.exceptions import SelectionError

UNITS = {"D1": "county_department", "D2": "county_department", "D3": "county_department", "D4": "county_department"}
APRIL = date(2014, 4, 13)


@pytest.fixture(scope="module")
def county(demo_data: Path) -> Source:
    return open_source(demo_data)


def of_four(marks: Mapping[str, tuple[float, float | None]], **columns: Any) -> Source:
    """Four departments in two groups with their coursework and exam marks of the first quarter."""
    groups = {"T1": {"D1": UNITS["D1"], "D2": UNITS["D2"]}, "T2": {"D3": UNITS["D3"], "D4": UNITS["D4"]}}
    scores = [
        {"unit_id": unit, "period_id": "2014Q1", "coursework_mark": coursework, "exam_mark": exam, **columns}
        for unit, (coursework, exam) in marks.items()
    ]
    return given.source(given.tables(groups, {"appraisal_scores": scores}), APRIL)


def ranked(source: Source, weight: float | None = None, **selected: Any) -> list[tuple[str, float | None, int | None]]:
    found = ranks(source, Selection(**selected), weight)
    return found.select("unit_id", "combined_mark", "rank").rows()


@pytest.mark.parametrize(("period_id", "since", "until"), [("2014Q1", (3, 10), (3, 31)), ("2014Q2", (4, 1), (6, 30))])
def test_the_mark_of_a_closed_term_is_the_one_that_was_published(
    demo_data: Path, period_id: str, since: tuple[int, int], until: tuple[int, int]
) -> None:
    newest = Snapshot.newest(demo_data)
    frames = {table: newest.frame(table) for table in TABLES}
    first, last = date(2014, *since), date(2014, *until)
    frames["appraisal_events"] = frames["appraisal_events"].filter(pl.col("occurred_on") >= first)
    source = Source.from_frames(frames, newest.known_on)
    own = rows("coursework_mark", source, Selection(events_until=last)).sort("unit_id")
    published = frames["appraisal_scores"].filter(period_id=period_id).sort("unit_id")
    assert own["unit_id"].to_list() == published["unit_id"].to_list()
    assert own["is_missing"].to_list() == published["rankable"].not_().to_list()
    marked = published.filter("rankable")
    assert own.drop_nulls("coursework_mark")["coursework_mark"].to_list() == marked["coursework_mark"].to_list()


def test_five_units_without_a_task_have_no_mark(county: Source) -> None:
    total = run("coursework_mark", county, Selection())
    assert total.select("denominator", "n_missing").row(0) == (98, 5)


def test_the_combined_marks_are_those_that_were_published(county: Source) -> None:
    published = county.table("appraisal_scores").drop_nulls("total_mark").sort("period_id", "unit_id")
    own = rows("combined_mark", county, Selection()).filter(state="done").sort("period_id", "unit_id")
    assert own.select("period_id", "unit_id").equals(published.select("period_id", "unit_id"))
    assert own["combined_mark"].round(2).to_list() == published["total_mark"].to_list()


def test_equal_marks_share_a_rank_and_the_next_one_is_left_out() -> None:
    marks = {"D1": (80.0, 90.0), "D2": (80.0, 80.0), "D3": (80.0, 80.0), "D4": (70.0, 70.0)}
    assert ranked(of_four(marks)) == [("D1", 87.0, 1), ("D2", 80.0, 2), ("D3", 80.0, 2), ("D4", 70.0, 4)]


def test_marks_are_equal_when_they_are_so_on_paper() -> None:
    assert 0.3 * 50.5 + 0.7 * 71.5 < 0.3 * 54 + 0.7 * 70
    assert ranked(of_four({"D1": (50.5, 71.5), "D2": (54.0, 70.0)})) == [("D1", 65.2, 1), ("D2", 65.2, 1)]


def test_another_weight_changes_the_ranks() -> None:
    source = of_four({"D1": (100.0, 70.0), "D2": (70.0, 100.0)})
    assert ranked(source) == [("D2", 91.0, 1), ("D1", 79.0, 2)]
    assert ranked(source, 0.5) == [("D1", 85.0, 1), ("D2", 85.0, 1)]
    assert ranked(source, 1) == [("D1", 100.0, 1), ("D2", 70.0, 2)]
    assert ranked(source, 0) == [("D2", 100.0, 1), ("D1", 70.0, 2)]


@pytest.mark.parametrize("weight", [-0.1, 1.1])
def test_a_weight_is_a_number_from_0_to_1(weight: float) -> None:
    with pytest.raises(SelectionError, match="from 0 to 1"):
        ranks(of_four({}), Selection(), weight)


def test_who_has_no_combined_mark_is_named_without_a_rank_and_with_the_reason() -> None:
    found = ranks(of_four({"D1": (69.0, None), "D2": (100.0, 90.0)}), Selection(), 0.5)
    told = found.select("unit_id", "coursework_mark", "combined_mark", "rank", "count_ranked", "state").rows()
    assert told == [("D2", 100.0, 95.0, 1, 1, "done"), ("D1", 69.0, None, None, 1, "not_reported")]
    idle = ranks(of_four({"D1": (80.0, 90.0)}, rankable=False), Selection())
    assert idle.select("rank", "state").rows() == [(None, "not_applicable")]


def test_a_rank_is_among_all_peers_whatever_is_selected() -> None:
    source = of_four({"D1": (80.0, 90.0), "D2": (80.0, 70.0), "D3": (80.0, 80.0), "D4": (90.0, 90.0)})
    assert ranked(source, groups=("T1",)) == [("D1", 87.0, 2), ("D2", 73.0, 4)]
    assert ranked(source, unit_types=("county_department",), groups=("T2",)) == [("D4", 90.0, 1), ("D3", 80.0, 3)]


def test_units_are_ranked_within_their_class_in_the_last_term_that_has_ended(county: Source) -> None:
    found = ranks(county, Selection())
    assert found["period_id"].unique().to_list() == ["2014Q2"]
    assert found.group_by("peer_class").agg(pl.col("rank").count()).sort("peer_class").rows() == [
        ("department", 76),
        ("enterprise", 5),
        ("township", 17),
    ]
    assert found.filter(rank=1)["peer_class"].unique().sort().to_list() == ["department", "enterprise", "township"]
    assert ranks(county, Selection(events_until=APRIL))["period_id"].unique().to_list() == ["2014Q1"]


def test_before_a_term_has_ended_nobody_is_ranked(county: Source) -> None:
    assert ranks(county, Selection(events_until=date(2014, 3, 30))).is_empty()
