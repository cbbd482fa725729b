"""What a table's declaration is made of: the kinds of column, and their description in two languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeAlias, TypedDict, Unpack

import dataframely as dy
import polars as pl

CLOCK_COLUMNS: Final = ("reported_at", "revision", "is_void", "source_ref")
"""The columns that every fact table has beside its own, last in the file."""

DType: TypeAlias = pl.DataType | type[pl.DataType]


class Options(TypedDict, total=False):
    """What may be said of any column beside its description."""

    key: bool
    nullable: bool
    references: str


@dataclass(frozen=True, slots=True)
class Form:
    """How a code is written: a pattern that all of it fits, and the same in words."""

    pattern: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its type, what it may hold, and what it means.

    `values` lists the allowed codes, none for an open column; `references` names the column whose values it takes, as
    "units.unit_id"; `unit` is the unit of measure; `minimum` and `maximum` are included in what is allowed; `form`
    is how a code is written.
    """

    name: str
    dtype: DType
    nullable: bool
    key: bool
    values: tuple[str, ...] | None
    references: str | None
    zh: str
    en: str
    unit: str | None
    minimum: float | None = None
    maximum: float | None = None
    form: Form | None = None


class Table(dy.Schema):
    """A table of a snapshot. The docstring of each table begins with its grain; `zh` says the same in Chinese."""

    zh: ClassVar[str] = ""


def text(
    zh: str, en: str, *, values: Sequence[str] | None = None, form: Form | None = None, **options: Unpack[Options]
) -> dy.String:
    """A code or a short text; with `values` only those codes, with a `form` only what is written so."""
    allowed = None if values is None else list(values)
    check: Callable[[pl.Expr], pl.Expr] | None = None if allowed is None else lambda column: column.is_in(allowed)
    return dy.String(
        check=check, **_common(zh, en, options, values=None if values is None else tuple(values), form=form)
    )


def whole(
    zh: str,
    en: str,
    *,
    minimum: int | None = None,
    maximum: int | None = None,
    unit: str | None = None,
    **options: Unpack[Options],
) -> dy.Int32:
    """A whole number."""
    extra = {"minimum": minimum, "maximum": maximum, "unit": unit}
    return dy.Int32(min=minimum, max=maximum, **_common(zh, en, options, **extra))


def number(
    zh: str,
    en: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    unit: str | None = None,
    **options: Unpack[Options],
) -> dy.Float64:
    """A measured number."""
    extra = {"minimum": minimum, "maximum": maximum, "unit": unit}
    return dy.Float64(min=minimum, max=maximum, **_common(zh, en, options, **extra))


def flag(zh: str, en: str, **options: Unpack[Options]) -> dy.Bool:
    """Yes or no."""
    return dy.Bool(**_common(zh, en, options))


def day(zh: str, en: str, **options: Unpack[Options]) -> dy.Date:
    """A calendar day."""
    return dy.Date(**_common(zh, en, options))


def moment(zh: str, en: str, **options: Unpack[Options]) -> dy.Datetime:
    """A moment in local time."""
    return dy.Datetime(time_unit="us", **_common(zh, en, options))


def several(zh: str, en: str, values: Sequence[str], **options: Unpack[Options]) -> dy.List:
    """A list of codes; in text files they are joined by "|"."""
    allowed = list(values)
    return dy.List(
        dy.String(check=lambda column: column.is_in(allowed)), **_common(zh, en, options, values=tuple(values))
    )


def _common(zh: str, en: str, options: Options, **extra: object) -> dict[str, Any]:
    key, references = options.get("key", False), options.get("references")
    metadata = {"zh": zh, "references": references, **extra}
    nullable = options.get("nullable", False)
    return {"primary_key": key, "nullable": nullable, "description": en, "metadata": metadata}


class Fact(Table):
    """A table of things that happened: each row also says when the office heard of it, and which version it is."""

    reported_at = moment("活动办收到的时间", "When the campaign office received it")
    revision = whole("版本号,更正时加一", "Version of the row, higher for a correction", minimum=1)
    is_void = flag("已撤销", "Whether the row is withdrawn")
    source_ref = text("来源台账的表与行", "Sheet and row of the ledger it came with", nullable=True)


def columns_of(table: type[Table]) -> tuple[Column, ...]:
    """The columns of a declared table in the order of its file: its own ones, then those of every fact table."""
    declared = {name: _described(name, column) for name, column in table.columns().items()}
    last = [declared.pop(name) for name in CLOCK_COLUMNS if name in declared]
    return (*declared.values(), *last)


def _described(name: str, column: dy.Column) -> Column:
    metadata = column.metadata or {}
    return Column(
        name=name,
        dtype=column.dtype,
        nullable=column.nullable,
        key=column.primary_key,
        values=metadata.get("values"),
        references=metadata["references"],
        zh=metadata["zh"],
        en=column.description or "",
        unit=metadata.get("unit"),
        minimum=metadata.get("minimum"),
        maximum=metadata.get("maximum"),
        form=metadata.get("form"),
    )
