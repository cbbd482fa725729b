"""Catalogue: every indicator by its name, with the header of its SQL file as its definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from queries.exceptions import CatalogError, UnknownNameError, suggestion

HEADER_FIELDS = (
    *("id", "name", "title_zh", "title_en", "question_zh", "question_en", "numerator_zh", "numerator_en"),
    *("denominator_zh", "denominator_en", "missing_zh", "missing_en"),
    *("grain", "unit", "direction", "aggregation", "reference"),
)
UNITS = ("share", "visits", "days")
DIRECTIONS = ("up", "down")

_FIELD = re.compile(r"-- (\w+): (.+)")
_CONTINUATION = re.compile(r"--   (\S.*)")
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class Indicator:
    """One defined number: what it asks, what it counts, and the SQL that counts it and lists its rows."""

    id: str
    name: str
    title_zh: str
    title_en: str
    question_zh: str
    question_en: str
    numerator_zh: str
    numerator_en: str
    denominator_zh: str
    denominator_en: str
    missing_zh: str
    missing_en: str
    grain: str
    unit: Literal["share", "visits", "days"]
    direction: Literal["up", "down"]
    aggregation: str
    reference: str
    sql: str
    rows_sql: str


@cache
def indicators() -> dict[str, Indicator]:
    """Give every indicator by name, ordered by its id (I01, I02, …)."""
    found = [_read(name) for name in names("indicators")]
    return {each.name: each for each in sorted(found, key=lambda each: each.id)}


def indicator(name: str) -> Indicator:
    """Give one indicator; an unknown name raises UnknownNameError with the nearest known one."""
    try:
        return indicators()[name]
    except KeyError:
        raise UnknownNameError(f"unknown indicator {name!r}.{suggestion(name, indicators())}") from None


@cache
def names(folder: str) -> tuple[str, ...]:
    """Give the names of the SQL files of a folder of queries/sql, in alphabetical order."""
    entries = (files("queries") / "sql" / folder).iterdir()
    return tuple(sorted(entry.name.removesuffix(".sql") for entry in entries if entry.name.endswith(".sql")))


@cache
def text(folder: str, name: str) -> str:
    """Give the text of one SQL file; an unknown name raises UnknownNameError."""
    if name not in names(folder):
        raise UnknownNameError(f"unknown name {name!r} in {folder}.{suggestion(name, names(folder))}")
    return (files("queries") / "sql" / folder / f"{name}.sql").read_text(encoding="utf-8")


@cache
def parameters(sql: str) -> frozenset[str]:
    """Give the $names an SQL text wants."""
    return frozenset(_PARAMETER.findall(sql))


def header(sql: str) -> dict[str, str]:
    """Read the leading `-- field: text` lines; a line that starts with three blanks continues the field above."""
    fields: dict[str, str] = {}
    last = ""
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        if match := _CONTINUATION.fullmatch(line):
            fields[last] = f"{fields[last]} {match[1]}"
        elif match := _FIELD.fullmatch(line):
            last = match[1]
            fields[last] = match[2]
        else:
            raise CatalogError(f"a header line is '-- field: text', not {line!r}")
    return fields


def _read(name: str) -> Indicator:
    sql = text("indicators", name)
    fields = header(sql)
    if set(fields) != set(HEADER_FIELDS):
        wrong = sorted(set(fields) ^ set(HEADER_FIELDS))
        raise CatalogError(f"header of indicator {name}: missing or unknown fields {', '.join(wrong)}")
    if fields["name"] != name or fields["unit"] not in UNITS or fields["direction"] not in DIRECTIONS:
        raise CatalogError(f"header of indicator {name}: name, unit or direction does not hold")
    unit = cast(Literal["share", "visits", "days"], fields.pop("unit"))
    direction = cast(Literal["up", "down"], fields.pop("direction"))
    return Indicator(**fields, unit=unit, direction=direction, sql=sql, rows_sql=text("lists", name))
