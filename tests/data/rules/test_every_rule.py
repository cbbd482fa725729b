"""What holds for all rules alike."""

import re
from datetime import date

import polars as pl
import pytest

from data.rules import FAILURES, RULES, Rule
from data.rules.base import rule
from data.schemas import TABLES, empty

KNOWN_ON = date(2014, 4, 13)


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_the_tiny_week_breaks_no_rule(each: Rule, week) -> None:
    assert each(week({}), KNOWN_ON).rows() == []


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_a_week_of_empty_tables_breaks_only_the_rule_of_the_campaign(each: Rule) -> None:
    found = each({table: empty(table) for table in TABLES}, KNOWN_ON)
    assert found.schema == FAILURES
    assert found.rows() == ([("campaign", None, "campaign_id", None)] if each.code == "V05" else [])


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_a_rule_without_its_tables_finds_nothing(each: Rule) -> None:
    assert each({}, KNOWN_ON).schema == FAILURES
    assert each({}, KNOWN_ON).is_empty()


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_empty_cells_everywhere_stop_no_rule_from_answering(each: Rule, week) -> None:
    nulls = {table: frame.clear(2) for table, frame in week({}).items()}
    assert each(nulls, KNOWN_ON).schema == FAILURES


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_a_rule_says_what_it_wants_in_both_languages(each: Rule) -> None:
    assert re.search("[\u4e00-\u9fff]", each.zh)
    assert each.en
    assert not re.search("[\u4e00-\u9fff]", each.en)
    assert set(each.tables) <= set(TABLES)


def test_every_rule_about_tables_is_there() -> None:
    numbers = [*range(1, 33), *range(34, 39)]
    assert {each.code for each in RULES} == {f"V{number:02d}" for number in numbers} | {"V27b"}


def test_only_the_rules_marked_so_are_warnings() -> None:
    warnings = {each.code for each in RULES if each.severity == "warning"}
    assert warnings == {"V12", "V13", "V16", "V22", "V25", "V27b", "V31", "V32", "V36", "V37"}


def test_two_rules_cannot_have_one_code() -> None:
    with pytest.raises(ValueError, match="V01"):
        rule("V01", zh="重复", en="again")(lambda tables, known_on: pl.DataFrame())
