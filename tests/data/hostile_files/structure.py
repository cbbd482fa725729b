"""Workbooks whose form is not the template's: headers, merged cells, sheets, formulas, errors, cells outside."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
from hostile_files.building import Touch, put, workbook
from hostile_files.case import Case, Cases, Outcome, Sort, address, names, numbered, rows
from openpyxl.worksheet.formula import ArrayFormula

ERRORS = ("#DIV/0!", "#N/A", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!")
CHINESE_DATES = {
    27: 'yyyy"年"m"月"',
    31: 'yyyy"年"m"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
    14: "m/d/yy",
    22: "m/d/yy h:mm",
}


def cases(sort: Sort) -> Cases:
    """Every way to leave the template, in this sort of workbook."""
    yield from _headers(sort)
    yield from _merged(sort)
    yield from _outside(sort)
    yield from _formulas(sort)
    yield from _sheets(sort)
    yield from _harmless(sort)


def _case(
    sort: Sort, kind: str, name: str, outcome: Outcome, touch: Touch | None = None, place: str = "", **more: Any
) -> Case:
    given = rows(sort, {}, {}, {})
    truth = more.pop("truth", numbered(sort, given))
    value = more.pop("value", None)
    return Case(kind, name, sort, lambda: workbook(sort, given, touch, **more), outcome, truth, place, value)


def _headers(sort: Sort) -> Cases:
    known = names(sort)
    number = 2 if sort == "workbook" else 1
    end = chr(ord("A") + len(known))
    wrong = {
        "a name twice": ([*known, "mode"], f"{end}{number}"),
        "a name missing": (known[1:], f"A{number}"),
        "a name misspelt": (["visit_no", *known[1:]], f"A{number}"),
        "a name in capitals": ([known[0].upper(), *known[1:]], f"A{number}"),
        "a name in full width": (["ｖｉｓｉｔ＿ｉｄ", *known[1:]], f"A{number}"),
        "a name with an invisible letter": (["visit_id\u200b", *known[1:]], f"A{number}"),
        "a name in Chinese": (["督查编号", *known[1:]], f"A{number}"),
        "a column of one's own": ([*known, "备注"], f"{end}{number}"),
        "a column without a name": ([*known[:3], "", *known[3:]], f"D{number}"),
        "a number for a name": ([1, *known[1:]], f"A{number}"),
        "no header at all": ([], f"A{number}"),
    }
    for name, (header, cell) in wrong.items():
        yield _case(sort, "a header that differs", name, "refused", None, f"visits!{cell}", header=header, truth={})
    spaced = [f" {name}\u3000" for name in known]
    yield _case(sort, "a header in another dress", "spaces around the names", "read", header=spaced)
    yield _swapped(sort)
    for lower in (1, 2, 5):
        yield _moved(sort, lower)
    if sort == "workbook":
        yield _case(
            sort, "a moved header", "the row of labels was deleted", "refused", _no_labels, "visits!A1", truth={}
        )


def _no_labels(book: Any, page: Any) -> None:
    page.write_row(0, 0, names("workbook"))
    put(book, page, 1, rows("workbook", {}, {}), names("workbook"))


def _swapped(sort: Sort) -> Case:
    given = rows(sort, {}, {"interview_count": 7, "problems_raised": 9})
    order = [
        "interview_count" if one == "problems_raised" else "problems_raised" if one == "interview_count" else one
        for one in names(sort)
    ]
    meant = [
        row | {"interview_count": row["problems_raised"], "problems_raised": row["interview_count"]} for row in given
    ]
    return Case(
        "a header in another dress", "two columns changed places", sort, lambda: workbook(sort, given, header=order),
        "read", numbered(sort, meant),
    )  # fmt: skip


def _moved(sort: Sort, lower: int) -> Case:
    """The header stands some rows lower than in the template."""
    first = 2 if sort == "workbook" else 1

    def touch(book: Any, page: Any) -> None:
        for row in range(first - 1, first + lower + 3):
            for column in range(len(names(sort))):
                page.write_blank(row, column, None)
        page.write_row(first - 1 + lower, 0, names(sort))
        put(book, page, first + lower, rows(sort, {}, {}), names(sort))

    place = f"visits!A{first + lower}"
    return _case(sort, "a moved header", f"{lower} rows lower", "refused", touch, place, truth={}, header=[])


def _merged(sort: Sort) -> Cases:
    first = 2 if sort == "workbook" else 1
    areas = {
        "two units": (first, 2, first + 1, 2), "three units": (first, 2, first + 2, 2),
        "two cells of a row": (first, 4, first, 5), "a block": (first, 8, first + 1, 11),
        "the header": (first - 1, 0, first - 1, 1), "header and data": (first - 1, 12, first, 12),
        "empty cells below": (first + 10, 0, first + 12, 3),
    }  # fmt: skip
    for name, area in areas.items():
        place = f"visits!{chr(65 + area[1])}{area[0] + 1}:{chr(65 + area[3])}{area[2] + 1}"

        def touch(_: Any, page: Any, area: tuple[int, int, int, int] = area) -> None:
            page.merge_range(*area, "")

        outcome: Outcome = "refused"
        yield _case(sort, "merged cells", name, outcome, touch, "" if "header" in name else place, truth={})
    if sort == "workbook":
        yield _case(sort, "merged cells", "only labels", "read", lambda _, page: page.merge_range(0, 0, 0, 2, "标签"))


def _outside(sort: Sort) -> Cases:
    right = chr(ord("A") + len(names(sort)) + 1)
    first = 3 if sort == "workbook" else 2
    for name, cell in {
        "right of the table": f"{right}{first}", "far to the right": f"XFD{first}", "in the last corner": "XFD1048576",
        "in the last row": "A1048576", "beyond the last row taken": f"B{20_000 + first}",
    }.items():  # fmt: skip
        yield _case(
            sort, "a cell outside", name, "refused", lambda _, page, cell=cell: page.write(cell, "x"),
            f"visits!{cell}", value="x",
        )  # fmt: skip
    last = _case(sort, "a cell outside", "a form without a value in the last corner", "read", _formed)
    yield last


def _formed(book: Any, page: Any) -> None:
    page.write_blank("XFD1048576", None, book.add_format({"bold": True}))


def _formulas(sort: Sort) -> Cases:
    place = address(sort, "problems_raised")
    at = place.partition("!")[2]
    truth = numbered(sort, rows(sort, {"problems_raised": None}, {}, {}))

    def refused(name: str, touch: Touch, value: str | None, **more: Any) -> Case:
        return _case(sort, "a formula", name, "refused", touch, place, truth=truth, value=value, **more)

    yield refused(
        "never calculated by a program",
        lambda _, page: page.write_formula(at, "=50+53"),
        "=50+53",
        keep_recalculation=True,
    )
    yield refused(
        "with a stored zero that is no result",
        lambda _, page: page.write_formula(at, "=50+53", None, 0),
        "=50+53",
        keep_recalculation=True,
    )
    yield refused("without a stored result", lambda _, page: page.write_formula(at, "=50+53", None, ""), "=50+53")
    yield refused(
        "a sum that was never calculated",
        lambda _, page: page.write_array_formula(f"{at}:{at}", "{=SUM(A1:A2)}", None, ""),
        None,
    )
    result = {"problems_raised": 77}
    yield _case(
        sort, "a calculated formula", "its stored result", "read", lambda _,
        page: page.write_formula(at, "=70+7", None, 77), truth=numbered(sort, rows(sort, result, {}, {})),
    )  # fmt: skip
    yield _case(
        sort, "a calculated formula", "the result of an array", "read", lambda _,
        page: page.write_array_formula(f"{at}:{at}", "{=SUM(70,7)}", None, 77),
        truth=numbered(sort, rows(sort, result, {}, {})),
    )  # fmt: skip
    yield _by_openpyxl(sort, "a formula", "written by openpyxl", "=1+1", place, truth)
    yield _by_openpyxl(sort, "a formula", "an array written by openpyxl", ArrayFormula(at, "=SUM(A1:A2)"), place, truth)
    for error in ERRORS:
        yield refused(
            f"with the result {error}", lambda _, page, error=error: page.write_formula(at, "=1/0", None, error), error
        )
        yield _by_openpyxl(sort, "an error cell", error, error, place, truth)


def _by_openpyxl(sort: Sort, kind: str, name: str, value: Any, place: str, truth: Any) -> Case:
    given = rows(sort, {}, {}, {})

    def content() -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(workbook(sort, given)))
        book["visits"][place.partition("!")[2]].value = value
        written = io.BytesIO()
        book.save(written)
        return written.getvalue()

    return Case(kind, name, sort, content, "refused", truth, place)


def _sheets(sort: Sort) -> Cases:
    def beside(title: str, change: Callable[[Any], object] = lambda page: None) -> Touch:
        def touch(book: Any, _: Any) -> None:
            page = book.add_worksheet(title)
            page.write(0, 0, "督查 12")
            change(page)

        return touch

    def hide(book: Any, page: Any) -> None:
        book.add_worksheet("other").activate()
        page.hide()

    def very(book: Any, page: Any) -> None:
        book.add_worksheet("other").activate()
        page.very_hidden()

    yield _case(sort, "a hidden sheet", "the table itself", "refused", hide, "visits", truth={})
    yield _case(
        sort, "a hidden sheet", "the table itself, so that Excel does not show it", "refused", very, "visits", truth={}
    )
    yield _case(sort, "another sheet", "empty", "read", lambda book, _: book.add_worksheet("Sheet2"))
    if sort == "workbook":
        for title in ("visits (2)", "督查", "Sheet1", "visit", "汇总", "matters", "units"):
            yield _case(sort, "another sheet", f"{title!r} with a cell", "refused", beside(title), title)
        yield _case(sort, "another sheet", "only 'Visits'", "refused", None, "Visits", title="Visits", truth={})
        yield _case(
            sort, "a hidden sheet", "one's own", "refused", beside("旧数据", lambda page: page.hide()), "旧数据"
        )
        yield _case(sort, "another sheet", "no sheet of a week", "refused", None, "统计", title="统计", truth={})
    else:
        yield _case(
            sort,
            "another sheet",
            "two and none named like the table",
            "refused",
            beside("说明"),
            "",
            title="Sheet1",
            truth={},
        )


def _harmless(sort: Sort) -> Cases:
    first = 2 if sort == "workbook" else 1
    yield _case(
        sort,
        "in another dress",
        "hidden and filtered rows",
        "read",
        lambda _, page: (
            page.autofilter(first - 1, 0, first + 2, 3),
            page.set_row(first + 1, None, None, {"hidden": True}),
        ),
    )
    yield _case(
        sort,
        "in another dress",
        "hidden columns",
        "read",
        lambda _, page: page.set_column(8, 8, 5, None, {"hidden": True}),
    )
    yield _case(
        sort,
        "in another dress",
        "notes, links and colours",
        "read",
        lambda _, page: (
            page.write_comment("C3", "x"),
            page.conditional_format("A1:C9", {"type": "2_color_scale"}),
            page.write_url("A1", "https://example.invalid/", string=names(sort)[0]),
        ),
    )
    gap = rows(sort, {}, dict.fromkeys(names(sort)) | {"visit_id": None}, {})
    kept = {number: row for number, row in numbered(sort, gap).items() if row["unit_id"]}
    yield Case("in another dress", "a blank row between", sort, lambda: workbook(sort, gap), "read", kept)
    yield Case(
        "in another dress",
        "texts in the cells themselves",
        sort,
        lambda: _in_line(sort),
        "read",
        numbered(sort, rows(sort, {}, {})),
    )
    rich = numbered(sort, rows(sort, {"visit_id": "v督查1"}, {}, {}))
    yield _case(
        sort,
        "in another dress",
        "a text in several fonts",
        "read",
        lambda book, page: page.write_rich_string(first, 0, "v", book.add_format({"bold": True}), "督查", "1"),
        truth=rich,
    )
    for number, form in CHINESE_DATES.items():
        yield _dated(sort, number, form)
    mac = {"date_1904": True}
    yield _case(sort, "in another dress", "days counted from 1904", "read", None, options=mac)
    yield _case(
        sort,
        "in another dress",
        "written row by row",
        "read",
        None,
        options={"constant_memory": True, "in_memory": False},
    )


def _in_line(sort: Sort) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("visits")
    if sort == "workbook":
        page.append(["label"])
    page.append(names(sort))
    for row in rows(sort, {}, {}):
        page.append([row[name] for name in names(sort)])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _dated(sort: Sort, number: int, form: str) -> Case:
    """A day in a form that a Chinese Excel has built in: the file gives its number only."""

    def touch(book: Any, page: Any) -> None:
        at = address(sort, "visited_on").partition("!")[2]
        page.write_datetime(at, date(2014, 3, 12), book.add_format({"num_format": number}))

    return _case(sort, "in another dress", f"a day as {form}, number {number}", "read", touch)
