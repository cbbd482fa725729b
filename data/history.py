"""What stands in a data folder: every snapshot with what became of it, and whether all of it is as it was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.exceptions import SnapshotError
from data.journal import DONE, Journal, gone_without_a_word
from data.line import FOLDER, NAME, committed, line, number_of, numbered, pointer_or_reason, read_pointer
from data.manifest import Manifest, Pointer, RuleWarning
from data.retention import pinned
from data.schemas import VERSION
from data.snapshots import Snapshot


@dataclass(frozen=True)
class Held:
    """One snapshot of a data folder.

    `rows` are those of all its tables, none when its manifest is damaged, which `fault` then tells in words. `because`
    is the reason for which it was rolled back. `published_at` (UTC) and `by` (a role) are as the log has them.
    """

    id: str
    sequence: int
    known_on: date
    rows: int | None
    is_served: bool
    is_rolled_back: bool
    because: str
    warnings: tuple[RuleWarning, ...]
    published_at: str
    by: str
    is_pinned: bool
    fault: str


@dataclass(frozen=True)
class Fault:
    """Something in a data folder that is not as it was published: where, and what to do about it."""

    where: str
    what: str


def history(data_folder: Path) -> list[Held]:
    """Every snapshot that was published and not deleted, the newest first, those that were rolled back included.

    Only manifests are read: `verify_all` reads the tables. OSError when the log cannot be read.
    """
    pointer, journal = read_pointer(data_folder), Journal.read(data_folder)
    on_line, kept = set(committed(data_folder)), pinned(data_folder)
    found = []
    for name in _published(data_folder, pointer):
        manifest, fault = _opened(data_folder, name)
        entry = journal.last("published", id=name)
        found.append(
            Held(
                id=name,
                sequence=number_of(name),
                known_on=date.fromisoformat(name[:10]),
                rows=sum(file.rows for file in manifest.tables.values()) if manifest else None,
                is_served=pointer is not None and pointer.id == name,
                is_rolled_back=name not in on_line,
                because="" if name in on_line else _because(data_folder, journal, name),
                warnings=manifest.warnings if manifest else (),
                published_at=entry.at if entry else "",
                by=entry.by if entry else "",
                is_pinned=name in kept,
                fault=fault,
            )
        )
    return found[::-1]


def verify_all(data_folder: Path) -> Iterator[tuple[str, list[Fault]]]:
    """Look at everything, one thing after the other: CURRENT, the log, and each snapshot with every file of it.

    Yields what was looked at with its faults, `verify_steps` times. Nothing is changed, and a publication or deletion
    that goes on meanwhile is no fault.
    """
    pointer = pointer_or_reason(data_folder)
    if isinstance(pointer, Pointer):
        yield "CURRENT", list(_of_pointer(data_folder, pointer))
    else:
        yield "CURRENT", [Fault("CURRENT", f"{pointer} Publish a week or roll back to a snapshot: either writes it.")]
    yield "log.jsonl", list(_of_log(data_folder))
    for name in _published(data_folder, read_pointer(data_folder)):
        yield name, list(_of_snapshot(data_folder, name))


def verify_steps(data_folder: Path) -> int:
    """How many things there are to look at."""
    return 2 + len(_published(data_folder, read_pointer(data_folder)))


def _published(data_folder: Path, pointer: Pointer | None) -> list[str]:
    return [name for number, name in numbered(data_folder) if pointer is None or number <= pointer.sequence]


def _opened(data_folder: Path, name: str) -> tuple[Manifest | None, str]:
    try:
        return Snapshot.open(data_folder / FOLDER / name).manifest, ""
    except SnapshotError as error:
        return None, str(error)


def _because(data_folder: Path, journal: Journal, name: str) -> str:
    """The reason of the newest roll back that took a snapshot off the line."""
    for entry in reversed(journal.entries):
        if entry.event != "rolled back" or not entry.former or not NAME.fullmatch(entry.former):
            continue
        if name in set(line(data_folder, entry.former)) - set(line(data_folder, entry.id)):
            return entry.because
    return ""


def _of_pointer(data_folder: Path, pointer: Pointer) -> Iterator[Fault]:
    try:
        snapshot = Snapshot.open(data_folder / FOLDER / pointer.id)
    except SnapshotError as error:
        yield Fault("CURRENT", f"it names a snapshot that cannot be read. {error}")
        return
    if snapshot.manifest.sha256 != pointer.manifest_sha256:
        yield Fault("CURRENT", f"it expects another manifest than {pointer.id} has. Restore both from a copy.")


def _of_log(data_folder: Path) -> Iterator[Fault]:
    journal = Journal.read(data_folder)
    for fault in journal.faults:
        yield Fault("log.jsonl", f"{fault}. Compare it with a copy.")
    if journal.torn:
        yield Fault("log.jsonl", f"the last line is cut short. {_MENDED}")
    logged = {entry.id for entry in journal.entries if entry.event == "published"}
    if lacking := [name for name in committed(data_folder) if name not in logged]:
        several = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        yield Fault("log.jsonl", f"it lacks the publication of {lacking[-1]}{several}. {_MENDED}")
    pointer, last = read_pointer(data_folder), journal.last(*DONE)
    if pointer and number_of(pointer.id) != pointer.sequence and not journal.last(*DONE, sequence=pointer.sequence):
        yield Fault("log.jsonl", f"it lacks the roll back to {pointer.id}. {_MENDED}")
    if pointer and last and last.sequence > pointer.sequence:
        yield Fault("CURRENT", f"it is older than the log, whose last publication is {last.id}: roll back to that.")
    for name in gone_without_a_word(journal, {name for _, name in numbered(data_folder)}):
        yield Fault(name, f"it was published, its folder is gone, and the log knows of no deletion. {_RESTORE}")


def _of_snapshot(data_folder: Path, name: str) -> Iterator[Fault]:
    folder = data_folder / FOLDER / name
    try:
        snapshot = Snapshot.open(folder)
        if snapshot.manifest.schema_version == VERSION:
            snapshot.verify()
        else:
            snapshot.unchanged()
    except (SnapshotError, OSError) as error:
        if folder.exists():
            yield Fault(name, str(error))


_MENDED = "The next refresh or roll back adds it."
_RESTORE = "Restore it from a copy, or let the next refresh note that it is deleted."
