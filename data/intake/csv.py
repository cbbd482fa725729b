"""Read a CSV file as text: UTF-8 or GB18030, comma separated, one header row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from data.intake.failures import Failure, whole_file
from data.intake.sheet import Limits, Places, Sheet, UnreadableError, check_header, check_rows
from data.schemas import Column

_PRIVATE: Final = re.compile("[\ue000-\uf8ff\ufffd]")


def read_csv(file: str, content: bytes, columns: Sequence[Column], limits: Limits) -> Sheet:
    """The table as text. UnreadableError when encoding, header, quoting or the number of cells in a row is wrong."""
    text, encoding = _decoded(file, content)
    header: list[str] = _header(file, text)
    check_header(file, "row 1", header, columns)
    frame = _plain(text, header)
    if frame is None:
        frame = _quoted(file, text, header)
    check_rows(file, frame.height, limits.rows)
    rows = pl.int_range(2, frame.height + 2, eager=True)
    return Sheet.of(frame, Places(file, rows), f"csv, {encoding}")


def _decoded(file: str, content: bytes) -> tuple[str, str]:
    if b"\x00" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(whole_file(file, "not a text in UTF-8: save it as CSV UTF-8"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and (strange := _PRIVATE.search(text)):
            raise UnreadableError(
                whole_file(file, "neither UTF-8 nor proper GB18030: save it as CSV UTF-8", value=strange[0])
            )
        return text, encoding.removesuffix("-sig")
    raise UnreadableError(whole_file(file, "neither UTF-8 nor GB18030: save it as CSV UTF-8"))


def _header(file: str, text: str) -> list[str]:
    try:
        header = next(_reader(text), [])
    except csv.Error as error:
        raise UnreadableError(Failure(file, "row 1", "columns", "", "", f"broken quoting: {error}")) from error
    if not header:
        raise UnreadableError(whole_file(file, "the file is empty: it needs at least the header row"))
    return [name.strip() for name in header]


def _plain(text: str, header: Sequence[str]) -> pl.DataFrame | None:
    """The fast way, for a text without quotes in which every line has as many commas as the header; otherwise none."""
    ended = text if text.endswith("\n") else text + "\n"
    if '"' in text or ended.count("\r") != ended.count("\r\n") or ended[0] in "\r\n":
        return None
    if ended.count(",") != ended.count("\n") * (len(header) - 1):
        return None
    body = ended[ended.index("\n") + 1 :]
    try:
        return pl.read_csv(
            body.encode(), has_header=False, new_columns=list(header), schema=dict.fromkeys(header, pl.String)
        )
    except pl.exceptions.PolarsError:
        return None


def _quoted(file: str, text: str, header: Sequence[str]) -> pl.DataFrame:
    """The careful way: every record is looked at, and those with too few or too many cells are named."""
    records: list[list[str]] = []
    failures: list[Failure] = []
    reader = _reader(text)
    next(reader)
    try:
        for number, record in enumerate(reader, start=2):
            if record and len(record) != len(header):
                message = f"{len(record)} cells where the header has {len(header)}: check commas and quotes"
                failures.append(Failure(file, f"row {number}", "columns", "", ",".join(record)[:80], message))
            records.append(record if len(record) == len(header) else [""] * len(header))
    except csv.Error as error:
        place = f"row {len(records) + 2}"
        raise UnreadableError(*failures, Failure(file, place, "columns", "", "", f"broken quoting: {error}")) from error
    if failures:
        raise UnreadableError(*failures)
    return pl.DataFrame(records, schema=dict.fromkeys(header, pl.String), orient="row")


def _reader(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), strict=True)
