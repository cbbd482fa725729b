"""Late work and late news told apart: the parts add up to what was due, and each is counted where it belongs."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import given
import polars as pl
import pytest

from queries import Selection, open_source, run, work_and_news
from queries.exceptions import SelectionError

KNOWN_ON = date(2014, 4, 13)
PARTS = ("told", "told_late", "untimed", "late", "not_done", "in_progress", "not_reported", "unclear")
REPORT = {
    "report_due_id": "R1",
    "reporter_id": "T1",
    "period_from": date(2014, 3, 10),
    "period_to": date(2014, 3, 14),
    "due_at": datetime(2014, 3, 14, 18),
}


def told(record: dict[str, Any] | None, until: date = KNOWN_ON) -> str:
    """The part in which one due action with this record is counted."""
    county = given.tables(
        {"T1": {"U1": "township"}},
        {
            "action_catalogue": [{"action_code": "A01"}],
            "action_due": [{"unit_id": "U1", "action_code": "A01", "due_on": date(2014, 3, 20)}],
            "action_records": [{"unit_id": "U1", "action_code": "A01", **record}] if record else [],
            "report_schedule": [REPORT],
        },
    )
    row = work_and_news(given.source(county, KNOWN_ON), Selection(events_until=until)).row(0, named=True)
    (part,) = [name for name in PARTS if row[name]]
    assert row["due"] == 1
    assert row["known"] == (part not in ("not_reported", "unclear"))
    return part


DONE = {"status": "done", "done_on": date(2014, 3, 12)}


@pytest.mark.parametrize(
    ("part", "record"),
    [
        ("told", DONE | {"reported_at": datetime(2014, 3, 14, 18)}),
        ("told_late", DONE | {"reported_at": datetime(2014, 3, 14, 18, 1)}),
        ("untimed", DONE | {"done_on": date(2014, 3, 17)}),
        ("late", DONE | {"done_on": date(2014, 3, 21)}),
        ("not_done", {"status": "not_done_confirmed"}),
        ("in_progress", {"status": "in_progress"}),
        ("not_reported", None),
        ("unclear", DONE | {"is_void": True}),
        ("unclear", {"status": "waived"}),
    ],
)
def test_each_due_action_is_counted_in_one_part(part: str, record: dict[str, Any] | None) -> None:
    assert told(record) == part


def test_what_is_done_after_the_last_counted_day_is_not_done_yet() -> None:
    assert told(DONE | {"done_on": date(2014, 3, 25)}, until=date(2014, 3, 22)) == "in_progress"


@pytest.mark.parametrize("until", [date(2014, 3, 31), date(2014, 4, 13), date(2014, 6, 25)])
def test_the_parts_add_up_to_the_due_actions_of_the_on_time_rate(demo_data: Path, until: date) -> None:
    source = open_source(demo_data)
    for selection in (
        Selection(events_until=until),
        Selection(events_until=until, groups=("T3", "C2"), period=(2, 3)),
        Selection(events_until=until, unit_types=("township",)),
    ):
        found = work_and_news(source, selection)
        rate = run("on_time_rate", source, selection, ["group"]).filter(pl.col("denominator") > 0)
        assert (
            found.select("group_id", due=pl.sum_horizontal(PARTS)).rows()
            == rate.select("group_id", "denominator").rows()
        )
        assert found["due"].to_list() == rate["denominator"].to_list()
        on_time = found.select(pl.sum_horizontal("told", "told_late", "untimed")).to_series()
        assert on_time.to_list() == rate["numerator"].to_list()
        assert found["maturity"].to_list() == rate["maturity"].to_list()


def test_a_selection_without_due_actions_has_no_rows(demo_data: Path) -> None:
    nobody = Selection(groups=("T1",), unit_types=("non_public_enterprise",))
    assert work_and_news(open_source(demo_data), nobody).is_empty()


def test_a_selection_that_does_not_fit_is_refused(demo_data: Path) -> None:
    with pytest.raises(SelectionError):
        work_and_news(open_source(demo_data), Selection(groups=("T9",)))
