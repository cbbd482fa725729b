from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from data.intake import FAILURES, Here, Limits, Received, failure_frame
from data.intake import read_folder as read_folder_by
from data.schemas import TABLES, columns, polars_schema

read_folder = partial(read_folder_by, reader=Here())

VISIT = {
    "visit_id": "v1", "group_id": "T1", "unit_id": "u001", "visited_on": "2014-03-12", "mode": "on_site",
    "announced": "true", "purpose": "guide", "duration_h": "2.5", "interview_count": "3", "documents_checked": "true",
    "meeting_attended": "false", "problems_raised": "0", "targeted_action": "", "reported_at": "2014-03-14 17:30:00",
    "revision": "1", "is_void": "false", "source_ref": "",
}  # fmt: skip

Write = Callable[..., Received]


@pytest.fixture
def visits(tmp_path: Path) -> Write:
    """Take in a visits.csv with the usual visit, changed as given, one row for each set of changes."""

    def write(*rows: dict[str, str], encoding: str = "utf-8") -> Received:
        lines = [VISIT, *(VISIT | row for row in rows)]
        text = "".join(",".join(line) + "\n" for line in [list(VISIT), *(list(row.values()) for row in lines[1:])])
        (tmp_path / "visits.csv").write_text(text, encoding=encoding, newline="")
        return read_folder(tmp_path)

    return write


def refused(received: Received) -> list[tuple[str, ...]]:
    """What was refused, without the advice."""
    return [(fault.file, fault.place, fault.rule, fault.column, fault.value) for fault in received.failures]


def advice(received: Received) -> str:
    return "; ".join(fault.message for fault in received.failures)


def test_a_folder_without_files_is_every_table_empty(tmp_path: Path) -> None:
    received = read_folder(tmp_path)
    assert list(received.frames) == list(TABLES)
    assert all(frame.is_empty() and frame.schema == polars_schema(name) for name, frame in received.frames.items())
    assert received.failures == ()


def test_a_row_is_typed_by_the_schema(visits: Write) -> None:
    received = visits({"source_ref": " 台账 3 "})
    row = received.frames["visits"].row(0, named=True)
    assert received.failures == ()
    assert row["visited_on"] == date(2014, 3, 12)
    assert row["reported_at"] == datetime(2014, 3, 14, 17, 30)
    assert (row["duration_h"], row["interview_count"], row["announced"]) == (2.5, 3, True)
    assert (row["targeted_action"], row["source_ref"]) == (None, "台账 3")
    assert received.sources[0].form == "csv, utf-8"
    assert received.sources[0].rows == 1


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("announced", "TRUE", True),
        ("announced", "FALSE", False),
        ("announced", "", None),
        ("visited_on", " 2014-03-12 ", date(2014, 3, 12)),
        ("visited_on", "２０１４-０３-１２", date(2014, 3, 12)),
        ("visited_on", "2014-3-12", date(2014, 3, 12)),
        ("visited_on", "2014/3/12", date(2014, 3, 12)),
        ("visited_on", "2014.03.12", date(2014, 3, 12)),
        ("visited_on", "2014年3月12日", date(2014, 3, 12)),
        ("visited_on", "２０１４年３月１２日", date(2014, 3, 12)),
        ("reported_at", "2014-03-14T17:30:00", datetime(2014, 3, 14, 17, 30)),
        ("reported_at", "2014-03-14 17:30:00.250000", datetime(2014, 3, 14, 17, 30, 0, 250_000)),
        ("interview_count", "１０３", 103),
        ("interview_count", "\u30007\u3000", 7),
        ("interview_count", "-0", 0),
        ("duration_h", "1e1", 10.0),
        ("duration_h", "2", 2.0),
        ("unit_id", "ｕ００１", "u001"),
        ("source_ref", "（三）表１", "（三）表１"),
    ],
)
def test_a_closed_list_of_forms_is_read(visits: Write, column: str, written: str, value: object) -> None:
    received = visits({column: written})
    assert received.failures == ()
    assert received.frames["visits"][column].to_list() == [value]


@pytest.mark.parametrize(
    ("column", "written", "wanted"),
    [
        ("announced", "1", "write true or false"),
        ("announced", "是", "write true or false"),
        ("announced", "True", "write true or false"),
        ("visited_on", "2014-3/12", "2014-03-10"),
        ("visited_on", "12/3/2014", "2014-03-10"),
        ("visited_on", "14-03-12", "2014-03-10"),
        ("visited_on", "2014年3月", "2014-03-10"),
        ("visited_on", "3月12日", "2014-03-10"),
        ("visited_on", "二〇一四年三月十二日", "2014-03-10"),
        ("visited_on", "20140312", "2014-03-10"),
        ("visited_on", "0000-01-01", "2014-03-10"),
        ("visited_on", "2014年2月30日", "existing day"),
        ("visited_on", "2014-02-30", "existing day"),
        ("visited_on", "3.10", "2014-03-10"),
        ("visited_on", "41708", "2014-03-10"),
        ("visited_on", "+2014-03-12", "2014-03-10"),
        ("visited_on", "2014-03-12 00:00:00", "2014-03-10"),
        ("reported_at", "2014-03-14", "2014-03-10 18:00:00"),
        ("reported_at", "2014-03-14 17:30:60", "2014-03-10 18:00:00"),
        ("reported_at", "2014-03-14 24:00:00", "2014-03-10 18:00:00"),
        ("reported_at", "2014-03-14 17:30:00Z", "2014-03-10 18:00:00"),
        ("interview_count", "5.0", "whole number"),
        ("interview_count", "5.5", "whole number"),
        ("interview_count", "+5", "whole number"),
        ("interview_count", "1 2", "whole number"),
        ("interview_count", "1，234", "whole number"),
        ("interview_count", "一百零三", "whole number"),
        ("interview_count", "5²", "whole number"),
        ("interview_count", "①", "whole number"),
        ("interview_count", "٣", "whole number"),
        ("interview_count", "2147483648", "whole number"),
        ("interview_count", "N/A", "whole number"),
        ("duration_h", "nan", "write a number as 0.5"),
        ("duration_h", "inf", "write a number as 0.5"),
        ("duration_h", "1e999", "write a number as 0.5"),
        ("duration_h", ".5", "write a number as 0.5"),
        ("duration_h", "2小时", "write a number as 0.5"),
    ],
)
def test_any_other_form_is_refused_with_its_place_and_value(
    visits: Write, column: str, written: str, wanted: str
) -> None:
    quoted = f'"{written}"' if "," in written else written
    received = visits({}, {column: quoted})
    assert refused(received) == [("visits.csv", "row 3", "type", column, written)]
    assert wanted in advice(received)


def test_every_unreadable_cell_is_named(visits: Write) -> None:
    received = visits(*[{"interview_count": "x", "revision": "y"}] * 50)
    assert len(received.failures) == 100
    assert refused(received)[-1] == ("visits.csv", "row 51", "type", "revision", "y")


def test_lists_are_joined_by_a_bar(tmp_path: Path) -> None:
    row = dict.fromkeys((column.name for column in columns("action_catalogue")), "")
    text = "".join(
        ",".join((row | {"applies_to": written}).values()) + "\n" for written in ("*", "township| subdistrict", "a||b")
    )
    (tmp_path / "action_catalogue.csv").write_text(",".join(row) + "\n" + text)
    received = read_folder(tmp_path)
    assert received.frames["action_catalogue"]["applies_to"].to_list() == [["*"], ["township", "subdistrict"], None]
    assert refused(received) == [("action_catalogue.csv", "row 4", "type", "applies_to", "a||b")]


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    names = list(reversed(VISIT))
    (tmp_path / "visits.csv").write_text(",".join(names) + "\n" + ",".join(VISIT[name] for name in names) + "\n")
    received = read_folder(tmp_path)
    assert received.failures == ()
    assert received.frames["visits"].schema == polars_schema("visits")


@pytest.mark.parametrize(
    ("change", "faults", "hint"),
    [
        (lambda names: [*names, "weather"], [("weather", "weather")], "unknown column: the columns are visit_id"),
        (lambda names: [n for n in names if n != "mode"], [("mode", "")], "this column is missing"),
        (lambda names: ["visit_no", *names[1:]], [("visit_no", "visit_no"), ("visit_id", "")], "mean 'visit_id'?"),
        (lambda names: [*names, "mode"], [("mode", "mode")] * 2, "stands 2 times"),
        (lambda names: [*names, ""], [("", "")], "unknown column"),
    ],
)
def test_a_header_that_differs_is_refused(
    tmp_path: Path, change: Callable[[list[str]], list[str]], faults: list[tuple[str, str]], hint: str
) -> None:
    (tmp_path / "visits.csv").write_text(",".join(change(list(VISIT))) + "\n")
    received = read_folder(tmp_path)
    assert refused(received) == [("visits.csv", "row 1", "columns", *fault) for fault in faults]
    assert hint in advice(received)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("visit.csv", "did you mean 'visits.csv'?"),
        ("Visits.CSV", "did you mean 'visits.csv'?"),
        ("visits.xls", "did you mean 'visits.xlsx'?"),
        ("readme.docx", "each file is <table>.csv"),
        ("~$visits.xlsx", "close it"),
    ],
)
def test_an_unknown_file_is_refused(tmp_path: Path, name: str, hint: str) -> None:
    (tmp_path / name).write_text("")
    received = read_folder(tmp_path)
    assert refused(received) == [(name, "", "file", "", "")]
    assert hint in advice(received)


def test_what_file_managers_leave_behind_is_passed_over(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_text("x")
    assert read_folder(tmp_path).failures == ()


def test_a_folder_inside_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").mkdir()
    assert "directly" in advice(read_folder(tmp_path))
    assert "no such folder" in advice(read_folder(tmp_path / "missing"))


def test_two_files_for_one_table_are_refused(tmp_path: Path, visits: Write) -> None:
    polars_schema("visits").to_frame().write_parquet(tmp_path / "visits.parquet")
    received = visits({})
    assert ("visits.parquet", "", "file", "", "") in refused(received)
    assert "two files for visits (visits.csv, visits.parquet)" in advice(received)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_text_is_read_in_the_usual_encodings(visits: Write, encoding: str) -> None:
    received = visits({"source_ref": "督导台账第三页"}, encoding=encoding)
    assert received.failures == ()
    assert received.frames["visits"]["source_ref"].to_list() == ["督导台账第三页"]
    assert received.sources[0].form == f"csv, {encoding.removesuffix('-sig')}"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_refused(visits: Write, encoding: str) -> None:
    assert "CSV UTF-8" in advice(visits({"source_ref": "督导台账"}, encoding=encoding))


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_bytes(",".join(VISIT).encode() + b"\n\xff\xff\n")
    assert "neither UTF-8 nor GB18030" in advice(read_folder(tmp_path))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_blank_lines_and_line_ends_do_not_shift_the_row_numbers(tmp_path: Path, ending: str, quote: str) -> None:
    good = ",".join(quote + value + quote for value in VISIT.values())
    bad = ",".join((VISIT | {"revision": "x"}).values())
    empty_cells = "," * (len(VISIT) - 1)
    lines = [",".join(VISIT), good, "", empty_cells, bad, "", ""]
    (tmp_path / "visits.csv").write_text(ending.join(lines), newline="")
    received = read_folder(tmp_path)
    assert received.frames["visits"].height == 2
    assert refused(received) == [("visits.csv", "row 5", "type", "revision", "x")]


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ("v1,T1", "row 2", "2 cells where the header has 17"),
        (",".join([*VISIT.values(), "more"]), "row 2", "18 cells where the header has 17"),
        ('"v1"x' + "," * 16, "row 2", "broken quoting"),
        ('"v1' + "," * 16, "row 2", "broken quoting"),
    ],
)
def test_a_broken_line_is_refused_with_its_number(tmp_path: Path, line: str, place: str, hint: str) -> None:
    (tmp_path / "visits.csv").write_text(",".join(VISIT) + "\n" + line + "\n")
    received = read_folder(tmp_path)
    assert [(fault.place, fault.rule) for fault in received.failures] == [(place, "columns")]
    assert hint in advice(received)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text("")
    assert "the file is empty" in advice(read_folder(tmp_path))


def test_files_beyond_the_limits_are_refused(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text(",".join(VISIT) + "\n" + (",".join(VISIT.values()) + "\n") * 4)
    assert "more than 3 rows" in advice(read_folder(tmp_path, Limits(rows=3)))
    assert "larger than 0 MB" in advice(read_folder(tmp_path, Limits(file_bytes=10)))
    assert read_folder(tmp_path, Limits(rows=4)).failures == ()


def test_a_parquet_file_is_taken_as_it_is(tmp_path: Path, units: Callable[[int], pl.DataFrame]) -> None:
    units(7).write_parquet(tmp_path / "units.parquet")
    received = read_folder(tmp_path)
    assert received.frames["units"].equals(units(7))
    assert received.places["units"].of(3) == "row 4"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda f: f.with_columns(pl.col("sub_batch").cast(pl.Int64)), ("sub_batch", "Int64")),
        (lambda f: f.with_columns(pl.col("unit_type").cast(pl.Categorical)), ("unit_type", "Categorical")),
        (lambda f: f.drop("left_on"), ("left_on", "")),
        (lambda f: f.with_columns(mood=pl.lit("good")), ("mood", "String")),
    ],
)
def test_a_parquet_file_of_another_schema_is_refused(
    tmp_path: Path,
    units: Callable[[int], pl.DataFrame],
    change: Callable[[pl.DataFrame], pl.DataFrame],
    fault: tuple[str, str],
) -> None:
    change(units(3)).write_parquet(tmp_path / "units.parquet")
    assert refused(read_folder(tmp_path)) == [("units.parquet", "", "columns", *fault)]


def test_a_parquet_file_in_another_order_or_damaged_is_refused(
    tmp_path: Path, units: Callable[[int], pl.DataFrame]
) -> None:
    path = tmp_path / "units.parquet"
    units(3).select(reversed(units(3).columns)).write_parquet(path)
    assert "write the columns in this order" in advice(read_folder(tmp_path))
    path.write_bytes(path.read_bytes()[:-30])
    assert "not readable as Parquet" in advice(read_folder(tmp_path))


def test_failures_become_a_frame_of_text(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("")
    frame = failure_frame(read_folder(tmp_path).failures)
    assert frame.schema == dict.fromkeys(FAILURES, pl.String)
    assert failure_frame([]).columns == list(FAILURES)
