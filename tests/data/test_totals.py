import io
from datetime import date, datetime

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given, settings

from data.totals import Totals

VALUES = {
    pl.String(): st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    pl.Int32(): st.integers(-(2**31), 2**31 - 1),
    pl.Float64(): st.floats(allow_nan=False),
    pl.Boolean(): st.booleans(),
    pl.Date(): st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    pl.Datetime("us"): st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    pl.List(pl.String()): st.lists(st.text("ab单位", max_size=5), max_size=3),
}


def parquet(frame: pl.DataFrame) -> bytes:
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_two_readers_and_plain_python_count_the_same(data: st.DataObject) -> None:
    height = data.draw(st.integers(0, 20))
    columns = {
        str(dtype): pl.Series(
            data.draw(st.lists(st.none() | values, min_size=height, max_size=height)), dtype=dtype, strict=True
        )
        for dtype, values in VALUES.items()
    }
    frame = pl.DataFrame(columns)
    counted = Totals.of(frame)
    assert counted == Totals.by_arrow(parquet(frame))
    assert counted.rows == height
    assert counted.nulls == {name: column.to_list().count(None) for name, column in columns.items()}
    there = {name: [value for value in column.to_list() if value is not None] for name, column in columns.items()}
    assert counted.totals["String"] == sum(len(text.encode()) for text in there["String"])
    assert counted.totals["List(String)"] == sum(
        len(text.encode()) for texts in there["List(String)"] for text in texts
    )
    assert counted.totals["Int32"] == sum(there["Int32"]) % 2**64
    assert counted.totals["Boolean"] == sum(there["Boolean"])
    assert counted.totals["Date"] == sum((day - date(1970, 1, 1)).days for day in there["Date"]) % 2**64


@pytest.mark.parametrize(
    ("column", "changed"),
    [
        ([1.0, 2.0], [1.0, 2.0000000000000004]),
        ([1, 2], [1, 3]),
        (["a", None], ["a", ""]),
        (["a", "b"], ["a", "bc"]),
        ([True, False], [True, True]),
        ([date(2014, 3, 10)], [date(2014, 3, 11)]),
        ([datetime(2014, 3, 10)], [datetime(2014, 3, 10, 0, 0, 0, 1)]),
        ([["a"], []], [["a"], ["b"]]),
        ([0.0], [-0.0]),
    ],
)
def test_a_change_of_a_value_changes_the_total_or_the_nulls(column: list[object], changed: list[object]) -> None:
    before, after = (Totals.of(pl.DataFrame({"n": values}, strict=True)) for values in (column, changed))
    assert after.differing(before).startswith("column n: ")


def test_the_first_difference_is_said_in_words() -> None:
    counted = Totals.of(pl.DataFrame({"n": [1, None], "m": [3, 4]}))
    assert counted.differing(counted) == ""
    assert Totals.of(pl.DataFrame({"n": [1], "m": [3]})).differing(counted) == "1 rows, not 2"
    assert Totals.of(pl.DataFrame({"n": [1, 2], "m": [3, 4]})).differing(counted) == "column n: nulls 0, not 1"
    assert Totals.of(pl.DataFrame({"n": [1, None], "m": [3, 5]})).differing(counted) == "column m: total 8, not 7"
    assert Totals.of(pl.DataFrame({"n": [1, None]})).differing(counted) == "column m: nulls None, not 0"
