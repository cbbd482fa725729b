"""Catalogue: every indicator by its name, with the header of its SQL file as its definition."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from queries import own
from queries.exceptions import CatalogError, SelectionError, UnknownNameError, suggestion

WORDS = ("title", "question", "numerator", "denominator", "missing")
REQUIRED = (
    *("id", "name", *(f"{word}_{language}" for word in WORDS for language in ("zh", "en"))),
    *("grain", "unit", "direction", "aggregation", "key", "reference"),
)
OPTIONAL = {"counted": "each", "maturity": "due", "numbers": "whole", "period": "selects", "dimensions": "", "over": ""}
ALLOWED = {
    "unit": ("share", "visits", "days", "points", "interviews", "pp", "count", "ratio"),
    "direction": ("up", "down", "none"),
    "counted": ("each", "once"),
    "maturity": ("due", "activity"),
    "numbers": ("whole", "decimal"),
    "period": ("selects", "shapes"),
}

VALUES = ("events_until", "from_on", "known_on", "to_on")
"""What the SQL of an indicator may name as $value; groups and unit types are chosen around it."""

_FIELD = re.compile(r"-- (\w+): (.+)")
_CONTINUATION = re.compile(r"--   (\S.*)")
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class Indicator:
    """One defined number: what it asks, and the SQL that gives the rows it counts.

    `aggregation` names the file in queries/sql/answers that makes figures of the rows; `counted` is "once" where rows
    with the same counted_id are one thing; `maturity` says whether a figure is immature for what is due in it ("due")
    or for any week in it not fully reported ("activity"); `numbers` whether sums are whole; `period`
    whether the period asked for selects among rows that are always the same, or shapes them. `dimensions` are those the
    rows have beside group, unit type, unit and week; `key` identifies a row, in sorting order. `over` names the share
    that is looked at where the indicator compares the groups' values of another one; such a one reads from `measured`.
    `is_own` marks one from the folder of own indicators.
    """

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
    unit: str
    direction: str
    aggregation: str
    key: tuple[str, ...]
    reference: str
    counted: str
    maturity: str
    numbers: str
    period: str
    dimensions: tuple[str, ...]
    over: str
    sql: str
    is_own: bool = False

    def figures_sql(self) -> str:
        """Give the SQL of the figures: the counted rows put into `counted`, that into the aggregation."""
        aggregation = text("answers", self.aggregation)
        if self.over:
            return _put(self.rows_sql(), "group_rates", aggregation)
        return _put(self._counted_sql(), "counted", aggregation)

    def rows_sql(self) -> str:
        """Give the SQL of the rows behind the figures: the cells, or the groups that were compared."""
        if self.over:
            return _put(self._counted_sql(), "counted", text("answers", "group_rates"))
        return _put(self.sql, "cells", text("answers", "rows"))

    def over_share(self, other: Indicator) -> Indicator:
        """Give this comparison of the groups' values of another indicator; SelectionError when that is no share."""
        if other.unit != "share" or other.aggregation != "pooled":
            raise SelectionError(
                f"{self.name} compares shares, and {other.name} is none (it is in {other.unit}): "
                f"choose one of {', '.join(shares())}."
            )
        return replace(
            self,
            over=other.name,
            counted=other.counted,
            maturity=other.maturity,
            numbers=other.numbers,
            sql=_put(other.sql, "measured", self.sql),
        )

    def _counted_sql(self) -> str:
        return _put(self.sql, "cells", text("answers", "counted_once" if self.counted == "once" else "counted"))


def indicators() -> dict[str, Indicator]:
    """Give every indicator by name, ordered by its id (I01, I02, …), the sound ones of the own folder after them."""
    added = own.files()
    return _with_own(added)[0] if added else _shipped()


def faults() -> dict[str, str]:
    """Say by file name why an own indicator is left out, or that the folder is not there; empty when all is well."""
    where = own.folder()
    if where is not None and not where.is_dir():
        return {where.name: f"own indicators: there is no folder {where}: make it, or set another one."}
    return dict(_with_own(own.files())[1])


@cache
def _shipped() -> dict[str, Indicator]:
    found = [_read(name, text("indicators", name)) for name in names("indicators")]
    return {each.name: each for each in sorted(found, key=lambda each: each.id)}


@lru_cache(4)
def _with_own(added: tuple[own.OwnFile, ...]) -> tuple[dict[str, Indicator], dict[str, str]]:
    """Put own indicators after the shipped ones; what is wrong with one keeps only that one out."""
    found, wrong = dict(_shipped()), {}
    for each in added:
        try:
            defined = _own(each, {one.id: one.name for one in found.values()})
            found[defined.name] = defined
        except (CatalogError, UnicodeDecodeError) as error:
            wrong[each.name] = f"{each.path}: {error}"
    ordered = sorted(found.values(), key=lambda each: (each.is_own, each.id))
    return {each.name: each for each in ordered}, wrong


def _own(file: own.OwnFile, ids: dict[str, str]) -> Indicator:
    name, sql = own.checked_name(file.name), file.path.read_text(encoding="utf-8")
    if name in ids.values():
        raise CatalogError(f"{name} is the name of an indicator that comes with the application: rename the file.")
    defined = _read(name, sql, is_own=True)
    if defined.id in ids:
        raise CatalogError(f"id {defined.id} is that of {ids[defined.id]}: give it another one.")
    if unknown := sorted(parameters(sql) - {*VALUES}):
        raise CatalogError(f"unknown value ${unknown[0]}: an indicator may name ${', $'.join(VALUES)}.")
    if defined.over:
        raise CatalogError("over is for group_balance alone: leave the field out.")
    return defined


def indicator(name: str, of: str | None = None) -> Indicator:
    """Give one indicator; an unknown name raises UnknownNameError with the nearest known one.

    One that compares the groups' values of another takes `of`, the name of a share; another one refuses it.
    """
    try:
        found = indicators()[name]
    except KeyError:
        if name in faults():
            raise CatalogError(faults()[name]) from None
        raise UnknownNameError(f"unknown indicator {name!r}.{suggestion(name, indicators())}") from None
    if found.over:
        return found.over_share(indicator(of or found.over))
    if of is not None:
        over = [each.name for each in indicators().values() if each.over]
        raise UnknownNameError(f"{name} is not taken of another indicator, {', '.join(over)} is: leave out {of!r}.")
    return found


def shares() -> tuple[str, ...]:
    """Give the names of the indicators that are shares, ordered by id."""
    found = [each for each in indicators().values() if each.unit == "share" and each.aggregation == "pooled"]
    return tuple(each.name for each in found)


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


def _put(inner: str, name: str, outer: str) -> str:
    """Let the outer text read the inner one where it reads from `name`."""
    return outer.replace(f"from {name}\n", f"from (\n{inner}\n) as {name}\n")


def _read(name: str, sql: str, *, is_own: bool = False) -> Indicator:
    fields = header(sql)
    if missing := [field for field in REQUIRED if field not in fields]:
        raise CatalogError(f"header of indicator {name}: {missing[0]} is missing")
    if unknown := [field for field in fields if field not in (*REQUIRED, *OPTIONAL)]:
        raise CatalogError(f"header of indicator {name}: unknown field {unknown[0]}")
    fields = OPTIONAL | fields
    for field, values in {**ALLOWED, "name": (name,), "aggregation": names("answers")}.items():
        if fields[field] not in values:
            raise CatalogError(f"header of indicator {name}: {field} {fields[field]!r} is none of {', '.join(values)}")
    key, dimensions = _listed(fields.pop("key")), _listed(fields.pop("dimensions"))
    return Indicator(**fields, key=key, dimensions=dimensions, sql=sql, is_own=is_own)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (each.strip() for each in text.split(","))))
