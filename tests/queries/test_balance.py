"""The balance between groups: its fixtures, its agreement with the control limits, and what may be asked of it."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from queries import Selection, Source, indicator, indicators, open_source, rows, run
from queries.catalog import shares
from queries.exceptions import SelectionError, UnknownNameError
from queries.statistics import control_limits

MEETING = date(2014, 4, 13)
THEN = Selection(events_until=MEETING)


@pytest.fixture(scope="module")
def at_the_meeting(demo_data: Path) -> Source:
    return open_source(demo_data, known_on=MEETING)


@pytest.fixture(scope="module")
def two_weeks_on(demo_data: Path) -> Source:
    return open_source(demo_data, known_on=date(2014, 4, 27))


def below(source: Source, of: str) -> list[str]:
    return rows("group_balance", source, THEN, of).filter(pl.col("flag") == "below")["group_id"].to_list()


def test_range_and_deviation_are_those_of_the_domain(two_weeks_on: Source) -> None:
    balance = run("group_balance", two_weeks_on, THEN).row(0, named=True)
    assert balance["value"] == pytest.approx(100 * (44 / 45 - 70 / 117))
    assert balance["value"] == pytest.approx(38.0, abs=0.06)
    assert balance["sd_pp"] == pytest.approx(14.5, abs=0.05)
    assert (balance["count_groups"], balance["count_below"], balance["count_above"]) == (10, 2, 0)


def test_the_chart_of_the_meeting_flags_a_late_group_and_the_later_one_the_weak(
    at_the_meeting: Source, two_weeks_on: Source
) -> None:
    assert below(at_the_meeting, "completion_rate") == ["C1", "C2"]
    assert below(two_weeks_on, "completion_rate") == ["T3", "C1"]
    assert below(two_weeks_on, "on_time_rate") == ["T3", "C1"]
    assert run("group_balance", at_the_meeting, THEN)["maturity"].to_list() == ["immature"]
    assert run("group_balance", two_weeks_on, THEN)["maturity"].to_list() == ["mature"]


@pytest.mark.parametrize("of", shares())
def test_flags_and_limits_are_those_of_the_control_limits(at_the_meeting: Source, of: str) -> None:
    asked = run(of, at_the_meeting, THEN, ["group"]).filter(pl.col("group_id").is_not_null())
    limits = control_limits(asked).with_columns(pl.col("flag").replace({"low": "within", "high": "within"}))
    compared = rows("group_balance", at_the_meeting, THEN, of)
    assert compared["group_id"].to_list() == limits["group_id"].to_list()
    for ours, theirs in (("numerator", "numerator"), ("denominator", "denominator"), ("n_missing", "n_missing")):
        assert compared[ours].to_list() == limits[theirs].to_list()
    for ours, theirs in (("rate", "value"), ("low", "action_low"), ("high", "action_high")):
        assert compared[ours].to_list() == [pytest.approx(limit) for limit in limits[theirs]]
    assert compared["flag"].to_list() == limits["flag"].to_list()
    balance = run("group_balance", at_the_meeting, THEN, of=of).row(0, named=True)
    assert balance["count_below"] == (limits["flag"] == "below").sum()
    assert balance["count_above"] == (limits["flag"] == "above").sum()


def test_only_a_share_is_compared(at_the_meeting: Source) -> None:
    others = [name for name in indicators() if name not in shares()]
    assert {"visits_per_unit", "report_lag", "group_balance"} <= set(others)
    for name in others:
        with pytest.raises(SelectionError, match=f"compares shares, and {name} is none .* choose one of completion_"):
            run("group_balance", at_the_meeting, THEN, of=name)
    with pytest.raises(UnknownNameError, match="Did you mean 'completion_rate'"):
        rows("group_balance", at_the_meeting, THEN, of="completion_rat")


def test_another_indicator_is_not_taken_of_one(at_the_meeting: Source) -> None:
    with pytest.raises(UnknownNameError, match="group_balance is: leave out 'completion_rate'"):
        run("on_time_rate", at_the_meeting, THEN, of="completion_rate")


@pytest.mark.parametrize("by", ["group", "unit"])
def test_there_is_no_balance_of_one_group_or_unit(at_the_meeting: Source, by: str) -> None:
    with pytest.raises(SelectionError, match=f"no answer by {by}: ask by unit_type or week"):
        run("group_balance", at_the_meeting, THEN, [by])


def test_its_definition_names_the_share_and_reads_its_sql() -> None:
    assert indicator("group_balance").over == "on_time_rate"
    defined = indicator("group_balance", of="report_timeliness")
    assert (defined.over, defined.counted) == ("report_timeliness", "once")
    assert "from report_covers" in defined.sql
