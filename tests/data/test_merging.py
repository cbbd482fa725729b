"""A week's rows onto the last snapshot: new, corrected, withdrawn, unchanged, or not the sender's to write."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.intake import Places
from data.merging import Merged, merge, silent
from data.ownership import owners
from data.schemas import CLOCK_COLUMNS, TABLES, columns, is_fact
from data.schemas.senders import GROUP_TABLES
from data.snapshots import Snapshot

MONDAY = date(2014, 10, 5)


@dataclass(frozen=True)
class Sent:
    sender: str
    frames: dict[str, pl.DataFrame]
    places: dict[str, Places]


@pytest.fixture(scope="module")
def last(demo_data: Path) -> dict[str, pl.DataFrame]:
    return dict(Snapshot.newest(demo_data).tables())


def sent(sender: str, table: str, rows: pl.DataFrame, void: bool | list[bool] = False) -> Sent:
    """Rows as a workbook brings them: without the clock columns, with void."""
    frame = rows.drop(CLOCK_COLUMNS, strict=False)
    frame = frame.with_columns(void=pl.Series([void] * frame.height if isinstance(void, bool) else void))
    stood = Places(f"{sender}.xlsx", pl.int_range(3, frame.height + 3, eager=True), table, {})
    return Sent(sender, {table: frame}, {table: stood})


def merged(last: dict[str, pl.DataFrame], *each: Sent) -> Merged:
    return merge(last, "before", each, MONDAY)


def visit_of(last: dict[str, pl.DataFrame], group: str) -> pl.DataFrame:
    return last["visits"].filter(pl.col("group_id") == group, ~pl.col("is_void")).head(1)


def kinds(found: Merged) -> list[dict[str, Any]]:
    return found.changes.select("table", "kind", "column", "old", "new").to_dicts()


def test_a_new_key_is_added_as_its_first_version_known_this_week(last: dict[str, pl.DataFrame]) -> None:
    new = visit_of(last, "T1").with_columns(visit_id=pl.lit("V-NEW"), visited_on=pl.lit(date(2014, 10, 1)))
    found = merged(last, sent("T1", "visits", new))
    row = found.frames["visits"].filter(pl.col("visit_id") == "V-NEW").row(0, named=True)
    assert (row["revision"], row["is_void"], row["reported_at"]) == (1, False, datetime(2014, 10, 5, 23, 59))
    assert row["source_ref"] == "T1.xlsx visits!A3"
    assert found.frames["visits"].height == last["visits"].height + 1
    assert kinds(found) == [{"table": "visits", "kind": "new", "column": None, "old": None, "new": None}]


def test_a_changed_cell_makes_the_next_version_and_keeps_the_old_value_in_the_changes(
    last: dict[str, pl.DataFrame],
) -> None:
    old = visit_of(last, "T1")
    found = merged(last, sent("T1", "visits", old.with_columns(interview_count=pl.lit(29, pl.Int32))))
    row = found.frames["visits"].filter(pl.col("visit_id") == old["visit_id"][0]).row(0, named=True)
    assert (row["interview_count"], row["revision"]) == (29, old["revision"][0] + 1)
    before = str(old["interview_count"][0])
    assert kinds(found) == [
        {"table": "visits", "kind": "corrected", "column": "interview_count", "old": before, "new": "29"}
    ]
    assert found.frames["visits"].height == last["visits"].height


def test_a_row_marked_void_is_withdrawn_and_stays_withdrawn(last: dict[str, pl.DataFrame]) -> None:
    old = visit_of(last, "T1")
    found = merged(last, sent("T1", "visits", old, void=True))
    assert [change["kind"] for change in kinds(found)] == ["voided"]
    again = merged(found.frames, sent("T1", "visits", old, void=True))
    assert again.changes.is_empty()
    back = merged(found.frames, sent("T1", "visits", old))
    assert kinds(back) == [{"table": "visits", "kind": "corrected", "column": "is_void", "old": "true", "new": "false"}]


def test_withdrawing_what_nobody_knows_is_refused_by_its_cell(last: dict[str, pl.DataFrame]) -> None:
    unknown = visit_of(last, "T1").with_columns(visit_id=pl.lit("V-NEVER"))
    found = merged(last, sent("T1", "visits", unknown, void=True))
    (failure,) = found.failures
    assert (failure.place, failure.rule, failure.value) == ("visits!A3", "withdrawal", "V-NEVER")
    assert failure.message == "no such row to withdraw: check the number"
    assert found.changes.is_empty()
    assert found.frames["visits"].height == last["visits"].height


@pytest.mark.parametrize("table", GROUP_TABLES)
def test_what_is_known_already_changes_nothing_in_any_table(last: dict[str, pl.DataFrame], table: str) -> None:
    standing = last[table].filter(~pl.col("is_void"))
    groups = last["supervision_groups"]["group_id"].to_list()
    refused = {group: len(merged(last, sent(group, table, standing)).failures) for group in groups}
    found = merged(last, sent("T1", table, standing))
    assert found.changes.is_empty()
    assert found.unchanged == standing.height
    assert found.frames[table].sort(pl.all()).equals(last[table].sort(pl.all()))
    assert all(0 < count <= 2 * standing.height for count in refused.values())


@pytest.mark.parametrize("table", [table for table in TABLES if not is_fact(table)])
def test_the_office_sends_its_own_tables_again_without_effect(last: dict[str, pl.DataFrame], table: str) -> None:
    found = merged(last, sent("office", table, last[table]))
    assert found.changes.is_empty()
    assert found.failures == ()


def test_a_row_of_a_reference_table_marked_void_is_taken_out(last: dict[str, pl.DataFrame]) -> None:
    pair = last["action_precedence"].head(1)
    found = merged(last, sent("office", "action_precedence", pair, void=True))
    assert found.frames["action_precedence"].height == last["action_precedence"].height - 1


def test_the_same_week_sent_twice_changes_nothing_the_second_time(last: dict[str, pl.DataFrame]) -> None:
    new = visit_of(last, "T1").with_columns(visit_id=pl.lit("V-NEW"), visited_on=pl.lit(date(2014, 10, 1)))
    once = merged(last, sent("T1", "visits", new))
    twice = merged(once.frames, sent("T1", "visits", new))
    assert twice.changes.is_empty()
    assert all(twice.frames[table].equals(once.frames[table]) for table in TABLES)


def test_a_group_that_writes_about_another_s_unit_is_refused(last: dict[str, pl.DataFrame]) -> None:
    foreign = visit_of(last, "C2").with_columns(group_id=pl.lit("T1"), visit_id=pl.lit("V-NEW"))
    (failure,) = merged(last, sent("T1", "visits", foreign)).failures
    assert (failure.file, failure.place, failure.rule, failure.column) == (
        "T1.xlsx",
        "visits!A3",
        "owner",
        "unit_id",
    )
    assert "C2" in failure.message


def test_a_row_that_names_another_group_is_refused(last: dict[str, pl.DataFrame]) -> None:
    failures = merged(last, sent("T1", "visits", visit_of(last, "T1").with_columns(group_id=pl.lit("C2")))).failures
    assert [(failure.column, failure.value) for failure in failures] == [("group_id", "C2")]


@pytest.mark.parametrize(
    ("table", "column"), [("rectification_events", "problem_id"), ("report_filings", "report_due_id")]
)
def test_what_hangs_on_another_group_s_row_is_refused(last: dict[str, pl.DataFrame], table: str, column: str) -> None:
    units = last["unit_assignments"].filter(pl.col("group_id") == "C2")["unit_id"].to_list()
    problems = last["problems"].filter(pl.col("unit_id").is_in(units))["problem_id"].to_list()
    reports = last["report_schedule"].filter(pl.col("reporter_id") == "C2")["report_due_id"].to_list()
    rows = last[table].filter(pl.col(column).is_in(problems + reports)).head(1)
    (failure,) = merged(last, sent("T1", table, rows)).failures
    assert (failure.rule, failure.column) == ("owner", column)


def owned_by(last: dict[str, pl.DataFrame], table: str, group: str) -> pl.DataFrame:
    """The rows in force that are one group's alone."""
    column, owned = owners(table, last)
    alone = owned.drop_nulls().group_by("owned").agg(groups=pl.col("group_id").unique())
    mine = alone.filter(pl.col("groups") == [group])["owned"].to_list()
    rows = last[table].filter(~pl.col("is_void"), pl.col(column).is_in(mine))
    if "reviewer_side" in rows.columns:
        return rows.filter(pl.col("reviewer_side") == "group")
    return rows


def feedback_of_one_of_two(last: dict[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """A state in which C1 gave a feedback on a matter that C2 takes part in too, and that feedback."""
    lead, part = (
        last["bodies"].join(last["unit_assignments"].filter(pl.col("group_id") == group), on="unit_id")["body_id"][0]
        for group in ("C1", "C2")
    )
    feedback = last["matter_events"].filter(pl.col("event_type") == "feedback").head(1)
    feedback = feedback.with_columns(event_no=pl.lit(900, pl.Int32), from_body_id=pl.lit(lead))
    matter = last["matters"].head(1).with_columns(feedback["matter_id"], lead_body_id=pl.lit(lead))
    taking_part = last["matter_bodies"].head(1).with_columns(feedback["matter_id"], body_id=pl.lit(part))
    state = {
        **last,
        "matters": pl.concat([last["matters"].join(matter, on="matter_id", how="anti"), matter]),
        "matter_bodies": pl.concat([last["matter_bodies"], taking_part]),
        "matter_events": pl.concat([last["matter_events"], feedback]),
    }
    return state, feedback


@pytest.mark.parametrize("table", [table for table in GROUP_TABLES if table != "matter_events"])
def test_a_group_never_overwrites_a_record_of_another_group(last: dict[str, pl.DataFrame], table: str) -> None:
    theirs, own = owned_by(last, table, "C2").head(1), owned_by(last, table, "C1").head(1)
    assert theirs.height == own.height == 1
    keys = [column.name for column in columns(table) if column.key]
    stolen = own.with_columns(theirs[key] for key in keys)
    (failure,) = merged(last, sent("C1", table, stolen)).failures
    assert (failure.file, failure.place, failure.rule) == ("C1.xlsx", f"{table}!A3", "owner")
    if owners(table, last)[0] not in keys:
        assert failure.message == "this number is already a record of C2: give another"
        assert failure.value == "|".join(str(value) for value in theirs.select(keys).row(0))
    assert [fault.rule for fault in merged(last, sent("C1", table, stolen, void=True)).failures] == ["owner"]


def test_a_group_never_overwrites_a_spot_check_of_its_own_unit(last: dict[str, pl.DataFrame]) -> None:
    reviews = last["action_reviews"].join(last["unit_assignments"], on="unit_id", how="semi")
    spot = reviews.filter(pl.col("reviewer_side") == "office_spot_check").head(1)
    group = last["unit_assignments"].filter(pl.col("unit_id") == spot["unit_id"][0])["group_id"][0]
    own = spot.with_columns(reviewer_side=pl.lit("group"), score=pl.lit(100.0))
    (failure,) = merged(last, sent(group, "action_reviews", own)).failures
    assert failure.message == "this number is already a record of the office: give another"
    assert merged(last, sent("office", "action_reviews", spot.with_columns(score=pl.lit(1.0)))).failures == ()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("action_reviews", "reviewer_side", "office_spot_check"), ("matter_events", "event_type", "closed")],
)
def test_a_group_does_not_write_for_the_office(
    last: dict[str, pl.DataFrame], table: str, column: str, value: str
) -> None:
    if table == "action_reviews":
        state, row = last, owned_by(last, table, "C1").head(1).with_columns(review_id=pl.lit("R-NEW"))
    else:
        state, row = feedback_of_one_of_two(last)
        row = row.with_columns(event_no=pl.lit(999, pl.Int32))
    (failure,) = merged(state, sent("C1", table, row.with_columns(pl.lit(value).alias(column)))).failures
    assert (failure.rule, failure.column, failure.value) == ("owner", column, value)
    assert failure.message.startswith(f"only the office writes {value}")


def test_one_of_two_groups_in_a_matter_does_not_overwrite_the_other_s_feedback(last: dict[str, pl.DataFrame]) -> None:
    state, feedback = feedback_of_one_of_two(last)
    (failure,) = merged(state, sent("C2", "matter_events", feedback)).failures
    assert failure.message == "this number is already a record of C1: give another"
    assert merged(state, sent("C1", "matter_events", feedback)).failures == ()
    new = feedback.with_columns(event_no=pl.lit(999, pl.Int32))
    assert merged(state, sent("C2", "matter_events", new)).failures == ()


def test_the_place_of_a_foreign_row_is_the_cell_of_its_column(last: dict[str, pl.DataFrame]) -> None:
    new = visit_of(last, "T1").with_columns(visit_id=pl.lit("V-NEW"), group_id=pl.lit("C2"))
    book = sent("T1", "visits", new)
    stood = Places("T1.xlsx", book.places["visits"].rows, "visits", {"group_id": "B"})
    (failure,) = merged(last, Sent("T1", book.frames, {"visits": stood})).failures
    assert failure.place == "visits!B3"


def test_a_group_may_report_a_problem_and_its_first_step_in_one_week(last: dict[str, pl.DataFrame]) -> None:
    unit = last["unit_assignments"].filter(pl.col("group_id") == "T1")["unit_id"][0]
    problem = last["problems"].head(1).with_columns(problem_id=pl.lit("P-NEW"), unit_id=pl.lit(unit))
    step = last["rectification_events"].head(1).with_columns(problem_id=pl.lit("P-NEW"), event_no=pl.lit(1, pl.Int32))
    problems, steps = sent("T1", "problems", problem), sent("T1", "rectification_events", step)
    both = Sent("T1", {**problems.frames, **steps.frames}, {**problems.places, **steps.places})
    found = merged(last, both)
    assert found.failures == ()
    assert [change["table"] for change in kinds(found)] == ["problems", "rectification_events"]


def test_a_group_sends_no_table_of_the_office(last: dict[str, pl.DataFrame]) -> None:
    found = merged(last, sent("T1", "units", last["units"].head(1).with_columns(name_en=pl.lit("Other"))))
    assert [(failure.file, failure.place, failure.rule) for failure in found.failures] == [
        ("T1.xlsx", "units", "owner")
    ]
    assert found.frames["units"].equals(last["units"])


def test_two_rows_with_one_key_are_both_refused_and_name_each_other(last: dict[str, pl.DataFrame]) -> None:
    row = visit_of(last, "T1").with_columns(visit_id=pl.lit("V-NEW"), visited_on=pl.lit(date(2014, 10, 1)))
    found = merged(last, sent("T1", "visits", pl.concat([row, row])), sent("T2", "visits", row))
    twice = [failure for failure in found.failures if failure.rule == "V01"]
    assert [(each.file, each.place) for each in twice] == [
        ("T1.xlsx", "visits!A3"),
        ("T1.xlsx", "visits!A4"),
        ("T2.xlsx", "visits!A3"),
    ]
    assert "T1.xlsx visits!A4, T2.xlsx visits!A3" in twice[0].message


def test_the_office_does_not_write_what_groups_report(last: dict[str, pl.DataFrame]) -> None:
    found = merged(last, sent("office", "visits", visit_of(last, "T1")))
    assert [(each.file, each.rule) for each in found.failures] == [("office.xlsx", "owner")]


def test_every_row_tells_where_it_came_from(last: dict[str, pl.DataFrame]) -> None:
    new = visit_of(last, "T1").with_columns(visit_id=pl.lit("V-NEW"), visited_on=pl.lit(date(2014, 10, 1)))
    found = merged(last, sent("T1", "visits", new))
    ids, stood = found.frames["visits"]["visit_id"].to_list(), found.places["visits"]
    assert (stood.file_at(ids.index("V-NEW")), stood.of(ids.index("V-NEW"))) == ("T1.xlsx", "visits!A3")
    assert (stood.file_at(0), stood.of(0)) == ("before", f"visits {ids[0]}")


def test_groups_that_sent_nothing_are_named_with_the_day_they_were_last_heard(last: dict[str, pl.DataFrame]) -> None:
    groups = last["supervision_groups"]["group_id"].to_list()
    heard = [sent(group, "visits", visit_of(last, group)) for group in groups if group != "C3"]
    (row,) = silent(last, groups, heard).to_dicts()
    assert row["group_id"] == "C3"
    assert date(2014, 9, 1) < row["last_sent_on"] <= date(2014, 9, 28)


def test_what_came_about_a_unit_came_from_the_group_that_had_it_then(last: dict[str, pl.DataFrame]) -> None:
    moved = last["unit_assignments"].filter(pl.col("group_id") == "C3")["unit_id"].to_list()
    is_moved = pl.col("unit_id").is_in(moved)
    until = last["unit_assignments"].with_columns(
        valid_to=pl.when(is_moved).then(pl.lit(date(2014, 5, 31))).otherwise("valid_to")
    )
    since = until.filter(is_moved).with_columns(
        group_id=pl.lit("C4"), valid_from=pl.lit(date(2014, 6, 1)), valid_to=pl.lit(None, pl.Date)
    )
    state = {**last, "unit_assignments": pl.concat([until, since])}
    known = dict(silent(state, ["C3", "C4"], ()).iter_rows())
    assert known["C3"] <= date(2014, 5, 31) < known["C4"]
