"""The log of publications, `log.jsonl`: who put which snapshot before the readers, when and why.

Lines are only ever added. Each carries the SHA-256 of the line before it and one of itself, so that a line that was
changed, dropped or moved is seen. An "intent" stands before every step that readers could see, "published" or "rolled
back" after it, "deleted" before an old snapshot goes. A line that the power or a kill cut short is cut off by the next
writer, who also adds what the log then lacks (`is_rebuilt`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeAlias

from data import disk

Event: TypeAlias = Literal["intent", "published", "rolled back", "deleted", "held back"]

LOG: Final = "log.jsonl"
NOTHING_BEFORE: Final = "0" * 64

DONE: Final[tuple[Event, ...]] = ("published", "rolled back")


@dataclass(frozen=True)
class Entry:
    """One line: at `at` (UTC) the role `by` did `event` with the snapshot `id`.

    `sequence` numbers the publication: it is the snapshot's own when it was published, a higher one when it was rolled
    back to. `former` is the snapshot that a new one builds on, or from which was rolled back. When a week was held
    back, `id` is the one that stays served, and there is no hash.
    """

    at: str
    by: str
    event: Event
    sequence: int
    id: str
    manifest_sha256: str
    former: str | None = None
    because: str = ""
    is_rebuilt: bool = False
    prev_sha256: str = NOTHING_BEFORE

    def to_line(self) -> bytes:
        """The line as it stands in the file, with the hash of itself last."""
        fields = vars(self)
        return (_json(fields | {"sha256": _sha256(_json(fields).encode())}) + "\n").encode()

    @classmethod
    def from_line(cls, line: bytes) -> Self:
        """The entry in a line; ValueError when it is not exactly what `to_line` writes."""
        try:
            fields: dict[str, Any] = json.loads(line)
            entry = cls(**{name: value for name, value in fields.items() if name != "sha256"})
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("it is not a line of this log") from error
        if entry.to_line() != line:
            raise ValueError("its text was changed after it was written")
        return entry


@dataclass(frozen=True)
class Journal:
    """The log as it stood when it was read: its good entries, the faults of the others in words, and its end.

    `length` is where the next line goes, after the last whole one; `torn` the bytes behind it, which an interrupted
    writer left; `last_sha256` the hash that the next line has to carry.
    """

    path: Path
    entries: tuple[Entry, ...]
    faults: tuple[str, ...]
    length: int
    torn: bytes
    last_sha256: str

    @classmethod
    def read(cls, data_folder: Path) -> Self:
        """The log of a data folder; an empty one when there is none yet. OSError when it cannot be read."""
        path = data_folder / LOG
        content = path.read_bytes() if path.exists() else b""
        *whole, torn = content.split(b"\n")
        lines = [line + b"\n" for line in whole]
        while lines and b"\0" in lines[-1]:
            torn = lines.pop() + torn
        entries: list[Entry] = []
        faults: list[str] = []
        before = NOTHING_BEFORE
        for number, line in enumerate(lines, start=1):
            try:
                entry = Entry.from_line(line)
            except ValueError as error:
                faults.append(f"line {number}: {error}")
            else:
                if entry.prev_sha256 != before:
                    faults.append(f"line {number}: it does not follow the line that stands before it")
                entries.append(entry)
            before = _sha256(line)
        return cls(path, tuple(entries), tuple(faults), len(content) - len(torn), torn, before)

    def append(self, *entries: Entry) -> Self:
        """The log with these entries added, flushed to the disk, and a torn end cut off.

        OSError when that failed; what was written of them is then taken back, or is the torn end of next time.
        """
        if not entries and not self.torn:
            return self
        written: list[Entry] = []
        content, before = b"", self.last_sha256
        for entry in entries:
            written.append(replace(entry, prev_sha256=before))
            content += written[-1].to_line()
            before = _sha256(written[-1].to_line())
        disk.append(self.path, content, self.length)
        return replace(
            self,
            entries=(*self.entries, *written),
            length=self.length + len(content),
            torn=b"",
            last_sha256=before,
        )

    def last(self, *events: Event, id: str | None = None, sequence: int | None = None) -> Entry | None:
        """The newest entry of one of these events, about this snapshot or publication if given."""
        return next(
            (
                entry
                for entry in reversed(self.entries)
                if entry.event in events and id in (None, entry.id) and sequence in (None, entry.sequence)
            ),
            None,
        )


def gone_without_a_word(journal: Journal, held: Collection[str]) -> list[str]:
    """The ids of snapshots that were published and are not held any more, though the log knows of no deletion."""
    published = dict.fromkeys(entry.id for entry in journal.entries if entry.event == "published")
    return [id for id in published if id not in held and journal.last("deleted", id=id) is None]


def moment(at: datetime | None) -> str:
    """A moment as the log writes it: UTC, to the second; now without one."""
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
