"""What the calendar of inspections of the demonstration county must show of its April."""

from datetime import date
from pathlib import Path

import pytest

from queries import Selection, Source, open_source, rows, run

APRIL = Selection(events_until=date(2014, 4, 30), period=(4, 8))
"""The weeks of 31 March to 30 April; no inspection begins on 31 March."""


@pytest.fixture(scope="module")
def county(demo_data: Path) -> Source:
    return open_source(demo_data)


def test_april_has_40_inspections_of_which_4_merged_and_9_overlap(county: Source) -> None:
    merged = run("inspections_merged_share", county, APRIL)
    assert merged.select("numerator", "denominator").row(0) == (4, 40)
    overlap = run("inspection_overlap", county, APRIL)
    assert overlap.select("numerator", "denominator").row(0) == (9, 36)


def test_five_bodies_share_the_calendar_and_each_overlap_names_its_other(county: Source) -> None:
    assert run("inspection_overlap", county, APRIL, ["body"]).height == 5
    overlapping = rows("inspection_overlap", county, APRIL).filter(numerator=1)
    assert overlapping["count_others"].to_list() == [1, 1, 1, 1, 1, 1, 2, 2, 2]
    assert overlapping["other_inspection_id"].null_count() == 0
    assert (overlapping["body_name_en"] != overlapping["other_body_name_en"]).all()


def test_april_costs_a_unit_two_thirds_of_a_day_a_month(county: Source) -> None:
    burden = run("inspection_burden", county, Selection(events_until=date(2014, 4, 27), period=(4, 7)))
    assert burden.select("numerator", "denominator").row(0) == (70.0, 103.0)
