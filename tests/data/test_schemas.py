"""The declared tables: complete, described in two languages, and in an order that can be loaded."""

import re
import subprocess
import sys

import dataframely as dy
import polars as pl
import pytest

from data.exceptions import UnknownTableError
from data.schemas import CLOCK_COLUMNS, TABLES, VERSION, columns, describe, empty, is_fact, polars_schema
from data.schemas.base import Table, whole

EVERY_TABLE = pytest.mark.parametrize("table", TABLES)
TYPES = (pl.String, pl.Date, pl.Datetime("us"), pl.Int32, pl.Float64, pl.Boolean, pl.List(pl.String))
PLANS = {
    "campaign", "work_calendar", "stages", "supervision_groups", "units", "unit_assignments", "bodies",
    "action_catalogue", "action_precedence", "action_content_items", "action_due", "report_schedule",
    "matter_due_rules", "joint_conferences", "joint_conference_items", "appraisal_rules",
}  # fmt: skip
KEYS = {
    "unit_assignments": ["unit_id", "valid_from"],
    "action_catalogue": ["action_code", "effective_from"],
    "action_records": ["unit_id", "action_code", "instance_no"],
    "action_content_checks": ["unit_id", "action_code", "instance_no", "item_no"],
    "matter_elements": ["matter_id", "element_no", "level"],
    "appraisal_scores": ["unit_id", "period_id", "scheme_id"],
}


@EVERY_TABLE
def test_columns_are_described_in_both_languages(table: str) -> None:
    for column in columns(table):
        assert re.search("[\u4e00-\u9fff]", column.zh), column
        assert column.en, column
        assert not re.search("[\u4e00-\u9fff]", column.en), column


@EVERY_TABLE
def test_columns_have_one_of_few_types_and_plain_names(table: str) -> None:
    for column in columns(table):
        assert column.dtype in TYPES, column
        assert re.fullmatch("[a-z][a-z0-9_]*", column.name), column
        assert not (column.key and column.nullable), column


@EVERY_TABLE
def test_references_lead_to_a_key_of_the_same_type_in_a_table_that_comes_before(table: str) -> None:
    for column in columns(table):
        if column.references is not None:
            parent, _, name = column.references.partition(".")
            target = {each.name: each for each in columns(parent)}[name]
            assert target.key, column
            assert target.dtype == column.dtype, column
            assert list(TABLES).index(parent) <= list(TABLES).index(table), column


@EVERY_TABLE
def test_allowed_values_are_different_codes(table: str) -> None:
    for column in columns(table):
        values = column.values or ()
        assert len(set(values)) == len(values), column
        assert all(re.fullmatch(r"\*|S[0-3]|[a-z][a-z_]*", value) for value in values), column


@EVERY_TABLE
def test_a_table_has_a_key_a_grain_and_its_docstring_says_it(table: str) -> None:
    assert any(column.key for column in columns(table))
    assert describe(table).startswith("One row")
    assert "每行" in describe(table, "zh") or "仅一行" in describe(table, "zh")


@EVERY_TABLE
def test_fact_tables_and_no_others_end_with_the_clock(table: str) -> None:
    names = tuple(column.name for column in columns(table))
    assert is_fact(table) == (table not in PLANS)
    assert (names[-4:] == CLOCK_COLUMNS) == is_fact(table)
    assert "snapshot_date" not in names


@EVERY_TABLE
def test_an_empty_table_has_the_schema_and_passes_the_declaration(table: str) -> None:
    assert empty(table).schema == polars_schema(table)
    assert list(polars_schema(table)) == [column.name for column in columns(table)]
    assert TABLES[table].is_valid(empty(table))


@pytest.mark.parametrize("table", KEYS)
def test_keys_are_those_of_the_data_model(table: str) -> None:
    assert sorted(column.name for column in columns(table) if column.key) == sorted(KEYS[table])


def test_the_declaration_refuses_what_is_not_allowed() -> None:
    row = {column.name: None for column in columns("stages")} | {"stage": "S9", "name_zh": "x", "name_en": "x"}
    _, failure = TABLES["stages"].filter(pl.DataFrame([row], schema=polars_schema("stages")))
    assert set(failure.counts()) == {"stage|check", "window_from|nullability", "window_to|nullability"}


def test_ranges_and_units_of_measure_are_kept() -> None:
    found = {column.name: column for column in columns("matters")}
    assert (found["actual_progress"].minimum, found["actual_progress"].maximum) == (0, 1)
    assert {column.name: column.unit for column in columns("visits")}["duration_h"] == "h"


def test_a_table_declared_elsewhere_reads_the_same_way() -> None:
    class Wells(Table):
        """One row per well."""

        depth = whole("井深", "How deep", minimum=0, unit="m", nullable=True)

    assert isinstance(Wells.depth, dy.Int32)


def test_an_unknown_table_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownTableError, match="Did you mean 'visits'"):
        columns("visit")
    with pytest.raises(UnknownTableError, match="The tables are campaign"):
        polars_schema("qqq")


def test_the_version_is_a_number() -> None:
    assert VERSION >= 1


def test_schemas_load_neither_database_nor_drawing() -> None:
    heavy = {"duckdb", "panel", "bokeh", "pandas"}
    code = f"import sys, data.schemas; print(sorted({heavy} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
