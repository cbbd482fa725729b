"""What became of each element by the lowest level: by hand, and against the indicators of drift."""

from datetime import date
from pathlib import Path
from typing import Any

import given
import polars as pl
import pytest

from queries import Selection, open_source, rows, run
from queries.departures import departures

TODAY = date(2014, 4, 13)


def became(
    *levels: tuple[str, float | None], kind: str = "goal", decided: float | None = 100.0
) -> list[dict[str, Any]]:
    """What became of an element with these states and values at the levels 1, 2, …"""
    told = [("kept", decided), *levels]
    elements = [
        {"matter_id": "M1", "element_no": 1, "level": level, "element_kind": kind, "decided_value": decided}
        | {"state": state, "restated_value": value, "recorded_on": date(2014, 3, 20)}
        for level, (state, value) in enumerate(told)
    ]
    matter = {"matter_id": "M1", "lead_body_id": "B", "registered_on": date(2014, 3, 12)}
    tables = {"bodies": [{"body_id": "B", "level": 1}], "matters": [matter], "matter_elements": elements}
    county = given.tables({"T1": {"U1": "township"}}, tables)
    return departures(given.source(county, TODAY), Selection()).to_dicts()


@pytest.mark.parametrize(
    ("levels", "kind", "state", "value", "ratio", "is_weaker", "left_at"),
    [
        ([("kept", 100.0)], "goal", "kept", 100.0, 1.0, False, None),
        ([("kept", 100.0), ("altered", 70.0)], "goal", "altered", 70.0, 0.7, True, 2),
        ([("altered", 130.0)], "goal", "altered", 130.0, 1.3, False, 1),
        ([("altered", 130.0)], "deadline", "altered", 130.0, 1.3, True, 1),
        ([("altered", 70.0)], "deadline", "altered", 70.0, 0.7, False, 1),
        ([("altered", 70.0), ("dropped", None)], "goal", "dropped", None, None, None, 1),
        ([("altered", 70.0), ("not_restated", None)], "goal", "not_restated", 70.0, 0.7, True, 1),
        ([("not_restated", None), ("kept", 100.0)], "goal", "kept", 100.0, 1.0, False, 1),
    ],
)
def test_an_element_is_told_by_its_lowest_level(
    levels: list[tuple[str, float | None]],
    kind: str,
    state: str,
    value: float | None,
    ratio: float | None,
    is_weaker: bool | None,
    left_at: int | None,
) -> None:
    (told,) = became(*levels, kind=kind)
    assert (told["state"], told["restated_value"], told["is_weaker"]) == (state, value, is_weaker)
    assert told["ratio"] == pytest.approx(ratio)
    assert (told["level"], told["left_at"]) == (len(levels), left_at)


def test_a_decided_zero_and_a_decision_without_value_have_no_ratio() -> None:
    assert became(("altered", 5.0), decided=0.0)[0]["ratio"] is None
    assert became(("altered", 5.0), decided=None)[0]["is_weaker"] is None


def test_a_decision_nobody_has_restated_has_not_departed() -> None:
    assert became() == []


def test_the_county_departs_as_its_indicators_say(demo_data: Path) -> None:
    source = open_source(demo_data)
    found = departures(source, Selection())
    lowest = rows("retention_rate", source, Selection()).filter(pl.col("level") > 0)
    assert found.height == lowest.select("matter_id", "element_no").unique().height == 96
    kept = run("retention_rate", source, Selection(), by=["level"]).filter(pl.col("level") == 3)["numerator"].item()
    assert found.filter(pl.col("level") == 3, pl.col("state") == "kept").height == kept == 35
