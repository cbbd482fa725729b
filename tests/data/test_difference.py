"""What changed between two weeks, each kind of change by hand, and in words of both languages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.difference import KINDS, difference, summary
from data.schemas import CLOCK_COLUMNS, EVENT_DAYS, TABLES, columns
from data.snapshots import Snapshot
from data.telling import counted, sentences

Tables = dict[str, pl.DataFrame]
Change = Callable[[pl.DataFrame], pl.DataFrame]
KNOWN_ON = date(2014, 9, 28)


@pytest.fixture(scope="module")
def last(demo_data: Path) -> Tables:
    return dict(Snapshot.newest(demo_data).tables())


def changed(last: Tables, table: str, change: Change) -> pl.DataFrame:
    return difference(last, {**last, table: change(last[table])}, KNOWN_ON)


def another(table: str, **values: Any) -> Change:
    """One more row like the first one."""
    return lambda frame: pl.concat(
        [
            frame,
            frame.head(1).with_columns(pl.lit(value, frame.schema[name]).alias(name) for name, value in values.items()),
        ]
    )


def with_first(**values: Any) -> Change:
    """The first row says something else."""
    first = pl.int_range(pl.len()) == 0
    return lambda frame: frame.with_columns(
        pl.when(first).then(pl.lit(value, frame.schema[name])).otherwise(name).alias(name)
        for name, value in values.items()
    )


def only(frame: pl.DataFrame) -> dict[str, Any]:
    (row,) = frame.to_dicts()
    return {name: value for name, value in row.items() if value is not None}


def test_between_a_week_and_itself_nothing_changed(last: Tables) -> None:
    found = difference(last, last, KNOWN_ON)
    assert found.is_empty()
    assert sentences(found, "en") == ["Nothing has changed."]
    assert sentences(found, "zh") == ["与上期相比没有变化。"]


def test_what_happened_since_is_new_and_belongs_to_the_unit_and_its_group(last: Tables) -> None:
    first = last["visits"].row(0, named=True)
    found = only(changed(last, "visits", another("visits", visit_id="V-NEW", visited_on=date(2014, 9, 30))))
    assert found["kind"] == "new"
    assert (found["key"], found["unit_id"], found["group_id"]) == ("V-NEW", first["unit_id"], first["group_id"])


def test_what_had_happened_by_the_last_snapshot_is_learnt_late_by_so_many_days(last: Tables) -> None:
    found = only(changed(last, "visits", another("visits", visit_id="V-NEW", visited_on=date(2014, 9, 17))))
    assert (found["kind"], found["event_on"], found["days"]) == ("learnt_late", date(2014, 9, 17), 11)


def test_the_last_known_day_itself_is_late(last: Tables) -> None:
    assert only(changed(last, "visits", another("visits", visit_id="V-NEW", visited_on=KNOWN_ON)))["days"] == 0


def test_another_value_is_a_restatement_with_both_values(last: Tables) -> None:
    old = last["visits"]["interview_count"][0]
    found = only(changed(last, "visits", with_first(interview_count=29)))
    assert (found["kind"], found["column"], found["old"], found["new"]) == (
        "restated",
        "interview_count",
        str(old),
        "29",
    )


def test_a_state_that_goes_its_way_or_a_cell_filled_in_takes_nothing_back(last: Tables) -> None:
    open_matter = last["matters"].sort(pl.col("status") == "in_progress", descending=True)
    frames = {**last, "matters": open_matter}
    moved = difference(frames, {**frames, "matters": with_first(status="claimed_done")(open_matter)}, KNOWN_ON)
    assert only(moved)["kind"] == "moved_on"


def test_a_matter_that_is_closed_now_is_closed(last: Tables) -> None:
    open_matters = last["matters"].filter(~pl.col("status").is_in(["closed", "cancelled"]))
    assert open_matters.height
    found = difference(
        {**last, "matters": open_matters},
        {**last, "matters": with_first(status="closed", closed_on=date(2014, 9, 29))(open_matters)},
        KNOWN_ON,
    )
    assert found["kind"].to_list() == ["closed"]


@pytest.mark.parametrize("closed_on", [date(2014, 9, 27), KNOWN_ON])
def test_a_matter_that_had_been_closed_by_the_last_snapshot_is_learnt_late(last: Tables, closed_on: date) -> None:
    open_matters = last["matters"].filter(~pl.col("status").is_in(["closed", "cancelled"]))
    closed = with_first(status="closed", closed_on=closed_on)(open_matters)
    found = difference({**last, "matters": open_matters}, {**last, "matters": closed}, KNOWN_ON)
    assert found["kind"].to_list() == ["learnt_late"]


def test_what_was_done_and_is_not_any_more_is_restated_and_counted_once(last: Tables) -> None:
    done = with_first(status="done", done_on=date(2014, 9, 18), returned_n=0)(last["action_records"])
    undone = with_first(status="in_progress", done_on=None, returned_n=1)(done)
    found = difference({**last, "action_records": done}, {**last, "action_records": undone}, KNOWN_ON)
    kinds = dict(found.select("column", "kind").rows())
    assert kinds == {"status": "restated", "done_on": "restated", "returned_n": "moved_on"}
    assert summary(found).select("kind", "count").rows() == [("restated", 1)]


def test_a_state_that_is_emptied_is_restated(last: Tables) -> None:
    half, none = (with_first(actual_progress=share)(last["matters"]) for share in (0.5, None))
    assert only(difference({**last, "matters": half}, {**last, "matters": none}, KNOWN_ON))["kind"] == "restated"


def test_a_cell_restated_as_an_action_is_done_is_told_beside_it(last: Tables) -> None:
    undone = with_first(status="in_progress", done_on=None, started_on=date(2014, 9, 1))(last["action_records"])
    done = with_first(status="done", done_on=date(2014, 9, 29), started_on=date(2014, 8, 1))(undone)
    found = difference({**last, "action_records": undone}, {**last, "action_records": done}, KNOWN_ON)
    assert found.select("kind", "column").rows() == [("closed", None), ("restated", "started_on")]
    assert summary(found).select("kind", "count").rows() == [("closed", 1)]


def test_a_withdrawn_row_that_is_in_force_again_is_restated(last: Tables) -> None:
    withdrawn = with_first(is_void=True)(last["visits"])
    found = only(difference({**last, "visits": withdrawn}, last, KNOWN_ON))
    assert (found["kind"], found["column"], found["old"], found["new"]) == ("restated", "is_void", "true", "false")


@pytest.mark.parametrize(("table", "column"), [(table, days[0]) for table, days in EVENT_DAYS.items()])
def test_every_fact_with_a_day_can_be_learnt_late(last: Tables, table: str, column: str) -> None:
    row = last[table].head(1).with_columns(pl.lit(date(2014, 9, 18)).cast(last[table].schema[column]).alias(column))
    if not row.height:
        pytest.skip(f"the county has no {table}")
    found = only(
        difference(
            {**last, table: last[table].tail(-1)}, {**last, table: pl.concat([row, last[table].tail(-1)])}, KNOWN_ON
        )
    )
    assert (found["kind"], found["days"]) == ("learnt_late", 10)


def test_a_unit_is_still_its_group_s_before_another_one_takes_it_over(last: Tables) -> None:
    unit, group = last["visits"].select("unit_id", "group_id").row(0)
    other = next(each for each in last["supervision_groups"]["group_id"] if each != group)
    coming = another("unit_assignments", unit_id=unit, group_id=other, valid_from=date(2014, 11, 1))
    later = {**last, "unit_assignments": coming(last["unit_assignments"])}
    problems = another("problems", problem_id="P-NEW", unit_id=unit, found_on=date(2014, 10, 1))
    later["problems"] = problems(last["problems"])

    def owner(day: date) -> str:
        found = difference(last, later, KNOWN_ON, day)
        return str(found.filter(pl.col("table") == "problems")["group_id"][0])

    assert (owner(date(2014, 10, 5)), owner(date(2014, 11, 2))) == (group, other)


def test_an_action_now_done_that_was_done_before_is_learnt_late(last: Tables) -> None:
    undone = with_first(status="in_progress", done_on=None)(last["action_records"])
    done = with_first(status="done", done_on=date(2014, 9, 18))(last["action_records"])
    found = difference({**last, "action_records": undone}, {**last, "action_records": done}, KNOWN_ON)
    assert (only(found)["kind"], only(found)["days"]) == ("learnt_late", 10)


def test_a_verified_problem_is_closed(last: Tables) -> None:
    problem = last["problems"]["problem_id"][0]
    step = another(
        "rectification_events",
        problem_id=problem,
        event_no=99,
        event_type="verified_closed",
        happened_on=date(2014, 9, 30),
    )
    found = only(changed(last, "rectification_events", step))
    assert found["kind"] == "closed"
    assert found["unit_id"] == last["problems"]["unit_id"][0]


def test_a_row_marked_void_is_withdrawn_and_one_that_is_gone_has_vanished(last: Tables) -> None:
    assert only(changed(last, "visits", with_first(is_void=True)))["kind"] == "withdrawn"
    assert only(changed(last, "visits", lambda frame: frame.tail(-1)))["kind"] == "vanished"


def test_a_report_belongs_to_the_group_that_files_it(last: Tables) -> None:
    found = only(changed(last, "report_filings", lambda frame: frame.tail(-1)))
    report = last["report_filings"]["report_due_id"][0]
    reporter = last["report_schedule"].filter(pl.col("report_due_id") == report)["reporter_id"][0]
    assert found["group_id"] == reporter


def test_every_pair_of_weeks_adds_up_row_by_row(demo_data: Path) -> None:
    """By brute force: rows that came, went, or say something else are exactly those named."""
    weeks = Snapshot.list(demo_data)
    for before, after in [(weeks[3], weeks[4]), (weeks[8], weeks[9])]:
        found = difference(before.tables(), after.tables(), before.known_on)
        assert set(found["kind"]) <= set(KINDS)
        for table in TABLES:
            named = {
                (key, column) for key, column in found.filter(pl.col("table") == table).select("key", "column").rows()
            }
            assert {key for key, _ in named} == _differing(table, before.frame(table), after.frame(table)), table


def _differing(table: str, before: pl.DataFrame, after: pl.DataFrame) -> set[str]:
    keys = [column.name for column in columns(table) if column.key]

    def told(frame: pl.DataFrame) -> dict[str, Any]:
        rows = frame.drop([name for name in CLOCK_COLUMNS if name != "is_void"], strict=False).to_dicts()
        return {"|".join(str(row[key]) for key in keys): row for row in rows}

    old, new = told(before), told(after)
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


def test_the_late_groups_are_the_ones_whose_news_is_learnt_late(demo_data: Path) -> None:
    weeks = {week.known_on: week for week in Snapshot.list(demo_data)}
    before, after = weeks[date(2014, 4, 13)], weeks[date(2014, 4, 20)]
    counts = summary(difference(before.tables(), after.tables(), before.known_on))
    late = counts.filter(pl.col("kind") == "learnt_late", pl.col("table") == "visits").sort("count", descending=True)
    assert set(late.head(2)["group_id"]) == {"C2", "T4"}


def test_a_sentence_tells_what_is_late_first_then_the_rest(last: Tables) -> None:
    unit = last["visits"].row(0, named=True)
    visits = another("visits", visit_id="V-NEW", visited_on=date(2014, 9, 17))(last["visits"])
    visits = pl.concat(
        [visits, visits.tail(1).with_columns(visit_id=pl.lit("V-NEWER"), visited_on=pl.lit(date(2014, 9, 30)))]
    )
    found = difference(last, {**last, "visits": visits}, KNOWN_ON)
    assert sentences(found, "en") == [
        f"{unit['group_id']}: 1 visit learnt late (up to 11 days after the event); 1 visit new."
    ]
    assert sentences(found, "zh") == [f"{unit['group_id']}：补报督查1次（最迟11天）；新增督查1次。"]


@pytest.mark.parametrize(
    ("n", "english", "chinese"),
    [(1, "1 visit", "督查1次"), (2, "2 visits", "督查2次"), (1200, "1,200 visits", "督查1200次")],
)
def test_numbers_are_told_as_each_language_does(n: int, english: str, chinese: str) -> None:
    assert counted("visits", n, "en") == english
    assert counted("visits", n, "zh") == chinese


def test_a_table_without_a_word_is_told_as_other_rows(last: Tables) -> None:
    elements = last["matter_elements"].tail(-2)
    found = difference(last, {**last, "matter_elements": elements}, KNOWN_ON)
    assert all("2 other rows vanished" in line or "1 other row vanished" in line for line in sentences(found, "en"))
