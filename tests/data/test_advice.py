"""What is said about a failing cell: the likely code, the codes there are, the range; in both languages."""

import re

import polars as pl
import pytest

from dashboards.text.faults import in_words
from data.advice import Advice
from data.rules import RULES

TABLES = {
    "units": pl.DataFrame({"unit_id": ["U001", "U002", "U117"]}),
    "problems": pl.DataFrame({"problem_id": ["P0001"]}),
}
CODES = {rule.code: rule for rule in RULES}


@pytest.mark.parametrize(
    ("code", "table", "column", "value", "words"),
    [
        ("V02", "visits", "unit_id", "u001", "not in units: did you mean 'U001'?"),
        ("V02", "visits", "unit_id", "明天", "not in units: correct it, or ask the office to add it"),
        ("V02", "rectification_events", "problem_id", "X", "not in problems: correct it, or send that row too"),
        ("V03", "visits", "mode", "onsite", "not an allowed value: did you mean 'on_site'?"),
        ("V03", "visits", "mode", "On Site", "not an allowed value: did you mean 'on_site'?"),
        (
            "V03",
            "visits",
            "mode",
            "by car",
            "not an allowed value: the codes are on_site, phone, summoned, documents",
        ),
        ("V03", "visits", "interview_count", "-4", "outside its range: write a number of at least 0"),
        ("V03", "matters", "actual_progress", "1.2", "outside its range: write a number from 0 to 1"),
        ("V03", "problems", "title_zh", "x" * 201, "longer than 200 characters: shorten it"),
        (
            "V03",
            "supervision_groups",
            "group_id",
            "../../evil",
            "not an allowed code: write a capital letter, then capital letters, digits or hyphens, as T1",
        ),
        ("V06", "visits", "visited_on", "2015-01-01", CODES["V06"].en),
        ("V03", "visits", "mode", None, CODES["V03"].en),
    ],
)
def test_a_cell_is_told_what_would_be_right(code: str, table: str, column: str, value: str | None, words: str) -> None:
    said = Advice(TABLES).of(CODES[code], table, column, value)
    assert said == words
    chinese = in_words(said, code, "zh")
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert in_words(said, code, "en") == words


def test_the_words_of_a_foreign_row_are_there_in_chinese() -> None:
    for words in (
        "this number is already a record of T2 and T3: give another",
        "this number is already a record of the office: give another",
        "only the office writes closed, a group writes feedback: leave this row out",
        "no such row to withdraw: check the number",
        "write letters, digits and - _ . : / only: another character, perhaps an invisible one, stands in this code",
    ):
        assert re.search("[\u4e00-\u9fff]", in_words(words, "owner", "zh")), words
