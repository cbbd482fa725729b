"""Read a log's file: the columns that were named, every row typed or refused, nothing guessed, no person taken in."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Final, Protocol

import polars as pl

from data.exceptions import DataError, RefusedError
from data.intake import Child, Limits, UnreadableError, failure_frame
from data.intake.failures import Faults
from data.intake.files import content_of
from data.intake.log import SEPARATOR, LogSheet
from data.logs.times import WANTED, Kind, Times, read_times
from data.manifest import SourceFile
from data.rules.forms import LONGEST_TEXT
from data.rules.persons import DENIED_COLUMNS, is_a_bare_name, names_a_person, persons_among

LOG_LIMITS: Final = Limits(file_bytes=500_000_000, rows=2_000_000, seconds=120.0, memory_bytes=3_000_000_000)
"""A log is larger than a week: it has years in it."""

LEVELS: Final[dict[str, int]] = {
    **{name: 0 for name in ("0", "city", "prefecture", "市", "市级")},
    **{name: 1 for name in ("1", "county", "县", "县级", "区县", "县区")},
    **{
        name: 2
        for name in ("2", "unit", "department", "township", "乡镇", "部门", "乡镇/部门", "乡镇级", "街道", "单位")
    },
    **{
        name: 3
        for name in ("3", "grassroots", "grass roots", "village", "community", "基层", "村", "社区", "村级", "基层站所")
    },
}
"""How levels are written: the number, or a name without regard to case."""

_PERSONS: Final = re.compile(
    r"(?i)(^|[_: ])(resource|user|username|employee|staff|handler|assignee|owner|agent)([_ ]|$)|"
    r"(经办|承办|办理|处理|责任|联系|负责)人|人员|领导"
)
"""Names of columns that hold persons in logs of other systems, beside those that no table of ours may have."""
_OFFICES: Final = re.compile(r"(?i)department|office|unit|group|bureau|部门|单位|机构|科室")
"""With one of these words such a column holds their offices; its cells are looked at all the same."""
_XES: Final = (
    "XES is not read: its well-kept library has a licence that this program cannot take in. Save the log as CSV: ProM, "
    "Disco, Apromore and Celonis export it, and PM4Py writes it with convert_to_dataframe(read_xes(…)).to_csv(…)."
)
_PERSON: Final = "this looks like a person: give the office, matters are followed here and never persons"
_BARE: Final = (
    "this looks like the name of a person: give the office; if it is one, write its full name, as 白云街道 for 白云"
)


@dataclass(frozen=True)
class Columns:
    """Which columns of the log say what; none for what it does not say."""

    case: str
    activity: str
    time: str
    holder: str | None = None
    level: str | None = None
    due: str | None = None

    @property
    def named(self) -> dict[str, str]:
        """The columns by what they say, in the order of the fields."""
        return {one.name: name for one, name in zip(fields(self), astuple(self), strict=True) if name is not None}

    def check(self) -> None:
        """DataError when a column is named twice, or is about persons."""
        seen: dict[str, str] = {}
        for what, name in self.named.items():
            if not name.strip() or "\n" in name:
                raise DataError(f"--{what} {name!r}: give the name of a column.")
            if name in seen:
                raise DataError(
                    f"Column {name!r} is named for --{seen[name]} and for --{what}: one column, one meaning."
                )
            seen[name] = what
            is_person = _PERSONS.search(name) and not _OFFICES.search(name)
            if DENIED_COLUMNS.search(name.casefold()) or is_person:
                raise DataError(
                    f"--{what} {name!r}: this column is about persons, and none may be taken in (V30). Name the one "
                    "with the office instead; matters are followed here, never persons."
                )


@dataclass(frozen=True)
class Log:
    """The rows of a log in the file's order, without those repeated in every cell.

    Columns of `rows`: row (its number in the file), case, activity, at (local time, midnight for a day), holder (null
    where the cell is empty), level, due (a day). `kind` tells days from moments.
    """

    file: str
    rows: pl.DataFrame
    kind: Kind
    source: SourceFile
    repeated: int


class Reader(Protocol):
    """Reads a log from its bytes; UnreadableError when it cannot be taken at all."""

    def log(self, file: str, content: bytes, names: str, limits: Limits) -> LogSheet:
        """The columns `names`, joined by SEPARATOR."""


def read(path: Path, columns: Columns, zone: str, reader: Reader | None = None, limits: Limits = LOG_LIMITS) -> Log:
    """Read a log, in a process of its own unless a reader is given. RefusedError names every cell that is wrong."""
    columns.check()
    if names_a_person(path.stem) or is_a_bare_name(path.stem):
        raise DataError("The file's name looks like that of a person, and it is kept with every step: rename the file.")
    if ".xes" in [suffix.casefold() for suffix in path.suffixes]:
        raise DataError(f"{path.name}: {_XES}")
    if path.suffix.casefold() in (".xlsx", ".xls", ".xlsm", ".parquet", ".json"):
        raise DataError(f"{path.name}: a log is read from CSV. Save it as CSV UTF-8.")
    names = SEPARATOR.join(columns.named.values())
    try:
        with Child() if reader is None else nullcontext(reader) as reading:
            sheet = reading.log(path.name, content_of(path, path.name, limits.file_bytes), names, limits)
    except UnreadableError as error:
        raise RefusedError(failure_frame(error.failures)) from error
    return _typed(sheet, columns, zone)


def _typed(sheet: LogSheet, columns: Columns, zone: str) -> Log:
    faults = Faults(sheet.places.file)
    text = sheet.text.rename({name: what for what, name in columns.named.items()})
    for what in ("case", "activity", "time"):
        for row in text[what].is_null().arg_true():
            faults.add(sheet.places.of(row), "V04", columns.named[what], "", "this cell must not be empty: fill it in")
    times = _times(text["time"], "time", columns, zone, sheet, faults)
    due = _times(text["due"], "due", columns, zone, sheet, faults) if "due" in text.columns else None
    level = _levels(text, columns, sheet, faults) if "level" in text.columns else None
    _check_texts(text, columns, sheet, faults)
    if text.is_empty():
        faults.add("", "file", "", "", "the log has no rows")
    if due is not None and times is not None:
        _check_due(text["case"], times.at, due.at, columns, sheet, faults)
    if faults.found:
        raise RefusedError(failure_frame(faults.listed()))
    rows = pl.DataFrame(
        {
            "row": sheet.places.rows,
            "case": text["case"],
            "activity": text["activity"],
            "at": times.at,
            "holder": text["holder"] if "holder" in text.columns else pl.Series([None] * text.height, dtype=pl.String),
            "level": pl.Series([None] * text.height, dtype=pl.Int32) if level is None else level,
            "due": pl.Series([None] * text.height, dtype=pl.Date) if due is None else due.at.dt.date(),
        }
    )
    return Log(sheet.places.file, rows, times.kind, sheet.source, sheet.repeated)


def _times(text: pl.Series, what: str, columns: Columns, zone: str, sheet: LogSheet, faults: Faults) -> Times:
    times, column = read_times(text, zone), columns.named[what]
    for row in (text.is_not_null() & times.at.is_null()).arg_true():
        faults.add(sheet.places.of(row), "type", column, text[row], WANTED)
    if (other := times.unlike(may_mix_days=what == "due")) is not None:
        row, message = other
        faults.add(sheet.places.of(row), "type", column, text[row], message)
    return times


def _levels(text: pl.DataFrame, columns: Columns, sheet: LogSheet, faults: Faults) -> pl.Series:
    """The level of each row; one that is empty is that of its holder, when the holder has exactly one."""
    column, cells = columns.named["level"], text["level"]
    level = cells.str.to_lowercase().replace_strict(LEVELS, default=None, return_dtype=pl.Int32)
    for row in (cells.is_not_null() & level.is_null()).arg_true():
        message = "write a level as 0 (city), 1 (county), 2 (unit) or 3 (grass roots), or by one of these names"
        faults.add(sheet.places.of(row), "V03", column, cells[row], message)
    if "holder" not in text.columns or faults.found:
        return level
    frame = pl.DataFrame({"holder": text["holder"], "level": level})
    only = frame.select(pl.col("level").drop_nulls().n_unique().over("holder") == 1).to_series()
    for row in (text["holder"].is_not_null() & level.is_null() & ~only).arg_true():
        message = "this holder has no level in any row, or several: write it here"
        faults.add(sheet.places.of(row), "V04", column, "", message)
    return frame.select(
        pl.coalesce("level", pl.when(only & pl.col("holder").is_not_null()).then(pl.col("level").max().over("holder")))
    ).to_series()


def _check_texts(text: pl.DataFrame, columns: Columns, sheet: LogSheet, faults: Faults) -> None:
    for what in (name for name in ("case", "activity", "holder") if name in text.columns):
        cells, column = text[what], columns.named[what]
        for row in (cells.str.len_chars() > LONGEST_TEXT).fill_null(False).arg_true():
            faults.add(
                sheet.places.of(row), "V03", column, cells[row], f"longer than {LONGEST_TEXT} characters: shorten it"
            )
        told = dict.fromkeys(persons_among(cells), _PERSON)
        if what == "holder":
            told |= {name: _BARE for name in cells.drop_nulls().unique() if name not in told and is_a_bare_name(name)}
        if told:
            for row in cells.is_in(list(told)).fill_null(False).arg_true():
                faults.add(sheet.places.of(row), "V30", column, "", told[cells[row]])


def _check_due(
    case: pl.Series, at: pl.Series, due: pl.Series, columns: Columns, sheet: LogSheet, faults: Faults
) -> None:
    """A case is not due before it began; what cannot be read was told already."""
    frame = pl.DataFrame({"case": case, "at": at, "due": due})
    began = pl.col("at").min().over("case").dt.date()
    early = frame.with_columns(began.alias("began")).with_row_index("place")
    early = early.filter(pl.col("case").is_not_null(), pl.col("due").dt.date() < pl.col("began"))
    for place, _, _, ends, began_on in early.iter_rows():
        message = f"due before the case began ({began_on}): correct the day, or leave the cell empty"
        faults.add(sheet.places.of(place), "V27", columns.named["due"], ends.date().isoformat(), message)
