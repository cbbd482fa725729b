"""What the demonstration county must show of the work itself: its order, its content and its quality."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from queries import Selection, Source, open_source, rows, run

MEETING = date(2014, 4, 13)
THEN = Selection(events_until=MEETING)
PRAISED = Selection(events_until=MEETING, groups=("T1", "T4", "C2", "C4"))


@pytest.fixture(scope="module", params=[MEETING, date(2014, 4, 27)], ids=str)
def source(demo_data: Path, request: pytest.FixtureRequest) -> Source:
    return open_source(demo_data, known_on=request.param)


@pytest.fixture(scope="module")
def at_the_end(demo_data: Path) -> Source:
    return open_source(demo_data)


def by_group(name: str, source: Source, selection: Selection = THEN) -> dict[str, float]:
    return dict(run(name, source, selection, ["group"]).select("group_id", "value").iter_rows())


def test_six_units_of_three_groups_broke_the_order_at_either_date(source: Source) -> None:
    total = run("order_conformance", source, THEN)
    assert total.select("numerator", "denominator", "n_missing").row(0) == (604, 610, 0)
    violated = rows("order_conformance", source, THEN).filter(pl.col("order_verdict") == "violated")
    assert dict(violated["group_id"].value_counts().iter_rows()) == {"C1": 3, "C3": 2, "T3": 1}
    assert violated["unit_id"].n_unique() == 6
    units = run("order_conforming_units", source, THEN)
    assert units.select("numerator", "denominator").row(0) == (97, 103)


def test_no_group_is_accused_before_its_reports_are_in(demo_data: Path) -> None:
    early = open_source(demo_data, known_on=date(2014, 3, 23))
    found = rows("order_conformance", early, Selection())["order_verdict"].value_counts()
    counts = dict(found.iter_rows())
    assert "violated" not in counts
    assert counts["unclear"] == 7


def test_the_plans_of_the_praised_groups_are_whole_and_none_was_returned(source: Source) -> None:
    for name, wanted in (("content_coverage", 1.0), ("review_share", 1.0), ("quality_returned_share", 0.0)):
        values = run(name, source, PRAISED, ["group", "action"])
        strict = values.filter(pl.col("action_code").is_in(["A03", "A04", "A06"]))
        assert set(strict["value"]) == {wanted}, name
    plans = run("content_coverage", source, THEN, ["group", "action"]).filter(pl.col("action_code") == "A03")
    assert dict(plans.select("group_id", "value").iter_rows())["C1"] == pytest.approx(0.7, abs=0.01)


def test_a_group_that_marks_itself_high_is_found_by_the_spot_checks(source: Source) -> None:
    assert by_group("quality_score", source)["C1"] == 84.0
    gaps = {group: gap for group, gap in by_group("quality_score_gap", source).items() if gap is not None}
    assert gaps.pop("C1") == pytest.approx(16, abs=1)
    assert max(map(abs, gaps.values())) < 4


def test_content_stays_as_well_covered_as_it_was_when_actions_are_repeated(at_the_end: Source) -> None:
    shares = by_group("content_coverage", at_the_end, Selection())
    assert {group for group, share in shares.items() if share < 0.95} == {"C1", "T3"}
    assert min(by_group("content_checked_share", at_the_end, Selection()).values()) > 0.95
