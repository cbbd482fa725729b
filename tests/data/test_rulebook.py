"""The rule file: what it becomes, what is refused in it, and the form in which a term's rules are frozen."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.appraisal import RulebookError, frozen, read_rulebook, shipped, term_days
from data.schemas import polars_schema
from data.snapshots import Snapshot

HEAD = """
scheme = "own"
version = 3
name_zh = "规则"
name_en = "Rules"
effective_from = 2014-01-01
base = 80
weight = 0.3
support = 0.5
basis = "office"
"""
LATE = """
[[rule]]
code = "LATE"
zh = "迟报"
en = "Late"
category = "reports"
points = -1
cap = -10
"""


def read(folder: Path, text: str) -> object:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return read_rulebook(path)


@pytest.mark.parametrize(
    ("period_id", "days"),
    [
        ("2014", (date(2014, 1, 1), date(2014, 12, 31))),
        ("2014H1", (date(2014, 1, 1), date(2014, 6, 30))),
        ("2014H2", (date(2014, 7, 1), date(2014, 12, 31))),
        ("2014Q1", (date(2014, 1, 1), date(2014, 3, 31))),
        ("2014Q4", (date(2014, 10, 1), date(2014, 12, 31))),
        ("2016-02", (date(2016, 2, 1), date(2016, 2, 29))),
        ("2014-12", (date(2014, 12, 1), date(2014, 12, 31))),
        *((text, None) for text in ("2014Q5", "2014-13", "spring", "", "0000", "2014H3", "2014Q1 ", "201")),
    ],
)
def test_a_term_has_its_days_or_is_none(period_id: str, days: tuple[date, date] | None) -> None:
    assert term_days(period_id) == days


def test_the_file_that_is_shipped_becomes_rows_of_the_table() -> None:
    book = shipped()
    assert book.frame().schema == polars_schema("appraisal_rules")
    points = dict(book.frame().select("rule_code", "points").rows())
    assert [points[code] for code in ("CLOSED_LEAD", "MISSED_REPORT", "LATE_REPORT")] == [2, -10, -1]
    assert (book.base, book.weight, book.reasonable_weights) == (80, 0.3, (0.1, 0.5))


def test_the_snapshots_rules_are_those_of_the_file(demo_data: Path) -> None:
    tables = Snapshot.newest(demo_data).tables()
    assert tables["appraisal_rules"].sort("rule_code").equals(shipped().frame().sort("rule_code"))
    for period_id in ("2014Q1", "2014Q2", "2014Q3"):
        of_file = shipped().frozen(period_id)
        assert frozen(tables, period_id, "coursework-2014").canonical == of_file.canonical


def test_the_hash_is_that_of_what_decides_marks_and_of_nothing_else(tmp_path: Path) -> None:
    one = read(tmp_path, HEAD + LATE)
    base = one.frozen("2014Q2").sha256
    assert len(base) == 64
    named = read(
        tmp_path, (HEAD + LATE).replace('en = "Late"', 'en = "Told late"').replace("version = 3", "version = 4")
    )
    assert named.frozen("2014Q2").sha256 == base
    for old, new in (("-10", "-9"), ("points = -1", "points = -2"), ("base = 80", "base = 70"), ("0.3", "0.4")):
        assert read(tmp_path, (HEAD + LATE).replace(old, new)).frozen("2014Q2").sha256 != base
    assert one.frozen("2014Q3").sha256 != base


def test_a_rule_is_frozen_with_its_days_within_the_term(tmp_path: Path) -> None:
    book = read(tmp_path, HEAD + LATE + "effective_from = 2014-05-01\neffective_to = 2014-08-31\n")
    days = {
        term: [(each.first_day, each.last_day) for each in book.frozen(term).rules]
        for term in ("2014Q1", "2014Q2", "2014Q3")
    }
    assert days == {
        "2014Q1": [],
        "2014Q2": [(date(2014, 5, 1), date(2014, 6, 30))],
        "2014Q3": [(date(2014, 7, 1), date(2014, 8, 31))],
    }
    assert book.frame()["effective_to"].to_list() == [date(2014, 8, 31)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, r"no \[\[rule\]\]"),
        ("scheme = ", "rules.toml: "),
        (
            HEAD + LATE.replace("points = -1", "ponts = -1"),
            r"rule 1 \(LATE\): 'ponts' is not known. Did you mean 'points'",
        ),
        (HEAD + LATE.replace("points = -1", "points = 0"), "points to give, or below 0 to take"),
        (HEAD + LATE.replace("points = -1", 'points = "1"'), "a number from -100 to 100"),
        (HEAD + LATE.replace("points = -1", "points = nan"), "a number from -100 to 100"),
        (HEAD + LATE.replace("points = -1", "points = -0.33333"), "at most four digits"),
        (HEAD + LATE.replace("cap = -10", "cap = 10"), "a cap of the same sign"),
        (HEAD + LATE.replace('"LATE"', '"late report"'), "capital letters"),
        (HEAD + LATE.replace('zh = "迟报"\n', ""), "zh None cannot be used; give a text"),
        (HEAD + LATE + LATE, "LATE is given twice"),
        (HEAD + LATE + 'effective_from = "2014-05-01"\n', "without quotation marks"),
        (HEAD + LATE + "effective_to = 2013-05-01\n", "a day from 2014-01-01 on"),
        (HEAD.replace("weight = 0.3", "weight = 30") + LATE, "weight 30 cannot be used; give a number from 0 to 1"),
        (HEAD + "reasonable_weights = [0.5, 0.1]\n" + LATE, "within 0 and 1"),
        (HEAD + "reasonable_weights = 0.5\n" + LATE, "two numbers"),
        (HEAD.replace("version = 3\n", "") + LATE, "version None"),
        (HEAD.replace('"own"', '"../own"') + LATE, "letters, digits"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_write(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RulebookError, match=said):
        read(tmp_path, text)


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_bytes((HEAD + LATE).encode("gb18030"))
    with pytest.raises(RulebookError, match="UTF-8"):
        read_rulebook(path)


def test_withdrawn_marks_freeze_no_base(tmp_path: Path) -> None:
    book = read(tmp_path, HEAD + LATE)
    scores = pl.DataFrame(
        [
            {
                "unit_id": "U1",
                "period_id": "2014Q2",
                "scheme_id": "own",
                "base": 80.0,
                "coursework_weight": 0.3,
                "is_void": void,
            }
            for void in (True,)
        ]
    )
    assert frozen({"appraisal_rules": book.frame(), "appraisal_scores": scores}, "2014Q2", "own").bases == ()
