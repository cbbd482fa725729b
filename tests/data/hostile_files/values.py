"""Cells whose value may or may not be what a column wants, in workbooks and in CSV files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hostile_files.building import table, workbook
from hostile_files.case import Case, Cases, Sort, address, numbered, rows

DAY = date(2014, 3, 10)
READ_DAYS = (
    "2014-03-10", "2014-3-10", "2014/3/10", "2014/03/10", "2014.3.10", "2014.03.10", "2014年3月10日", "2014年03月10日",
    "２０１４年３月１０日", "２０１４－０３－１０", " 2014-03-10 ", "\u30002014-03-10",
)  # fmt: skip
REFUSED_DAYS = (
    "3.10", "3/10", "3月10日", "10.3.2014", "10/3/2014", "3-10-14", "14-3-10", "14年3月10日", "2014-3", "2014年3月",
    "201403", "20140310", "41708", "41708.0", "2014-02-30", "2014-13-01", "2014-3/10", "2014-03-10 08:00:00",
    "2014-03-10T00:00:00", "二〇一四年三月十日", "三月十日", "今天", "昨天", "March 10, 2014", "10-Mar-14",
    "0000-00-00", "1014-03-10", "2014-03-10上午", "2014–03–10", "2014—03—10", "2014-03-10-11", "2014-03-1O",
    "２０１４、３、１０", "星期一", "第2周", "N/A", "-",
)  # fmt: skip
READ_WHOLE = {"103": 103, "１０３": 103, "103 ": 103, "\u3000103": 103, "-0": 0, "007": 7, "\u00a0103": 103, "0": 0}
REFUSED_WHOLE = (
    "1，234", "1,234", "1 234", "一百零三", "103个", "约103", "103人次", "N/A", "n/a", "-", "—", "无", "无数据", "√",
    "103.0", "103.5", "１０３．５", "+103", "1e2", "1E2", "0x67", "1_03", "103²", "⑩", "Ⅲ", "٣", "१०३", "10³", "½",
    "103\u200b", "\ufeff103", "2147483648", "-2147483649", "99999999999999999999", "NaN", "inf", "TRUE", "真", "=1+1",
    "'103", "103;", "103|104", "１０３人", "lO3",
)  # fmt: skip
READ_NUMBERS = {
    "2.5": 2.5,
    "２．５": 2.5,
    "2": 2.0,
    "1e1": 10.0,
    "0.1": 0.1,
    "0.30000000000000004": 0.30000000000000004,
}
REFUSED_NUMBERS = (
    "2,5", "2，5", ".5", "5.", "2小时", "2.5h", "两个半", "2:30", "1e999", "-inf", "nan", "50%", "１/２", "1/2",
    "2.5.1", "2·5", "二",
)  # fmt: skip
READ_FLAGS = {"true": True, "false": False, "TRUE": True, "FALSE": False, "ｔｒｕｅ": True}
REFUSED_KEYS = ("v\u200b2", "\ufeffv2", "v2\u2060", "v\u00ad2", "v|2", "v\u202e2", "v2\u0301", "v2'", "v\u00a02")
REFUSED_FLAGS = ("是", "否", "有", "无", "√", "×", "Y", "N", "yes", "no", "1", "0", "True", "真", "T", "对")
REFUSED_CELLS: dict[str, tuple[tuple[Any, str], ...]] = {
    "problems_raised": (
        (5.5, "5.5"),
        (True, "true"),
        (1e15, "1000000000000000"),
        (date(2014, 3, 1), "2014-03-01"),
        (-1e20, "-1e+20"),
        (2**31, "2147483648"),
        (0.5, "0.5"),
        (1e-9, "1e-09"),
        (datetime(2014, 3, 1, 8), "2014-03-01 08:00:00"),
    ),
    "visited_on": (
        (41708, "41708"),
        (41708.5, "41708.5"),
        (3.10, "3.1"),
        (20140310, "20140310"),
        (datetime(2014, 3, 10, 8), "2014-03-10 08:00:00"),
        (True, "true"),
    ),
    "announced": ((1, "1"), (0, "0"), (date(2014, 3, 1), "2014-03-01"), (2.5, "2.5")),
    "duration_h": ((True, "true"), (date(2014, 3, 1), "2014-03-01")),
    "targeted_action": (
        (3.10, "3.1"),
        (date(2014, 3, 10), "2014-03-10"),
        (True, "true"),
        (1e15, "1000000000000000"),
        (-5, "-5"),
    ),
}


def cases(sort: Sort) -> Cases:
    """Every value in its column, in this sort of file."""
    yield from _read(sort, "a day in a clear form", "visited_on", dict.fromkeys(READ_DAYS, DAY))
    yield from _refused(sort, "a day that is not clear", "visited_on", REFUSED_DAYS)
    yield from _read(sort, "a whole number", "problems_raised", READ_WHOLE)
    yield from _refused(sort, "no whole number", "problems_raised", REFUSED_WHOLE)
    yield from _read(sort, "a number", "duration_h", READ_NUMBERS)
    yield from _refused(sort, "no number", "duration_h", REFUSED_NUMBERS)
    yield from _read(sort, "yes or no", "announced", READ_FLAGS)
    yield from _refused(sort, "neither yes nor no", "announced", REFUSED_FLAGS)
    yield from _refused(sort, "another sign in a key", "visit_id", REFUSED_KEYS)
    yield from _refused(sort, "another sign in a code", "unit_id", REFUSED_KEYS)
    if not sort.endswith("csv"):
        for column, values in REFUSED_CELLS.items():
            for value, shown in values:
                yield _case(sort, f"a cell of another kind in {column}", column, value, "refused", {}, shown)


def _read(sort: Sort, kind: str, column: str, values: dict[str, Any]) -> Cases:
    for written, value in values.items():
        yield _case(sort, kind, column, written, "read", {column: value})


def _refused(sort: Sort, kind: str, column: str, values: tuple[str, ...]) -> Cases:
    for written in values:
        yield _case(sort, kind, column, written, "refused", {}, written.strip())


def _case(sort: Sort, kind: str, column: str, written: Any, outcome: Any, meant: Any, shown: str | None = None) -> Case:
    given = rows(sort, {}, {column: written}, {})
    truth = numbered(sort, rows(sort, {}, meant or {column: None}, {}))

    def content() -> bytes:
        return table(sort, given).encode() if sort.endswith("csv") else workbook(sort, given)

    place = address(sort, column, 1) if outcome == "refused" else ""
    return Case(kind, repr(written), sort, content, outcome, truth, place, shown)
