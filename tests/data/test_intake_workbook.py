"""What one sender sends: a workbook with a sheet for each table, or a folder with a CSV file for each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from data.intake import Here, Limits, Workbook, read_workbook
from data.schemas.senders import OFFICE, VOID, sent_columns

CHECK: Mapping[str, Any] = {
    "unit_id": "U001", "action_code": "A05", "instance_no": 1, "item_no": 2, "state": "present",
    "checked_on": None, "void": None,
}  # fmt: skip
SESSION: Mapping[str, Any] = {
    "session_id": "s1", "group_id": "T1", "unit_id": "U001", "held_on": "2014年3月12日", "interview_count": "３",
    "topic": "progress", "void": "true",
}  # fmt: skip

Rows = Sequence[Mapping[str, Any]]
Take = Callable[..., Workbook]


def write(path: Path, sheets: Mapping[str, Rows], hidden: Sequence[str] = (), drop: Sequence[str] = ()) -> None:
    """A workbook with a row of labels, a row of names and these rows in each sheet."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("说明 Guide").write(0, 0, "how to")
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            names = [name for name in rows[0] if name not in drop] if rows else [c.name for c in sent_columns(title)]
            page.write_row(0, 0, [f"标签 {name}" for name in names])
            page.write_row(1, 0, names)
            for number, row in enumerate(rows, start=2):
                page.write_row(number, 0, [row[name] for name in names])
            if title in hidden:
                page.hide()


@pytest.fixture
def taken(tmp_path: Path) -> Take:
    """Take in a workbook of a sender."""

    def take(sheets: Mapping[str, Rows], sender: str = "T1", **more: Sequence[str]) -> Workbook:
        write(tmp_path / f"{sender}.xlsx", sheets, **more)
        return read_workbook(tmp_path / f"{sender}.xlsx", reader=Here())

    return take


def refused(book: Workbook) -> list[tuple[str, ...]]:
    return [(fault.file, fault.place, fault.rule, fault.value) for fault in book.failures]


def advice(book: Workbook) -> str:
    return "; ".join(fault.message for fault in book.failures)


def test_each_sheet_becomes_a_typed_table_with_void_as_its_last_column(taken: Take) -> None:
    book = taken({"action_content_checks": [CHECK], "interview_sessions": [SESSION]})
    assert book.failures == ()
    assert (book.sender, list(book.tables)) == ("T1", ["action_content_checks", "interview_sessions"])
    checks, sessions = book.frames.values()
    assert checks.row(0) == ("U001", "A05", 1, 2, "present", None, False)
    assert sessions.row(0) == ("s1", "T1", "U001", date(2014, 3, 12), 3, "progress", True)
    assert [source.form for source in book.sources] == [
        "xlsx, sheet action_content_checks",
        "xlsx, sheet interview_sessions",
    ]
    assert {source.name for source in book.sources} == {"T1.xlsx"}


def test_void_may_be_left_out(taken: Take) -> None:
    book = taken({"action_content_checks": [CHECK]}, drop=["void"])
    assert book.failures == ()
    assert book.frames["action_content_checks"][VOID.name].to_list() == [False]


def test_a_fault_is_named_by_workbook_sheet_and_cell_and_the_rest_is_read(taken: Take) -> None:
    book = taken({"action_content_checks": [CHECK, CHECK | {"instance_no": "一"}], "interview_sessions": [SESSION]})
    assert refused(book) == [("T1.xlsx", "action_content_checks!C4", "type", "一")]
    assert book.unreadable_rows == {"action_content_checks": {1}}
    assert book.frames["interview_sessions"].height == 1
    assert book.unread == frozenset()


def test_a_sheet_with_another_header_is_not_read_and_the_others_are(taken: Take) -> None:
    book = taken({"action_content_checks": [CHECK], "interview_sessions": [SESSION]}, drop=["topic"])
    assert refused(book) == [("T1.xlsx", "interview_sessions!A2", "columns", "")]
    assert (list(book.tables), book.unread) == (["action_content_checks"], {"interview_sessions"})


@pytest.mark.parametrize(
    ("title", "hint"),
    [
        ("Visits", "did you mean 'visits'?"),
        ("visits (2)", "did you mean 'visits'?"),
        ("matters", "the office sends this table"),
        ("汇总", "the sheets are action_records"),
    ],
)
def test_a_sheet_that_is_none_of_the_sender_is_refused(taken: Take, title: str, hint: str) -> None:
    book = taken({"action_content_checks": [CHECK], title: [CHECK]})
    assert refused(book) == [("T1.xlsx", title, "file", title)]
    assert hint in advice(book)


def test_a_hidden_sheet_of_a_table_is_refused(taken: Take) -> None:
    book = taken({"action_content_checks": [CHECK], "interview_sessions": [SESSION]}, hidden=["interview_sessions"])
    assert refused(book) == [("T1.xlsx", "interview_sessions", "file", "")]
    assert "hidden" in advice(book)
    assert book.unread == {"interview_sessions"}


def test_each_side_sends_its_own_tables(taken: Take) -> None:
    rows = {"matter_due_rules": [], "action_content_checks": [CHECK]}
    office, group = taken(rows, OFFICE), taken(rows)
    assert (list(office.tables), refused(office)[0][1]) == (["matter_due_rules"], "action_content_checks")
    assert (list(group.tables), refused(group)[0][1]) == (["action_content_checks"], "matter_due_rules")


def test_a_workbook_without_a_sheet_of_a_week_is_refused(taken: Take) -> None:
    assert "none of the sheets of a week" in advice(taken({}))


def test_the_bytes_of_an_uploaded_workbook_are_read_like_its_file(tmp_path: Path) -> None:
    write(tmp_path / "any.xlsx", {"action_content_checks": [CHECK]})
    book = read_workbook((tmp_path / "any.xlsx").read_bytes(), "C3", reader=Here())
    assert (book.sender, book.failures) == ("C3", ())
    assert book.places["action_content_checks"].file == "C3.xlsx"


def test_a_folder_of_csv_files_counts_the_same(tmp_path: Path) -> None:
    names = list(SESSION)
    (tmp_path / "T1").mkdir()
    (tmp_path / "T1" / "interview_sessions.csv").write_text(
        f"{','.join(names)}\ns1,T1,U001,2014-03-12,3,progress,true\n"
    )
    (tmp_path / "T1" / ".DS_Store").write_text("x")
    book = read_workbook(tmp_path / "T1", reader=Here())
    assert (book.sender, book.failures) == ("T1", ())
    assert book.frames["interview_sessions"].row(0) == ("s1", "T1", "U001", date(2014, 3, 12), 3, "progress", True)
    assert book.sources[0].name == "T1/interview_sessions.csv"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("interview_session.csv", "did you mean 'interview_sessions.csv'?"),
        ("units.csv", "unknown file"),
        ("visits.xlsx", "did you mean 'visits.csv'?"),
        ("x.csv", "the files are action_records"),
    ],
)
def test_another_file_in_such_a_folder_is_refused(tmp_path: Path, name: str, hint: str) -> None:
    (tmp_path / "T1").mkdir()
    (tmp_path / "T1" / name).write_text("x")
    book = read_workbook(tmp_path / "T1", reader=Here())
    assert refused(book) == [(f"T1/{name}", "", "file", "")]
    assert hint in advice(book)


def test_an_empty_folder_and_a_missing_workbook_are_refused(tmp_path: Path) -> None:
    (tmp_path / "T1").mkdir()
    assert "holds no table" in advice(read_workbook(tmp_path / "T1", reader=Here()))
    assert "cannot be read" in advice(read_workbook(tmp_path / "T2.xlsx", reader=Here()))


def test_a_workbook_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    write(tmp_path / "T1.xlsx", {"action_content_checks": [CHECK]})
    few = Limits(file_bytes=100)
    assert "larger than" in advice(read_workbook(tmp_path / "T1.xlsx", limits=few, reader=Here()))
    content = (tmp_path / "T1.xlsx").read_bytes()
    assert "larger than" in advice(read_workbook(content, "T1", limits=few, reader=Here()))


def test_a_workbook_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    write(tmp_path / "T1.xlsx", {"action_content_checks": [CHECK], "interview_sessions": [SESSION]})
    apart, here = read_workbook(tmp_path / "T1.xlsx"), read_workbook(tmp_path / "T1.xlsx", reader=Here())
    assert all(apart.frames[table].equals(frame) for table, frame in here.frames.items())
    assert (apart.sources, apart.failures) == (here.sources, ())
