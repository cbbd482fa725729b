import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from data.intake import Here, Limits, Received
from data.intake import read_folder as read_folder_by
from data.schemas import columns

read_folder = partial(read_folder_by, reader=Here())

NAMES = [column.name for column in columns("visits")]
VISIT: dict[str, Any] = {
    "visit_id": "v1", "group_id": "T1", "unit_id": "u001", "visited_on": date(2014, 3, 12), "mode": "on_site",
    "announced": True, "purpose": "guide", "duration_h": 2.5, "interview_count": 3, "documents_checked": True,
    "meeting_attended": False, "problems_raised": 0, "targeted_action": None,
    "reported_at": datetime(2014, 3, 14, 17, 30), "revision": 1, "is_void": False, "source_ref": None,
}  # fmt: skip

Change = Callable[[xlsxwriter.Workbook, Any], object]


def write(path: Path, *rows: dict[str, Any], change: Change | None = None, sheet: str = "visits") -> None:
    """A workbook of visits, each the usual one with the given cells instead; `change` does the rest."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, NAMES)
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for number, cells in enumerate(rows, start=1):
            for position, value in enumerate((VISIT | cells).values()):
                if type(value) in formats:
                    page.write_datetime(number, position, value, formats[type(value)])
                elif value is not None:
                    page.write(number, position, value)
        if change:
            change(book, page)


@pytest.fixture
def taken(tmp_path: Path) -> Callable[..., Received]:
    """Take in a workbook of visits."""

    def take(*rows: dict[str, Any], change: Change | None = None, sheet: str = "visits") -> Received:
        write(tmp_path / "visits.xlsx", *rows, change=change, sheet=sheet)
        return read_folder(tmp_path)

    return take


def refused(received: Received) -> list[tuple[str, ...]]:
    return [(fault.place, fault.rule, fault.column, fault.value) for fault in received.failures]


def advice(received: Received) -> str:
    return "; ".join(fault.message for fault in received.failures)


def test_cells_are_read_by_what_they_hold(taken: Callable[..., Received]) -> None:
    written = {"visit_id": "v2", "visited_on": "2014-03-13", "interview_count": "１２", "announced": "false"}
    received = taken({}, written)
    assert received.failures == ()
    frame = received.frames["visits"]
    assert frame["visited_on"].to_list() == [date(2014, 3, 12), date(2014, 3, 13)]
    assert frame["reported_at"].to_list() == [datetime(2014, 3, 14, 17, 30)] * 2
    assert frame["interview_count"].to_list() == [3, 12]
    assert frame["announced"].to_list() == [True, False]
    assert frame["duration_h"].to_list() == [2.5, 2.5]
    assert received.sources[0].form == "xlsx, sheet visits"


def test_midnight_is_a_moment_where_a_moment_is_wanted(taken: Callable[..., Received]) -> None:
    received = taken({"reported_at": datetime(2014, 3, 14)})
    assert received.frames["visits"]["reported_at"].to_list() == [datetime(2014, 3, 14)]


@pytest.mark.parametrize(
    ("cells", "place", "value"),
    [
        ({"interview_count": 5.5}, "I2", "5.5"),
        ({"interview_count": True}, "I2", "true"),
        ({"interview_count": 1e15}, "I2", "1000000000000000"),
        ({"interview_count": date(2014, 3, 1)}, "I2", "2014-03-01"),
        ({"visited_on": 41708}, "D2", "41708"),
        ({"visited_on": "3月10日"}, "D2", "3月10日"),
        ({"visited_on": datetime(2014, 3, 10, 8, 0)}, "D2", "2014-03-10 08:00:00"),
        ({"announced": 1}, "F2", "1"),
        ({"source_ref": 3.10}, "Q2", "3.1"),
        ({"source_ref": date(2014, 3, 10)}, "Q2", "2014-03-10"),
        ({"source_ref": True}, "Q2", "true"),
    ],
)
def test_a_cell_of_another_kind_is_refused_by_its_address(
    taken: Callable[..., Received], cells: dict[str, Any], place: str, value: str
) -> None:
    received = taken(cells)
    assert refused(received) == [(f"visits!{place}", "type", next(iter(cells)), value)]


def test_a_whole_number_is_text_as_long_as_it_looks_so(taken: Callable[..., Received]) -> None:
    assert taken({"source_ref": 12}).frames["visits"]["source_ref"].to_list() == ["12"]

    def padded(book: xlsxwriter.Workbook, page: Any) -> None:
        page.write_number(1, NAMES.index("source_ref"), 7, book.add_format({"num_format": "000"}))

    assert refused(taken({}, change=padded)) == [("visits!Q2", "type", "source_ref", "7")]


def test_a_formula_that_was_never_calculated_is_refused(taken: Callable[..., Received]) -> None:
    received = taken({}, change=lambda _, page: page.write_formula(1, NAMES.index("problems_raised"), "=1+1"))
    assert refused(received) == [("visits!L2", "type", "problems_raised", "=1+1")]
    assert "never calculated" in advice(received)


def test_the_stored_value_of_a_calculated_formula_is_read(tmp_path: Path) -> None:
    def formula(_: xlsxwriter.Workbook, page: Any) -> None:
        page.write_formula(1, NAMES.index("problems_raised"), "=1+1", value=2)

    write(tmp_path / "visits.xlsx", {}, change=formula)
    rewrite(tmp_path / "visits.xlsx", "xl/workbook.xml", b' fullCalcOnLoad="1"', b"")
    received = read_folder(tmp_path)
    assert received.failures == ()
    assert received.frames["visits"]["problems_raised"].to_list() == [2]


def test_a_formula_without_a_stored_value_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(NAMES)
    page.append([value for value in VISIT.values()])
    page.cell(2, NAMES.index("problems_raised") + 1, "=1+1")
    book.save(tmp_path / "visits.xlsx")
    rewrite(tmp_path / "visits.xlsx", "xl/workbook.xml", b' fullCalcOnLoad="1"', b"")
    assert refused(read_folder(tmp_path)) == [("Sheet!L2", "type", "problems_raised", "=1+1")]


def test_an_error_cell_is_refused(tmp_path: Path) -> None:
    def error(_: xlsxwriter.Workbook, page: Any) -> None:
        page.write_formula(1, NAMES.index("duration_h"), "=1/0", value="#DIV/0!")

    write(tmp_path / "visits.xlsx", {}, change=error)
    rewrite(tmp_path / "visits.xlsx", "xl/workbook.xml", b' fullCalcOnLoad="1"', b"")
    received = read_folder(tmp_path)
    assert refused(received) == [("visits!H2", "type", "duration_h", "#DIV/0!")]
    assert "holds an error" in advice(received)


def test_merged_cells_are_refused(taken: Callable[..., Received]) -> None:
    received = taken({}, {"visit_id": "v2"}, change=lambda _, page: page.merge_range("C2:C3", "u001"))
    assert ("visits!C2:C3", "type", "", "") in refused(received)


def test_blank_rows_do_not_shift_the_addresses(taken: Callable[..., Received]) -> None:
    blank = dict.fromkeys(NAMES)
    received = taken({}, blank, {"visit_id": "v2", "revision": "x"}, blank)
    assert received.frames["visits"]["visit_id"].to_list() == ["v1", "v2"]
    assert refused(received) == [("visits!O4", "type", "revision", "x")]
    assert received.places["visits"].of(1, "unit_id") == "visits!C4"
    assert received.places["visits"].of(1) == "visits!A4"


def test_a_cell_outside_the_header_is_refused(taken: Callable[..., Received]) -> None:
    received = taken({}, change=lambda _, page: page.write(1, len(NAMES) + 1, "note"))
    assert refused(received) == [("visits!S2", "columns", "", "note")]


@pytest.mark.parametrize(
    ("names", "place"),
    [([*NAMES, "mode"], "E1"), (NAMES[1:], "A1"), ([*NAMES[:-1], "sources_ref"], "Q1"), ([], "A1")],
)
def test_a_workbook_header_that_differs_is_refused_by_its_cell(tmp_path: Path, names: list[str], place: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "visits.xlsx") as book:
        book.add_worksheet("visits").write_row(0, 0, names)
    received = read_folder(tmp_path)
    assert {fault.rule for fault in received.failures} == {"columns"}
    assert received.failures[0].place == f"visits!{place}"


def test_the_only_visible_sheet_is_read_whatever_its_name(taken: Callable[..., Received]) -> None:
    received = taken({}, sheet="登记表", change=lambda book, _: book.add_worksheet("lists").hide())
    assert received.failures == ()
    assert received.places["visits"].of(0, "unit_id") == "登记表!C2"


def test_among_several_sheets_the_one_named_like_the_table_is_read(taken: Callable[..., Received]) -> None:
    assert taken({}, change=lambda book, _: book.add_worksheet("notes").write(0, 0, "x")).failures == ()
    received = taken({}, sheet="Sheet1", change=lambda book, _: book.add_worksheet("notes"))
    assert "2 visible sheets: name one 'visits' or keep only one" in advice(received)


def test_more_rows_than_allowed_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "visits.xlsx", *[{}] * 4)
    assert "more than 3 rows" in advice(read_folder(tmp_path, Limits(workbook_rows=3)))
    assert read_folder(tmp_path, Limits(workbook_rows=4)).failures == ()


def test_a_cell_in_the_last_corner_is_refused_without_walking_there(taken: Callable[..., Received]) -> None:
    assert "more than 20000 rows" in advice(taken({}, change=lambda _, page: page.write("XFD1048576", "x")))


def test_a_workbook_that_unpacks_too_large_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "visits.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(30_000_000))
    assert "more than 20 MB when unpacked" in advice(read_folder(tmp_path, Limits(unzipped_bytes=20_000_000)))


def test_macros_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "visits.xlsx", {})
    with zipfile.ZipFile(tmp_path / "visits.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "macros" in advice(read_folder(tmp_path))


@pytest.mark.parametrize("content", [b"", b"visit_id,group_id\n", b"PK\x03\x04", bytes(100)])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "visits.xlsx").write_bytes(content)
    assert "not an Excel workbook" in advice(read_folder(tmp_path))


def test_no_damage_to_a_workbook_escapes_as_another_error(tmp_path: Path) -> None:
    write(tmp_path / "visits.xlsx", {}, {"visit_id": "v2"})
    content = (tmp_path / "visits.xlsx").read_bytes()
    expected = read_folder(tmp_path).frames["visits"]
    for position in range(0, len(content), 61):
        damaged = bytearray(content)
        damaged[position] ^= 0xFF
        (tmp_path / "visits.xlsx").write_bytes(bytes(damaged))
        received = read_folder(tmp_path)
        assert received.failures or received.frames["visits"].equals(expected)


def test_a_workbook_with_a_declared_entity_is_refused_or_read_plainly(tmp_path: Path) -> None:
    write(tmp_path / "visits.xlsx", {})
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n<worksheet'
    rewrite(tmp_path / "visits.xlsx", "xl/worksheets/sheet1.xml", b"<worksheet", bomb)
    received = read_folder(tmp_path)
    assert received.failures or received.frames["visits"].height == 1


def test_a_time_of_day_is_no_value_of_any_column(taken: Callable[..., Received]) -> None:
    def clock(book: xlsxwriter.Workbook, page: Any) -> None:
        page.write_datetime(1, NAMES.index("duration_h"), time(2, 30), book.add_format({"num_format": "hh:mm"}))

    assert refused(taken({}, change=clock)) == [("visits!H2", "type", "duration_h", "02:30:00")]


def rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Change the text of one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(written.getvalue())
