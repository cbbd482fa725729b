"""What is written comes back equal, whatever the form of the file."""

import io
import math
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.intake import Limits, UnreadableError, read_table
from data.intake.csv import _plain, _quoted
from data.intake.parsing import LIST_SEPARATOR
from data.schemas import Column, columns, polars_schema

HALF_WIDTH = {0xFF01 + place: chr(0x21 + place) for place in range(94)}
TABLES = ("visits", "action_catalogue", "report_filings", "matters")

free_text = (
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" ,;\"'=+-@、（）督导"), max_size=12)
    .map(str.strip)
    .filter(lambda text: text and not text.startswith("_x"))
)
codes = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=8)
moments = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
numbers = st.integers(-(10**12), 10**12).map(lambda number: number / 1000)


def cells(column: Column) -> st.SearchStrategy[Any]:
    """Values that a column may hold."""
    is_free = column.values is None and column.references is None and not column.key
    strategy: st.SearchStrategy[Any]
    match column.dtype:
        case pl.String:
            strategy = free_text if is_free else codes
        case pl.Boolean:
            strategy = st.booleans()
        case pl.Date:
            strategy = st.dates(date(1950, 1, 1), date(2100, 1, 1))
        case pl.Datetime:
            strategy = moments
        case pl.Int32:
            strategy = st.integers(-(2**31), 2**31 - 1)
        case pl.Float64:
            strategy = numbers
        case _:
            strategy = st.lists(codes, min_size=1, max_size=3)
    return strategy if column.key else st.none() | strategy


@st.composite
def frames(draw: st.DrawFn) -> tuple[str, pl.DataFrame]:
    """A table's name, and some rows of it with filled keys."""
    table = draw(st.sampled_from(TABLES))
    row = st.tuples(*(cells(column) for column in columns(table)))
    return table, pl.DataFrame(draw(st.lists(row, max_size=8)), schema=polars_schema(table), orient="row")


def as_text(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    lists = [column.name for column in columns(table) if isinstance(column.dtype, pl.List)]
    return frame.with_columns(pl.col(lists).list.join(LIST_SEPARATOR))


def csv(table: str, frame: pl.DataFrame) -> bytes:
    return as_text(table, frame).write_csv().encode()


def quoted_csv(table: str, frame: pl.DataFrame) -> bytes:
    return as_text(table, frame).write_csv(quote_style="always", line_terminator="\r\n", include_bom=True).encode()


def gb18030_csv(table: str, frame: pl.DataFrame) -> bytes:
    return as_text(table, frame).write_csv().encode("gb18030")


def parquet(table: str, frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()


def workbook(table: str, frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        page = book.add_worksheet(table)
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        page.write_row(0, 0, frame.columns)
        for number, row in enumerate(as_text(table, frame).iter_rows(), start=1):
            for position, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, position, value)
                elif type(value) in formats:
                    page.write_datetime(number, position, value, formats[type(value)])
                elif value is not None:
                    page.write(number, position, value)
    return written.getvalue()


def text_workbook(table: str, frame: pl.DataFrame) -> bytes:
    texts = as_text(table, frame).with_columns(
        pl.col(pl.Boolean).cast(pl.Int8).replace_strict({0: "false", 1: "true"}, return_dtype=pl.String),
        pl.exclude(pl.Boolean, pl.String).cast(pl.String),
    )
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        page = book.add_worksheet("any name")
        page.write_row(0, 0, frame.columns)
        for number, row in enumerate(texts.iter_rows(), start=1):
            for position, value in enumerate(row):
                if value is not None:
                    page.write_string(number, position, value)
    return written.getvalue()


def could_be_big5(content: bytes) -> bool:
    if content.isascii():
        return False
    for encoding in ("utf-8", "big5", "cp950"):
        with suppress(UnicodeDecodeError):
            content.decode(encoding)
            return encoding != "utf-8"
    return False


def hardly_written(frame: pl.DataFrame) -> bool:
    letters = [letter for text in frame.select(pl.col(pl.String)).rows() for letter in "".join(filter(None, text))]
    hanzi = [letter for letter in letters if "\u4e00" <= letter <= "\u9fff"]
    return sum(letter.encode("gb2312", "ignore") == b"" for letter in hanzi) > 0.9 * len(hanzi)


FORMS = {
    csv: "csv",
    quoted_csv: "csv",
    gb18030_csv: "csv",
    parquet: "parquet",
    workbook: "xlsx",
    text_workbook: "xlsx",
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@given(drawn=frames())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_table_comes_back_as_it_was_written(
    form: Callable[[str, pl.DataFrame], bytes], drawn: tuple[str, pl.DataFrame]
) -> None:
    table, frame = drawn
    content = form(table, frame)
    if form is gb18030_csv and could_be_big5(content):
        with pytest.raises(UnreadableError, match="Big5"):
            read_table(f"{table}.csv", content, table, Limits())
        return
    if form is gb18030_csv and hardly_written(frame):
        with suppress(UnreadableError):
            assert read_table(f"{table}.csv", content, table, Limits()).frame.equals(frame)
        return
    received = read_table(f"{table}.{FORMS[form]}", content, table, Limits())
    assert received.failures == ()
    assert received.frame.schema == frame.schema
    assert received.frame.equals(frame)


@given(rows=st.lists(st.tuples(*[st.text(st.sampled_from("a1 é，\t"), max_size=3)] * 3), max_size=6))
def test_the_fast_and_the_careful_way_to_read_a_csv_agree(rows: list[tuple[str, ...]]) -> None:
    text = "".join(",".join(row) + "\n" for row in [("a", "b", "c"), *rows])
    fast = _plain(text, ["a", "b", "c"])
    assert fast is not None
    assert fast.fill_null("").equals(_quoted("x.csv", text, ["a", "b", "c"]))


@given(text=st.text(max_size=20) | st.text("0123456789.-+eE１２．－²①½٣一 _", max_size=5))
def test_no_text_in_a_number_column_becomes_another_number(text: str) -> None:
    names = [column.name for column in columns("visits")]
    written = io.StringIO()
    frame = pl.DataFrame({name: [text if name == "duration_h" else "x"] for name in names})
    frame.write_csv(written, quote_style="always")
    with suppress(UnreadableError):
        read = read_table("visits.csv", written.getvalue().encode(), "visits", Limits()).frame["duration_h"].item()
        assert read is None or (math.isfinite(read) and read == float(text.translate(HALF_WIDTH)))
