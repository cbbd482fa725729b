"""Making a snapshot visible in one step, so that a reader sees the former one or this one and never anything between.

The steps, in this order: lock; clear away what an interrupted writer left; complete the log; write "intent" into it;
write every file into `staging/` on the same file system, each flushed to the disk; read them back, compare hashes and
let two readers count them; write the manifest; rename the folder into `snapshots/`; replace `CURRENT` by a rename;
write "published" into the log; delete what is too old. Whatever step fails, `CURRENT` names a complete snapshot. What
fails after `CURRENT` was replaced does not take the publication back: it is said in the snapshot's notes, and the next
writer puts it right.

Published files are read-only (files 0440, folders 0550). To delete a snapshot: `chmod -R u+w FOLDER; rm -r FOLDER`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from data import disk
from data.exceptions import SnapshotError
from data.journal import DONE, Entry, Event, Journal, gone_without_a_word, moment
from data.line import CURRENT, FOLDER, committed, line, number_of, numbered, read_manifest, read_pointer
from data.manifest import Manifest, Pointer
from data.prepared import Prepared, PublishingError
from data.reasons import proper
from data.retention import KEEP, check_keep, superfluous
from data.snapshots import Snapshot
from data.staging import STAGING, check_space, clear, stage, withdraw

__all__ = ["KEEP", "LOCK", "STEWARD", "Prepared", "PublishingError", "hold_back", "publish", "rollback"]

LOCK: Final = ".lock"

STEWARD: Final = "steward"
"""The role that publishes; the log names roles and never persons."""


def publish(
    prepared: Prepared,
    data_folder: Path,
    *,
    by: str = STEWARD,
    at: datetime | None = None,
    keep: int = KEEP,
) -> Snapshot:
    """Publish a checked week as the newest snapshot; the `keep` newest of the line stay, older ones are deleted.

    `by` is the role that publishes, `at` the moment for the log (now). PublishingError, with nothing published, when
    somebody else is writing, when the week is not later than the snapshot that is served, when another one is served by
    now than it was built on, when the disk has no room or fails, or gave back other bytes than were written.
    """
    check_keep(keep)
    with _writing(data_folder, "Nothing was published"):
        journal = _completed(data_folder, by, at)
        clear(data_folder, {entry.id for entry in journal.entries if entry.event in DONE})
        former, was_lost = _former(data_folder), read_pointer(data_folder) is None
        if former is not None and was_lost and _is_same(prepared, former):
            notes: list[str] = []
            _switch(data_folder, former.manifest, _last_number(data_folder, journal))
            with _pending(notes):
                disk.flush_folder(data_folder)
                _completed(data_folder, by, at)
            return Snapshot(former.folder, former.manifest, tuple(notes))
        _check_later(prepared, former)
        check_space(data_folder, prepared.contents)
        manifest = replace(prepared.manifest, parent=former.id if former else None)
        manifest = manifest.numbered(_last_number(data_folder, journal) + 1)
        entry = Entry(
            *(moment(at), by, "intent", manifest.sequence, manifest.id, manifest.sha256),
            former=manifest.parent,
            because=prepared.because,
        )
        journal = journal.append(entry)
        staged = stage(data_folder, manifest, prepared.contents)
        target = data_folder / FOLDER / manifest.id
        os.rename(staged, target)
        os.chmod(target, 0o550)
        disk.flush_folder(data_folder / FOLDER)
        notes = []
        _switch(data_folder, manifest, manifest.sequence)
        with _pending(notes):
            disk.flush_folder(data_folder)
            journal = _logged(data_folder, journal, replace(entry, event="published"), was_lost)
            _delete_old(data_folder, journal, keep, entry)
        return Snapshot(target, manifest, tuple(notes))


def rollback(data_folder: Path, id: str, because: str, *, by: str = STEWARD, at: datetime | None = None) -> Snapshot:
    """Serve an older snapshot again; nothing is deleted, and the next refresh builds on this one.

    The same step leads forward again. PublishingError without a proper reason, when it is served already, or
    when somebody else is writing; SnapshotError when it is not there or a file of it is not as it was published.
    """
    reason = proper(because)
    if not reason:
        raise PublishingError("A roll back is logged with its reason: say why.")
    with _writing(data_folder, "Nothing was rolled back"):
        journal = _completed(data_folder, by, at)
        clear(data_folder, {entry.id for entry in journal.entries if entry.event in DONE})
        target = _held(data_folder, id)
        pointer = read_pointer(data_folder)
        if pointer is not None and pointer.id == id:
            raise PublishingError(f"{id} is the snapshot that is served: there is nothing to roll back.")
        target.verify()
        number = _last_number(data_folder, journal) + 1
        served = pointer.id if pointer else next(line(data_folder), None)
        entry = Entry(moment(at), by, "intent", number, id, target.manifest.sha256, former=served, because=reason)
        journal = journal.append(entry)
        notes: list[str] = []
        _switch(data_folder, target.manifest, number)
        with _pending(notes):
            disk.flush_folder(data_folder)
            _logged(data_folder, journal, replace(entry, event="rolled back"), pointer is None)
        return Snapshot(target.folder, target.manifest, tuple(notes))


def hold_back(data_folder: Path, because: str, *, by: str = STEWARD, at: datetime | None = None) -> None:
    """Write into the log that a week was not published, and why; nothing when that is its newest line already.

    PublishingError when somebody else is writing, or the disk fails.
    """
    with _writing(data_folder, "Nothing was written into the log"):
        journal = _completed(data_folder, by, at)
        newest = journal.entries[-1] if journal.entries else None
        if newest is not None and (newest.event, newest.because, newest.by) == ("held back", because, by):
            return
        pointer = read_pointer(data_folder)
        number, served = _last_number(data_folder, journal), pointer.id if pointer else ""
        journal.append(Entry(moment(at), by, "held back", number, served, "", because=because))


@contextmanager
def _writing(data_folder: Path, outcome: str) -> Iterator[None]:
    try:
        disk.make_folder(data_folder)
        with disk.locked(data_folder / LOCK):
            yield
    except BlockingIOError as error:
        raise PublishingError(f"Another refresh is writing to {data_folder}: wait until it has ended.") from error
    except OSError as error:
        raise PublishingError(f"{outcome}: {error}. Put the disk right and try again.") from error


@contextmanager
def _pending(notes: list[str]) -> Iterator[None]:
    """What is still to be done once readers see the new snapshot; a failure is noted and takes nothing back."""
    try:
        yield
    except OSError as error:
        notes.append(f"It is served, but the log or the tidying up is pending: {error}. The next refresh completes it.")


def _switch(data_folder: Path, manifest: Manifest, sequence: int) -> None:
    """Point CURRENT at a snapshot. An error means that readers see what they saw before."""
    unfinished = data_folder / STAGING / f"{CURRENT}.tmp"
    disk.write_new(unfinished, Pointer(sequence, manifest.id, manifest.sha256).to_json())
    os.replace(unfinished, data_folder / CURRENT)


def _completed(data_folder: Path, by: str, at: datetime | None) -> Journal:
    """The log with a torn end cut off, and with the lines that an interrupted writer could not write any more."""
    journal = Journal.read(data_folder)
    pointer = read_pointer(data_folder)
    if pointer is None:
        return journal.append()
    lacking = []
    for name in committed(data_folder):
        try:
            manifest = read_manifest(data_folder / FOLDER / name)
        except (OSError, ValueError):
            continue
        if journal.last("published", id=name) is None:
            lacking.append(_rebuilt(journal, "published", Pointer(manifest.sequence, name, manifest.sha256), by, at))
    known = {entry.sequence for entry in (*journal.entries, *lacking) if entry.event in DONE}
    if pointer.sequence not in known and number_of(pointer.id) != pointer.sequence:
        lacking.append(_rebuilt(journal, "rolled back", pointer, by, at))
    for gone in gone_without_a_word(journal, {name for _, name in numbered(data_folder)}):
        lacking.append(Entry(moment(at), by, "deleted", number_of(gone), gone, "", because=_GONE, is_rebuilt=True))
    return journal.append(*lacking)


_GONE: Final = "its folder was found gone"


def _logged(data_folder: Path, journal: Journal, entry: Entry, was_lost: bool) -> Journal:
    """The log with what was done; and when CURRENT had been lost, with what could not be told without it."""
    journal = journal.append(entry)
    return _completed(data_folder, entry.by, datetime.fromisoformat(entry.at)) if was_lost else journal


def _rebuilt(journal: Journal, event: Event, pointer: Pointer, by: str, at: datetime | None) -> Entry:
    meant = journal.last("intent", id=pointer.id, sequence=pointer.sequence)
    if meant is not None:
        return replace(meant, event=event, is_rebuilt=True)
    return Entry(moment(at), by, event, pointer.sequence, pointer.id, pointer.manifest_sha256, is_rebuilt=True)


def _delete_old(data_folder: Path, journal: Journal, keep: int, cause: Entry) -> None:
    """Delete what is too old, each named in the log before it goes."""
    old = superfluous(data_folder, keep)
    journal.append(
        *(
            replace(
                cause, event="deleted", sequence=number_of(name), id=name, manifest_sha256="", former=None, because=""
            )
            for name in old
            if journal.last("deleted", id=name) is None
        )
    )
    withdraw(data_folder, old)


def _former(data_folder: Path) -> Snapshot | None:
    if read_pointer(data_folder) is None and not numbered(data_folder):
        return None
    try:
        return Snapshot.newest(data_folder, to_build_on=True)
    except SnapshotError as error:
        raise PublishingError(f"Nothing can be published before this is put right. {error}") from error


def _check_later(prepared: Prepared, former: Snapshot | None) -> None:
    manifest, served = prepared.manifest, former.id if former else ""
    if prepared.built_on not in (None, served):
        raise PublishingError(
            f"The week was compared with {prepared.built_on or 'nothing'}, and {served or 'nothing'} is served now: "
            "refresh again, so that it is compared with that."
        )
    if former is not None and manifest.known_on <= former.known_on:
        raise PublishingError(
            f"The week known on {manifest.known_on} is not later than the newest snapshot, {former.id}: "
            "choose a later date; what was published is never changed."
        )


def _is_same(prepared: Prepared, former: Snapshot) -> bool:
    """Whether this very week stands there complete, and only CURRENT was lost before it could name it."""
    return prepared.manifest.content_hash == former.manifest.content_hash


def _last_number(data_folder: Path, journal: Journal) -> int:
    pointer, logged = read_pointer(data_folder), journal.last(*DONE)
    known = [number for number, _ in numbered(data_folder)]
    return max([*known, pointer.sequence if pointer else 0, logged.sequence if logged else 0])


def _held(data_folder: Path, id: str) -> Snapshot:
    names = [name for _, name in numbered(data_folder)]
    if id not in names:
        near = get_close_matches(id, names, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "`campaign snapshots` lists them."
        raise SnapshotError(f"No snapshot {id!r} in {data_folder}. {hint}")
    return Snapshot.open(data_folder / FOLDER / id)
