"""The empty workbooks: what a person finds in them, and that what is filled in comes back."""

import shutil
import subprocess
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from data.demo import KNOWN_ON
from data.demo.world import known
from data.exceptions import DataError
from data.intake import Here, Workbook, read_workbook
from data.intake.pages import CODES, GUIDE, REFERENCE
from data.intake.parsing import parse
from data.schemas import TABLES, columns
from data.schemas.labels import labels
from data.schemas.senders import GROUP_TABLES, OFFICE, OFFICE_TABLES, VOID, sent_columns, tables_of
from data.templates import Origin, write_templates, write_workbook

DAY = KNOWN_ON[-1]
ORIGIN = Origin(DAY, "演示", "demonstration")
GROUPS = ("T1", "T2", "T3", "T4", "C1", "C2", "C3", "C4", "C5", "C6")
LONGEST_MESSAGE, LONGEST_TITLE, LONGEST_SHEET_NAME = 255, 32, 31


@cache
def tables() -> dict[str, pl.DataFrame]:
    """The demonstration county as it was known on its last day."""
    text = {table: known(table, DAY) for table in TABLES}
    catalogue, _ = parse(text["action_catalogue"].cast(pl.String), columns("action_catalogue"))
    return text | {"action_catalogue": catalogue}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the empty workbooks of every sender."""
    folder = tmp_path_factory.mktemp("templates") / "week"
    write_templates(folder, tables(), ORIGIN)
    return folder


@pytest.fixture(scope="module")
def books(folder: Path) -> Mapping[str, Any]:
    """Two of the workbooks, opened."""
    return {sender: openpyxl.load_workbook(folder / f"{sender}.xlsx") for sender in ("C3", OFFICE)}


def own_rows(sender: str, most: int = 40) -> dict[str, pl.DataFrame]:
    """Some rows that a sender may send: its columns and void."""
    units = tables()["unit_assignments"].filter(pl.col("group_id") == sender)["unit_id"].implode()
    found = {}
    for table in tables_of(sender):
        rows = tables()[table]
        if sender != OFFICE and "unit_id" in rows.columns:
            rows = rows.filter(pl.col("unit_id").is_in(units))
        void = (pl.int_range(pl.len()) % 7 == 3).alias(VOID.name)
        found[table] = rows.head(most).with_columns(void).select(column.name for column in sent_columns(table))
    return found


def checks(page: Any) -> dict[str, DataValidation]:
    """The check of each column, by its name in the second row."""
    names = {cell.column_letter: cell.value for cell in page[2]}
    return {names[str(one.sqref).partition("3")[0]]: one for one in page.data_validations.dataValidation}


def choices(book: Any, check: DataValidation) -> list[str]:
    """The codes that a drop-down list offers."""
    title, _, area = str(check.formula1).rpartition("!")
    return [row[0].value for row in book[title.strip("'")][area.replace("$", "")]]


def test_every_group_and_the_office_has_its_workbook(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{one}.xlsx" for one in (*GROUPS, OFFICE))


@pytest.mark.parametrize(("sender", "own"), [("C3", GROUP_TABLES), (OFFICE, OFFICE_TABLES)])
def test_a_workbook_has_a_guide_a_sheet_for_each_table_the_codes_and_the_lists(
    books: Mapping[str, Any], sender: str, own: tuple[str, ...]
) -> None:
    names = books[sender].sheetnames
    assert names[: len(own) + 2] == [GUIDE, *own, CODES]
    assert all(name.startswith(REFERENCE) for name in names[len(own) + 2 :])
    assert max(map(len, names)) <= LONGEST_SHEET_NAME


def test_between_them_the_workbooks_hold_every_table() -> None:
    assert set(GROUP_TABLES) | set(OFFICE_TABLES) == set(TABLES)


@pytest.mark.parametrize("sender", ["C3", OFFICE])
def test_the_header_is_bilingual_then_for_the_machine_frozen_and_locked(books: Mapping[str, Any], sender: str) -> None:
    for table in tables_of(sender):
        page, described = books[sender][table], sent_columns(table)
        assert [cell.value for cell in page[2]] == [column.name for column in described]
        for cell, column in zip(page[1], described, strict=True):
            assert column.zh in cell.value
            assert column.en in cell.value
            assert column.zh in cell.comment.text
            assert column.en in cell.comment.text
        assert page.protection.sheet
        assert all(cell.protection.locked for row in page["1:2"] for cell in row)
        assert not any(cell.protection.locked for row in page["3:302"] for cell in row[: len(described)])
        assert page.freeze_panes == "B3"


@pytest.mark.parametrize("sender", ["C3", OFFICE])
def test_every_column_is_formatted_and_checked_by_its_kind(books: Mapping[str, Any], sender: str) -> None:
    kinds = {pl.Date: "date", pl.Datetime: "date", pl.Int32: "whole", pl.Float64: "decimal", pl.Boolean: "list"}
    formats = {pl.Date: "yyyy-mm-dd", pl.Datetime: "yyyy-mm-dd hh:mm:ss", pl.Int32: "0", pl.String: "@", pl.List: "@"}
    for table in tables_of(sender):
        page = books[sender][table]
        found = checks(page)
        for cell, column in zip(page[3], sent_columns(table), strict=True):
            kind = column.dtype.base_type()
            assert cell.number_format == formats.get(kind, "General")
            check = found[column.name]
            assert column.zh in check.prompt
            assert max(len(check.prompt), len(check.error)) <= LONGEST_MESSAGE
            if kind in kinds:
                assert check.type == kinds[kind]
            elif column.values and kind == pl.String:
                assert set(choices(books[sender], check)) <= set(column.values)
        assert all(len(check.promptTitle) <= LONGEST_TITLE for check in found.values())


def test_a_group_chooses_from_its_own_units_and_reports_and_from_all_actions_and_bodies(
    books: Mapping[str, Any],
) -> None:
    book = books["C3"]
    visits, filings, problems = (checks(book[name]) for name in ("visits", "report_filings", "problems"))
    units = tables()["unit_assignments"].filter(pl.col("group_id") == "C3")["unit_id"].sort().to_list()
    reports = tables()["report_schedule"].filter(pl.col("reporter_id") == "C3")["report_due_id"].sort().to_list()
    assert choices(book, visits["unit_id"]) == units
    assert choices(book, visits["group_id"]) == ["C3"]
    assert (
        choices(book, visits["targeted_action"])
        == tables()["action_catalogue"]["action_code"].unique().sort().to_list()
    )
    assert choices(book, filings["report_due_id"]) == reports
    assert choices(book, problems["responsible_body_id"]) == tables()["bodies"]["body_id"].sort().to_list()
    assert {visits["unit_id"].errorStyle, filings["report_due_id"].errorStyle} <= {None, "stop"}
    assert checks(book["rectification_events"])["problem_id"].errorStyle == "warning"


def test_each_side_gives_its_own_marks_and_a_group_its_feedback_only(books: Mapping[str, Any]) -> None:
    sides = {sender: choices(book, checks(book["action_reviews"])["reviewer_side"]) for sender, book in books.items()}
    assert sides == {"C3": ["group"], OFFICE: ["office_spot_check"]}
    assert choices(books["C3"], checks(books["C3"]["matter_events"])["event_type"]) == ["feedback"]


def test_the_code_stands_beside_its_meaning_in_both_languages(books: Mapping[str, Any]) -> None:
    rows = [tuple(cell.value for cell in row) for row in books["C3"][CODES].iter_rows(min_row=2)]
    assert ("visits", "mode", "on_site", *labels("visits", "mode")["on_site"]) in rows
    shown = {
        row[0].value: [cell.value for cell in row[1:3]] for row in books["C3"][f"{REFERENCE}单位 Units"].iter_rows()
    }
    own = tables()["unit_assignments"].filter(pl.col("group_id") == "C3")["unit_id"][0]
    unit = tables()["units"].row(by_predicate=pl.col("unit_id") == own, named=True)
    assert shown[own] == [unit["name_zh"], unit["name_en"]]


def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    hostile = "=HYPERLINK(1)"
    units = tables()["units"].with_columns(name_zh=pl.lit(hostile))
    write_workbook(tmp_path / "C3.xlsx", "C3", {**tables(), "units": units}, ORIGIN)
    cell = openpyxl.load_workbook(tmp_path / "C3.xlsx")[f"{REFERENCE}单位 Units"]["B2"]
    assert (cell.data_type, cell.value) == ("s", hostile)


def test_every_code_has_a_name_in_both_languages() -> None:
    for table in TABLES:
        for column in columns(table):
            if column.values:
                assert tuple(labels(table, column.name)) == column.values
                assert all(zh and en for zh, en in labels(table, column.name).values())


def test_the_guide_says_where_the_lists_come_from_and_names_no_file_of_this_machine(books: Mapping[str, Any]) -> None:
    text = "\n".join(str(cell.value) for row in books["C3"][GUIDE].iter_rows() for cell in row if cell.value)
    assert "演示" in text
    assert "demonstration" in text
    assert "/tmp" not in text


def test_the_same_tables_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_workbook(tmp_path / "C3.xlsx", "C3", tables(), ORIGIN)
    assert (tmp_path / "C3.xlsx").read_bytes() == (folder / "C3.xlsx").read_bytes()


def test_a_workbook_that_may_be_filled_in_is_not_overwritten(folder: Path) -> None:
    before = (folder / "T1.xlsx").read_bytes()
    with pytest.raises(FileExistsError, match=r"T1\.xlsx is there already"):
        write_templates(folder, tables(), ORIGIN)
    assert (folder / "T1.xlsx").read_bytes() == before


@pytest.mark.parametrize("sender", [*GROUPS, OFFICE])
def test_an_empty_workbook_is_read_without_a_row_and_without_a_fault(folder: Path, sender: str) -> None:
    received = read_workbook(folder / f"{sender}.xlsx", reader=Here())
    assert received.failures == ()
    assert list(received.tables) == list(tables_of(sender))
    assert sum(frame.height for frame in received.frames.values()) == 0


def test_what_a_program_fills_in_comes_back_equal(folder: Path, tmp_path: Path) -> None:
    rows = own_rows("C3")
    path = filled_by_openpyxl(folder / "C3.xlsx", tmp_path / "C3.xlsx", rows)
    check_equal(read_workbook(path, reader=Here()), rows)


@pytest.mark.parametrize("sender", ["T4", OFFICE])
def test_a_workbook_written_with_rows_comes_back_equal(sender: str, tmp_path: Path) -> None:
    rows = own_rows(sender)
    write_workbook(tmp_path / f"{sender}.xlsx", sender, tables(), ORIGIN, rows)
    check_equal(read_workbook(tmp_path / f"{sender}.xlsx", reader=Here()), rows)


def test_a_place_names_the_sheet_and_the_cell(tmp_path: Path) -> None:
    rows = own_rows("T1")
    write_workbook(tmp_path / "T1.xlsx", "T1", tables(), ORIGIN, rows)
    places = read_workbook(tmp_path / "T1.xlsx", reader=Here()).places["visits"]
    assert (places.file, places.of(0, "unit_id"), places.of(4, "void")) == ("T1.xlsx", "visits!C3", "visits!N7")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice Calc is not installed")
def test_what_libreoffice_opens_and_saves_again_comes_back_equal(folder: Path, tmp_path: Path) -> None:
    rows = own_rows("C3")
    path = filled_by_openpyxl(folder / "C3.xlsx", tmp_path / "C3.xlsx", rows)
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "saved", path],
        capture_output=True, text=True, timeout=110,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "javaldx" not in line and line.strip()]
    assert (done.returncode, said) == (0, [])
    check_equal(read_workbook(tmp_path / "saved" / "C3.xlsx", reader=Here()), rows)


def filled_by_openpyxl(template: Path, path: Path, rows: Mapping[str, pl.DataFrame]) -> Path:
    book = openpyxl.load_workbook(template)
    for table, frame in rows.items():
        for number, row in enumerate(frame.iter_rows(), start=3):
            for position, value in enumerate(row, start=1):
                book[table].cell(number, position).value = value
    book.save(path)
    return path


def check_equal(received: Workbook, rows: Mapping[str, pl.DataFrame]) -> None:
    assert received.failures == ()
    assert set(received.frames) == set(rows)
    for table, frame in rows.items():
        assert received.frames[table].equals(frame), table
    assert sum(frame.height for frame in rows.values()) > 100


def test_days_and_moments_are_real_cells_of_their_kind(tmp_path: Path) -> None:
    write_workbook(tmp_path / "C3.xlsx", "C3", tables(), ORIGIN, own_rows("C3"))
    book = openpyxl.load_workbook(tmp_path / "C3.xlsx")
    assert isinstance(book["visits"]["D3"].value, datetime | date)
    assert isinstance(book["report_filings"]["C3"].value, datetime)


def test_a_group_whose_code_names_no_file_gets_no_workbook(tmp_path: Path) -> None:
    tables = {table: known(table, KNOWN_ON[-1]) for table in TABLES}
    evil = tables["supervision_groups"].head(1).with_columns(group_id=pl.lit("../../evil"))
    tables["supervision_groups"] = pl.concat([tables["supervision_groups"], evil])
    with pytest.raises(DataError, match="cannot name a workbook"):
        write_templates(tmp_path / "a" / "b", tables, Origin(date(2014, 10, 5), "x", "x"))
    assert list(tmp_path.iterdir()) == []
