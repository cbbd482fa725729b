"""A week of workbooks: merged onto the snapshot that is served, held at the gate, published whole or not at all."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.utils import get_column_letter
from sending import own, write_inbox

from data.exceptions import DataError, RefusedError
from data.inbox import read_inbox
from data.prepared import Prepared
from data.publishing import publish
from data.refresh import accept_all, look, refresh
from data.schemas import CLOCK_COLUMNS, TABLES
from data.schemas.senders import OFFICE
from data.snapshots import Snapshot
from data.templates import Origin, write_workbook

FIRST, NEXT = date(2014, 4, 6), date(2014, 4, 13)
TODAY = date(2014, 10, 1)
ALL = accept_all("invented")
Weeks = dict[date, Snapshot]


@pytest.fixture(scope="module")
def weeks(demo_data: Path) -> Weeks:
    return {week.known_on: week for week in Snapshot.list(demo_data)}


@pytest.fixture
def county(weeks: Weeks, demo_data: Path, tmp_path: Path) -> Path:
    """A data folder whose newest snapshot is that of the first week."""
    data = tmp_path / "data"
    publish(Prepared.of(dict(weeks[FIRST].tables()), FIRST), data)
    return data


def groups(week: Snapshot) -> list[str]:
    return week.frame("supervision_groups")["group_id"].to_list()


def test_workbooks_of_all_senders_give_the_very_week_that_whole_tables_give(
    weeks: Weeks, county: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    write_inbox(inbox, weeks[NEXT].tables(), [*groups(weeks[NEXT]), OFFICE])
    snapshot = refresh(inbox, NEXT, county, today=TODAY, accepted=ALL)
    for table in TABLES:
        expected = weeks[NEXT].frame(table).drop(CLOCK_COLUMNS, strict=False)
        assert snapshot.frame(table).drop(CLOCK_COLUMNS, strict=False).equals(expected), table
    reported = snapshot.frame("visits")["reported_at"].dt.date()
    assert set(reported.filter(reported > FIRST)) == {NEXT}


def test_the_same_inbox_again_changes_nothing(weeks: Weeks, county: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write_inbox(inbox, weeks[NEXT].tables(), ["T1", "C2"], ["visits", "problems", "action_records"])
    refresh(inbox, NEXT, county, today=TODAY, accepted=ALL)
    again = look(inbox, NEXT + timedelta(weeks=1), county, today=TODAY)
    assert again.changes.is_empty()
    assert again.differences.is_empty()
    assert again.resent == ("C2", "T1")
    assert {"C2", "T1"} <= set(again.silent["group_id"])
    assert again.inbox.sources == ()


def test_a_group_that_sent_nothing_is_a_finding_and_no_error(weeks: Weeks, county: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    senders = [group for group in groups(weeks[NEXT]) if group != "C3"]
    write_inbox(inbox, weeks[NEXT].tables(), senders, ["visits"])
    found = look(inbox, NEXT, county, today=TODAY)
    assert not found.is_refused
    assert found.silent["group_id"].to_list() == ["C3"]
    assert found.silent["last_sent_on"][0] <= FIRST


def test_a_row_about_another_group_s_unit_refuses_the_week_and_names_its_cell(
    weeks: Weeks, county: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    write_inbox(inbox, weeks[NEXT].tables(), ["T1"])
    foreign = own(weeks[NEXT].tables(), "visits", "C2").head(1).with_columns(group_id=pl.lit("T1"))
    path = inbox / "T1" / "visits.csv"
    rows = pl.read_csv(path, infer_schema=False)
    pl.concat([rows, foreign.select(pl.all().cast(pl.String))]).write_csv(path)
    with pytest.raises(RefusedError) as refused:
        refresh(inbox, NEXT, county, today=TODAY, accepted=ALL)
    row = refused.value.failures.filter(pl.col("rule") == "owner").row(0, named=True)
    assert (row["file"], row["place"], row["column"]) == ("T1/visits.csv", f"row {rows.height + 2}", "unit_id")
    assert Snapshot.newest(county).known_on == FIRST


def test_a_broken_rule_names_the_sender_s_cell(weeks: Weeks, county: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write_inbox(inbox, weeks[NEXT].tables(), ["T1"])
    path = inbox / "T1" / "visits.csv"
    rows = pl.read_csv(path, infer_schema=False)
    rows.with_columns(visited_on=pl.lit("2014-05-01")).write_csv(path)
    found = look(inbox, NEXT, county, today=TODAY)
    assert set(found.failures["file"]) == {"T1/visits.csv"}
    assert "V06" in set(found.failures["rule"])


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("T9.xlsx", "the senders are"),
        ("T1.old", "no sender's workbook"),
        ("t1.xlsx", "did you mean 'T1.xlsx'"),
        ("notes.txt", "no sender's workbook"),
    ],
)
def test_a_file_of_no_sender_is_refused_with_advice(
    weeks: Weeks, county: Path, tmp_path: Path, name: str, advice: str
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    if name.endswith(".old"):
        (inbox / name).mkdir()
    else:
        (inbox / name).write_bytes(b"")
    (failure,) = read_inbox(inbox, groups(weeks[FIRST])).failures
    assert failure.file == name
    assert advice in failure.message or "did you mean" in failure.message


def test_the_first_week_has_to_be_whole_tables(weeks: Weeks, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write_inbox(inbox, weeks[NEXT].tables(), ["T1"])
    with pytest.raises(DataError, match="--full"):
        look(inbox, NEXT, tmp_path / "nothing", today=TODAY, full=False)


def test_a_cell_that_cannot_be_read_is_told_once_and_a_broken_rule_by_its_cell(
    weeks: Weeks, county: Path, tmp_path: Path
) -> None:
    tables = weeks[NEXT].tables()
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    rows = own(tables, "visits", "T1")
    ahead = pl.when(pl.int_range(pl.len()) == 1).then(pl.lit(date(2014, 5, 1))).otherwise("visited_on")
    write_workbook(
        inbox / "T1.xlsx",
        "T1",
        tables,
        Origin(NEXT, "x", "x"),
        rows={"visits": rows.with_columns(visited_on=ahead)},
    )
    book = openpyxl.load_workbook(inbox / "T1.xlsx")
    header = [cell.value for cell in book["visits"][2]]
    book["visits"].cell(3, header.index("interview_count") + 1).value = "many"
    book.save(inbox / "T1.xlsx")
    found = look(inbox, NEXT, county, today=TODAY).failures
    letter = get_column_letter(header.index("interview_count") + 1)
    assert found.filter(pl.col("column") == "interview_count").select("place", "rule").rows() == [
        (f"visits!{letter}3", "type")
    ]
    letter = get_column_letter(header.index("visited_on") + 1)
    assert (f"visits!{letter}4", "V06") in found.select("place", "rule").rows()


def test_a_suffix_in_capitals_is_the_same_file(weeks: Weeks, county: Path, tmp_path: Path) -> None:
    tables, inbox = weeks[NEXT].tables(), tmp_path / "inbox"
    inbox.mkdir()
    rows = {"visits": own(tables, "visits", "T1").head(3)}
    write_workbook(inbox / "T1.xlsx", "T1", tables, Origin(NEXT, "x", "x"), rows)
    (inbox / "T1.xlsx").rename(inbox / "T1.XLSX")
    write_inbox(inbox, tables, ["T2"], ["visits"])
    (inbox / "T2" / "visits.csv").rename(inbox / "T2" / "visits.CSV")
    found = read_inbox(inbox, groups(weeks[FIRST]))
    assert found.failures == ()
    assert [book.sender for book in found.sent] == ["T1", "T2"]
    assert all(book.frames["visits"].height for book in found.sent)
    write_workbook(inbox / "T1.xlsx", "T1", tables, Origin(NEXT, "x", "x"), rows)
    assert "sent twice" in read_inbox(inbox, groups(weeks[FIRST])).failures[0].message
