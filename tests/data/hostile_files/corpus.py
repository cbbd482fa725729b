"""All hostile files, and a judge that holds what was read against what was put in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from hostile_files import damage, package, structure, texts, values
from hostile_files.case import Case, Sort

from data.intake import Failure, Limits, Places, Reader, Table, UnreadableError

BOOKS: tuple[Sort, ...] = ("workbook", "table")
CSVS: tuple[Sort, ...] = ("sent_csv", "table_csv")


@dataclass(frozen=True)
class Read:
    """What became of a file: the table of visits, if it was read, and all faults."""

    table: Table | None
    failures: tuple[Failure, ...]


def every() -> Iterator[Case]:
    """Every hostile file."""
    for sort in BOOKS:
        yield from values.cases(sort)
        yield from structure.cases(sort)
        yield from package.cases(sort)
        yield from damage.cases(sort)
        yield from damage.large(sort)
    for sort in CSVS:
        yield from values.cases(sort)
        yield from texts.cases(sort)
        yield from damage.large(sort)


def quick() -> Iterator[Case]:
    """Some of each kind and sort, and none that takes long."""
    seen: dict[tuple[str, Sort], int] = {}
    for case in every():
        key = (case.kind, case.sort)
        if not case.is_heavy and seen.get(key, 0) < (2 if case.kind == "a bomb" else 10):
            seen[key] = seen.get(key, 0) + 1
            yield case


def read(case: Case, content: bytes, reader: Reader, limits: Limits) -> Read:
    """Read the file as the refresh does."""
    try:
        match case.sort:
            case "workbook":
                book = reader.workbook(case.file, content, "T1", limits)
                return Read(book.tables.get("visits"), book.failures)
            case "sent_csv":
                table = reader.sent_csv(case.file, content, "visits", limits)
            case _:
                table = reader.table(case.file, content, "visits", limits)
    except UnreadableError as error:
        return Read(None, error.failures)
    return Read(table, table.failures)


def faults(case: Case, found: Read) -> list[str]:
    """What is wrong with the way the file was read; nothing when all is well."""
    wrong = [f"no file is named: {failure}" for failure in found.failures if failure.file != case.file]
    wrong += [f"no advice is given: {failure}" for failure in found.failures if not failure.message]
    if case.outcome == "read" and (found.failures or found.table is None):
        wrong.append(f"refused: {found.failures[:2]}")
    if case.outcome == "refused":
        if not found.failures:
            wrong.append("not refused")
        elif case.place and not any(_names(failure, case) for failure in found.failures):
            wrong.append(f"{case.place} with {case.value!r} is not named: {found.failures[:2]}")
    if found.table is not None and (case.truth or case.outcome == "read"):
        wrong += _changed(case, found.table, found.failures)
    return wrong


def _names(failure: Failure, case: Case) -> bool:
    return failure.place == case.place and case.value in (None, failure.value)


def _changed(case: Case, table: Table, failures: tuple[Failure, ...]) -> Iterator[str]:
    """Cells that are not what was put in, without a fault that names them; rows that are missing without a fault."""
    places, refused = table.places, {failure.place for failure in failures}
    seen = dict(zip(places.rows.to_list(), table.frame.iter_rows(named=True), strict=True))
    missing = [row for row in case.truth if row not in seen]
    if missing and not failures:
        yield f"rows {missing[:3]} were lost in silence"
    for position, (number, row) in enumerate(seen.items()):
        put_in = case.truth.get(number)
        if put_in is None:
            continue
        for column, value in put_in.items():
            if not _same(row[column], value) and not (
                row[column] is None and _place(places, position, column) in refused
            ):
                yield f"{column} in row {number} was {value!r} and is {row[column]!r}"


def _place(places: Places, row: int, column: str) -> str:
    return places.of(row, column)


def _same(read_value: object, put_in: object) -> bool:
    if isinstance(read_value, float) and isinstance(put_in, int | float):
        return math.isclose(read_value, put_in, rel_tol=0, abs_tol=0)
    return read_value == put_in and type(read_value) is type(put_in)
