"""`campaign appraise`: the workbook parsed back equals the query and plain loops; hostile text stays text."""

import hashlib
import zipfile
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from dashboards.cli import main
from dashboards.markbook import SHEETS, ledger, write_ledger
from data.appraisal import shipped
from data.snapshots import Snapshot
from queries import Selection, Source, open_source
from queries.appraisal import ranked
from queries.coursework import appeals, points, rules_of, term_marks, term_named

Sheet = list[dict[str, Any]]
TERM = "2014Q2"


def parsed(path: Path) -> dict[str, Sheet]:
    """The sheets by name: one dictionary per row, by the English half of the header."""
    book = openpyxl.load_workbook(path)
    told = {}
    for page in book.worksheets:
        head, *lines = page.iter_rows(values_only=True)
        names = [str(name).split("\n")[1] for name in head]
        told[page.title] = [dict(zip(names, line, strict=True)) for line in lines]
    return told


@pytest.fixture(scope="module")
def book(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("appraisal") / "marks.xlsx"
    assert main(["appraise", TERM, "--data", str(demo_data), "--out", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def source(demo_data: Path) -> Source:
    return open_source(demo_data)


def test_the_sheets_stand_with_headers_in_both_languages_that_stay_in_sight(book: Path) -> None:
    pages = openpyxl.load_workbook(book).worksheets
    assert tuple(page.title for page in pages) == SHEETS
    for page in pages:
        assert page.freeze_panes == "A2"
        for cell in page[1]:
            zh, en = str(cell.value).split("\n")
            assert any("\u4e00" <= letter <= "\u9fff" for letter in zh), cell.value
            assert en.isascii()


def test_marks_are_those_of_the_query(book: Path, source: Source) -> None:
    sheet = {row["Unit no."]: row for row in parsed(book)["Marks"]}
    frame = ranked(term_named(term_marks(source, Selection()), TERM))
    assert len(sheet) == frame.height == 103
    names = {
        "Rank": "rank",
        "Units ranked": "count_ranked",
        "Coursework mark": "coursework_mark",
        "Coursework mark as entered": "published_mark",
        "Exam mark": "exam_mark",
        "Combined mark": "combined_mark",
        "Weight of coursework": "coursework_weight",
        "Events counted": "count_events",
        "Appeals pending": "count_pending",
        "Unit (Chinese)": "unit_name_zh",
    }
    for row in frame.to_dicts():
        assert {name: sheet[row["unit_id"]][name] for name in names} == {name: row[key] for name, key in names.items()}


def test_contributions_add_up_to_the_marks_and_stand_on_rows(book: Path, source: Source) -> None:
    told = parsed(book)
    sums: dict[str, Fraction] = {}
    for row in told["Contributions"]:
        sums[row["Unit no."]] = sums.get(row["Unit no."], Fraction(0)) + Fraction(str(row["Counted"]))
    for row in told["Marks"]:
        if row["Coursework mark"] is not None:
            whole = Fraction(str(row["Base"])) + sums.get(row["Unit no."], Fraction(0))
            assert max(Fraction(0), min(Fraction(100), whole)) == Fraction(str(row["Coursework mark"]))
    events = points(source, Selection()).filter(pl.col("period_id") == TERM)
    assert [row["Event no."] for row in told["Contributions"]] == events["event_id"].to_list()
    there = {(row["Evidence: table"], row["Evidence: key"]) for row in told["Evidence"]}
    assert there == {(row["Evidence: table"], row["Evidence: key"]) for row in told["Contributions"]}


def test_the_evidence_is_the_row_of_the_snapshot(book: Path, source: Source) -> None:
    lines = [row for row in parsed(book)["Evidence"] if row["Evidence: table"] == "bulletins"]
    bulletins = {str(row["issue_no"]): row for row in source.table("bulletins").to_dicts()}
    assert lines
    for line in lines:
        value, wanted = line["Value"], bulletins[line["Evidence: key"]][line["Column"]]
        if isinstance(value, datetime) and not isinstance(wanted, datetime):
            value = value.date()
        assert value == wanted, line


def test_rules_and_hash_are_those_of_the_file(book: Path, source: Source) -> None:
    told = parsed(book)
    assert {row["Rule code"]: (row["Points by the rule"], row["Cap"]) for row in told["Rules"]} == {
        row["rule_code"]: (row["points"], row["cap"]) for row in shipped().rows
    }
    about: dict[str, list[Any]] = {}
    for row in told["About"]:
        about.setdefault(row["Entry"].split(" / ")[1], []).append(row["Value"])
    text = "".join(f"{line}\n" for line in about["Text that the hash is of"])
    (stated,) = about["SHA-256 of the rules frozen for the term"]
    assert hashlib.sha256(text.encode()).hexdigest() == stated == rules_of(source, TERM, "coursework-2014")[0].sha256
    assert about["Snapshot"] == [source.snapshot_id]
    assert about["As known on"] == about["Events until"] == [datetime(2014, 9, 28)]
    assert about["Rule file"][0].endswith("as the file that came with the application")
    assert "synthetic" in about["Campaign"][0]


def test_appeals_are_those_of_the_query(book: Path, source: Source) -> None:
    frame = appeals(source, Selection()).filter(pl.col("period_id") == TERM)
    sheet = parsed(book)["Appeals"]
    names = ["Event no.", "Mark with the event", "Mark without it", "Coursework mark"]
    wanted = frame.select("event_id", "mark_counted", "mark_struck", "coursework_mark").rows()
    assert [tuple(row[name] for name in names) for row in sheet] == wanted
    assert {row["Appeal"].split(" / ")[1] for row in sheet} == {"pending", "upheld", "rejected"}


def test_numbers_and_days_are_real(book: Path) -> None:
    told = parsed(book)
    assert all(isinstance(row["Day"], datetime) for row in told["Contributions"])
    assert all(isinstance(row["Counted"], int | float) for row in told["Contributions"])


def test_the_same_marks_are_the_same_bytes(source: Source, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_ledger(tmp_path / name, ledger(source, Selection(), TERM, lambda *_: None))
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t=", "{="])
def test_a_name_that_leads_like_a_formula_stays_a_text(demo_data: Path, tmp_path: Path, lead: str) -> None:
    snapshot = Snapshot.newest(demo_data)
    hostile = f'{lead}HYPERLINK("http://x","y")'
    frames = snapshot.tables()
    units = frames["units"].with_columns(name_zh=pl.lit(hostile), name_en=pl.lit("http://evil.example"))
    source = Source.from_frames({**frames, "units": units}, snapshot.known_on)
    path = tmp_path / "hostile.xlsx"
    write_ledger(path, ledger(source, Selection(), TERM, lambda *_: None))
    page = openpyxl.load_workbook(path)["Marks"]
    column = next(cell.column for cell in page[1] if "Unit (Chinese)" in str(cell.value))
    cells = [page.cell(row, column) for row in range(2, page.max_row + 1)]
    assert {(cell.value, cell.data_type) for cell in cells} == {(hostile, "s")}
    with zipfile.ZipFile(path) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not [name for name in sheets if b"<f>" in packed.read(name) or b"<hyperlink" in packed.read(name)]


def test_an_earlier_day_is_asked_for_and_the_running_term_has_no_ranks(
    demo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "early.xlsx"
    words = ["appraise", TERM, "--known-on", "2014-04-13", "--data", str(demo_data), "--out", str(path)]
    assert main(words) == 0
    assert "98 units marked, 0 ranked, 2014-04-13-" in capsys.readouterr().out
    sheet = parsed(path)["Marks"]
    assert {row["Combined mark"] for row in sheet} == {row["Rank"] for row in sheet} == {None}
    assert len([row for row in sheet if row["Coursework mark"] is not None]) == 98


def test_the_hash_and_the_file_are_told(demo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "marks.xlsx"
    assert main(["appraise", TERM, "--data", str(demo_data), "--out", str(path)]) == 0
    told = capsys.readouterr()
    assert f"SHA-256 {shipped().frozen(TERM).sha256}" in told.out
    assert str(path) in told.out
    assert "6/6" in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2014Q5"], "no marks of a term '2014Q5': known are 2014Q1, 2014Q2, 2014Q3"),
        (["2014Q3", "--known-on", "2014-04-13"], "known are 2014Q1, 2014Q2"),
        (["../x"], "no marks of a term '../x'"),
        ([TERM, "--out", "marks.csv"], "give a name that ends with .xlsx"),
        ([TERM, "--events-until", "2031-01-01"], "lies after known_on"),
        ([TERM, "--out", "/no/such/folder/x.xlsx"], "No such file or directory"),
        ([TERM, "--rules", "/no/such/rules.toml"], "No such file or directory"),
    ],
)
def test_a_mistake_is_told_in_one_line(
    words: list[str],
    said: str,
    demo_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["appraise", *words, "--data", str(demo_data)]) == 2
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("campaign: ")]
    assert len(told) == 1
    assert said in told[0]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_left_as_it_is(
    demo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "marks.xlsx"
    path.write_bytes(b"signed")
    assert main(["appraise", TERM, "--data", str(demo_data), "--out", str(path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert path.read_bytes() == b"signed"


def test_other_rules_than_those_of_the_file_are_refused(
    demo_data: Path, checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (checkout / "data/appraisal/coursework-2014.toml").read_text(encoding="utf-8")
    same, other = tmp_path / "same.toml", tmp_path / "other.toml"
    same.write_text(text, encoding="utf-8")
    other.write_text(text.replace("cap = 20", "cap = 30"), encoding="utf-8")
    words = ["appraise", TERM, "--data", str(demo_data), "--out", str(tmp_path / "marks.xlsx")]
    assert main([*words, "--rules", str(other)]) == 2
    assert "were made by other rules than other.toml" in capsys.readouterr().err
    assert not (tmp_path / "marks.xlsx").exists()
    assert main([*words, "--rules", str(same)]) == 0


def test_the_rules_of_a_file_come_through_the_offices_workbook(
    demo_data: Path, checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is put into the sheet, the refresh takes it in: the same rules change nothing, others are refused."""
    text = (checkout / "data/appraisal/coursework-2014.toml").read_text(encoding="utf-8")
    for name, rules, code, said in (
        ("same", text, 0, "nothing stands against this week"),
        ("other", text.replace("cap = 20", "cap = 30"), 1, "V38"),
    ):
        path = tmp_path / f"{name}.toml"
        path.write_text(rules, encoding="utf-8")
        week, inbox = tmp_path / f"{name}-week", tmp_path / f"{name}-inbox"
        assert main(["templates", str(week), "--rules", str(path), "--data", str(demo_data)]) == 0
        inbox.mkdir()
        (week / "office.xlsx").rename(inbox / "office.xlsx")
        known_on = str(date(2014, 10, 5))
        words = ["refresh", str(inbox), "--known-on", known_on, "--dry-run", "--data", str(demo_data)]
        assert main(words) == code
        told = capsys.readouterr()
        assert said in told.out + told.err
