"""What a snapshot says about itself, and the pointer to the one that is served."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, Self

FORMAT: Final = 1
"""Version of the manifest's own layout."""


@dataclass(frozen=True)
class TableFile:
    """One Parquet file: its size, hash, number of rows, and the type of each column in the file's order.

    `nulls` counts the cells without a value, and `totals` adds up the others (see `data.totals`); both were counted
    before the file was written, and are none in a manifest older than that.
    """

    name: str
    bytes: int
    sha256: str
    rows: int
    columns: dict[str, str]
    nulls: dict[str, int] | None = None
    totals: dict[str, int] | None = None


@dataclass(frozen=True)
class SourceFile:
    """One file that was taken in; `form` says how it was read, for instance "csv, gb18030" or "xlsx, sheet units"."""

    name: str
    bytes: int
    sha256: str
    rows: int
    form: str


@dataclass(frozen=True)
class RuleWarning:
    """How many rows a warning rule found, and why they were accepted; they are in the snapshot.

    `before` of them had been accepted in the snapshot before already; none in a manifest older than that.
    """

    rule: str
    count: int
    because: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Manifest:
    """Everything that is known about a snapshot without opening a table.

    `id` is the name of the snapshot's folder, `<known_on>-<sequence>-<hash>`; the hash covers every other field but the
    sequence, so that a changed manifest no longer fits its folder. `parent` is the id of the snapshot it was built on;
    none for the first, and in a manifest older than that, which was built on the one before it.
    """

    format: int
    schema_version: int
    id: str
    sequence: int
    known_on: date
    created_by: str
    synthetic: bool
    tables: dict[str, TableFile]
    sources: tuple[SourceFile, ...]
    warnings: tuple[RuleWarning, ...]
    parent: str | None = None

    def numbered(self, sequence: int) -> Self:
        """The manifest as the snapshot of that sequence number, with the id that follows from it."""
        covered = hashlib.sha256(replace(self, id="", sequence=0).to_json()).hexdigest()
        return replace(self, sequence=sequence, id=f"{self.known_on}-{sequence:04d}-{covered[:16]}")

    @property
    def content_hash(self) -> str:
        """SHA-256 over everything but id, sequence and parent: the same input always gives the same."""
        return hashlib.sha256(replace(self, id="", sequence=0, parent=None).to_json()).hexdigest()

    @property
    def sha256(self) -> str:
        """SHA-256 of the manifest as it stands in its file."""
        return hashlib.sha256(self.to_json()).hexdigest()

    def to_json(self) -> bytes:
        """The one way to write this manifest: a line for each field, table and source."""
        fields = vars(self) | {
            "known_on": self.known_on.isoformat(),
            "tables": {table: _said(vars(file)) for table, file in self.tables.items()},
            "sources": [vars(source) for source in self.sources],
            "warnings": [_said(vars(warning)) for warning in self.warnings],
        }
        return f"{{\n{_lines(_said(fields), ' ')}\n}}\n".encode()

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """The manifest that these bytes hold; ValueError when they are not exactly what `to_json` writes."""
        fields = _parse(content)
        try:
            manifest = cls(
                **fields
                | {
                    "known_on": date.fromisoformat(fields["known_on"]),
                    "tables": {table: TableFile(**file) for table, file in fields["tables"].items()},
                    "sources": tuple(SourceFile(**source) for source in fields["sources"]),
                    "warnings": tuple(RuleWarning(**warning) for warning in fields["warnings"]),
                }
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"a field is missing or unknown: {error}") from error
        if manifest.format != FORMAT:
            raise ValueError(f"its format is {manifest.format!r}, this program reads format {FORMAT}")
        if manifest.to_json() != content:
            raise ValueError("its text was changed after it was written")
        return manifest


@dataclass(frozen=True)
class Pointer:
    """The line in CURRENT: which snapshot is served. The sequence numbers the publications and never falls."""

    sequence: int
    id: str
    manifest_sha256: str

    def to_json(self) -> bytes:
        """The line as bytes."""
        return (json.dumps(asdict(self)) + "\n").encode()

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """The pointer that these bytes hold; ValueError when they are not exactly what `to_json` writes."""
        try:
            pointer = cls(**_parse(content))
        except TypeError as error:
            raise ValueError(f"a field is missing or unknown: {error}") from error
        if type(pointer.sequence) is not int or pointer.to_json() != content:
            raise ValueError("its text was changed after it was written")
        return pointer


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields without those that say nothing, which older manifests do not have."""
    silent = [name for name in ("parent", "nulls", "totals", "because", "before") if fields.get(name) in (None, "")]
    return {name: value for name, value in fields.items() if name not in silent}


def _lines(fields: dict[str, Any], indent: str) -> str:
    return ",\n".join(f"{indent}{_text(name)}: {_value(value, indent + ' ')}" for name, value in fields.items())


def _value(value: object, indent: str) -> str:
    match value:
        case {"columns": _} | {"form": _} | {"rule": _}:
            return _text(value)
        case dict():
            return f"{{\n{_lines(value, indent)}\n{indent[:-1]}}}"
        case [_, *_]:
            return "[\n" + ",\n".join(indent + _text(item) for item in value) + f"\n{indent[:-1]}]"
    return _text(value)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _parse(content: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise ValueError("it is not a JSON object")
    return fields
