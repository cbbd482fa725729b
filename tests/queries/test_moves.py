"""How far a figure moved between two snapshots, and why: told by `run` alone, and by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.snapshots import Snapshot
from queries import Selection, Source, run
from queries.exceptions import SelectionError
from queries.moves import HEADLINE, moves

SELECTIONS = {
    "everything": Selection(),
    "two groups": Selection(groups=("T1", "C3")),
    "a unit type": Selection(unit_types=("township",)),
    "some weeks": Selection(period=(2, 4)),
    "the last weeks": Selection(period=(4, 5)),
    "a week ago": Selection(events_until=date(2014, 4, 6)),
}


@pytest.fixture(scope="module")
def opened(demo_data: Path) -> Callable[[str], Source]:
    """A demonstration snapshot by its day."""
    held: dict[str, Source] = {}

    def source(day: str) -> Source:
        if day not in held:
            held[day] = Source.open(Snapshot.at(demo_data, date.fromisoformat(day)))
        return held[day]

    return source


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_the_three_values_are_those_of_run(opened: Callable[[str], Source], selection: Selection) -> None:
    former, latter = opened("2014-04-06"), opened("2014-04-13")
    found = moves(former, latter, selection)
    until = date(2014, 3, 30) if selection.events_until else former.known_on
    last = (until - former.extent.launched_on).days // 7 + 1
    period = selection.period and (selection.period[0], min(selection.period[1], last))
    earlier = replace(selection, events_until=until, period=period)
    for name in HEADLINE:
        for by in ((), ("group",)):
            mine = found.filter(pl.col("indicator") == name, pl.col("group_id").is_not_null() == bool(by))
            for column, part, source, chosen in (
                ("before", "before", former, earlier),
                ("then_known_now", "then", latter, earlier),
                ("now", "now", latter, selection),
            ):
                expected = run(name, source, chosen, by)
                if by:
                    assert mine["group_id"].to_list() == expected["group_id"].to_list()
                assert mine[column].to_list() == expected["value"].to_list()
                assert mine[f"numerator_{part}"].to_list() == expected["numerator"].to_list()
                assert mine[f"denominator_{part}"].to_list() == expected["denominator"].to_list()


def test_news_of_old_events_and_new_events_add_up_to_the_move(opened: Callable[[str], Source]) -> None:
    for days in (("2014-03-16", "2014-03-23"), ("2014-06-01", "2014-06-08"), ("2014-04-13", "2014-09-28")):
        found = moves(*map(opened, days))
        assert found.height == len(HEADLINE) * 11
        parts = found["moved_by_news_of_old"] + found["moved_by_new_events"]
        off = (parts - (found["now"] - found["before"])).abs().max()
        assert isinstance(off, float)
        assert off < 1e-12
        pooled = found.filter(pl.col("indicator") == "completion_rate")
        for part in ("numerator", "denominator"):
            groups, total = pooled.slice(1), pooled.row(0, named=True)
            for time in ("before", "then", "now"):
                assert groups[f"{part}_{time}"].sum() == total[f"{part}_{time}"]


def test_a_snapshot_against_itself_does_not_move(opened: Callable[[str], Source]) -> None:
    found = moves(opened("2014-04-13"), opened("2014-04-13"))
    assert set(found["moved_by_news_of_old"].drop_nulls()) == {0.0}
    assert set(found["moved_by_new_events"].drop_nulls()) == {0.0}


def test_an_action_learnt_late_moves_by_news_of_old_and_one_done_since_by_new_events(demo_data: Path) -> None:
    snapshot = Snapshot.at(demo_data, date(2014, 4, 13))
    frames = dict(snapshot.tables())
    known = snapshot.known_on
    visits = frames["visits"]
    assert isinstance(visits, pl.DataFrame)
    late = visits.filter(pl.col("mode") == "on_site").head(1)
    before = frames | {"visits": visits.filter(pl.col("visit_id") != late["visit_id"][0])}
    fresh = late.with_columns(
        visit_id=pl.lit("fresh"),
        visited_on=pl.lit(date(2014, 4, 15)),
        reported_at=pl.lit(date(2014, 4, 16)).cast(late.schema["reported_at"]),
    )
    after = frames | {"visits": pl.concat([visits, fresh])}
    found = moves(Source.from_frames(before, known), Source.from_frames(after, date(2014, 4, 20)))
    row = found.filter(pl.col("indicator") == "visits_per_unit", pl.col("group_id").is_null()).row(0, named=True)
    assert row["numerator_then"] - row["numerator_before"] == 1
    assert row["numerator_now"] - row["numerator_then"] == 1


def test_a_group_that_is_new_has_a_value_now_and_none_before(opened: Callable[[str], Source], demo_data: Path) -> None:
    snapshot = Snapshot.at(demo_data, date(2014, 4, 6))
    frames = dict(snapshot.tables())
    without = {
        table: frame.filter(pl.col("group_id") != "T3") if "group_id" in frame.columns else frame
        for table, frame in frames.items()
    }
    former = Source.from_frames(without, snapshot.known_on)
    found = moves(former, opened("2014-04-13"))
    mine = found.filter(pl.col("group_id") == "T3", pl.col("indicator") == "completion_rate").row(0, named=True)
    assert mine["before"] is None
    assert mine["moved_by_news_of_old"] is None
    assert mine["now"] is not None
    only = moves(former, opened("2014-04-13"), Selection(groups=("T3",)))
    assert only["before"].null_count() == only.height


def test_weeks_still_to_come_last_week_have_no_before(opened: Callable[[str], Source]) -> None:
    found = moves(opened("2014-04-06"), opened("2014-04-13"), Selection(period=(5, 5)))
    assert found["before"].null_count() == found["then_known_now"].null_count() == found.height
    assert found["now"].null_count() < found.height


def test_the_later_snapshot_comes_last(opened: Callable[[str], Source]) -> None:
    with pytest.raises(SelectionError, match="is later than 2014-04-06"):
        moves(opened("2014-04-13"), opened("2014-04-06"))
