"""The line of publications: which snapshot is served, and which ones came before it.

Every snapshot names the one it was built on. Those from the served one back are the line, and readers see no others: a
snapshot that was rolled back stays in its folder but is on no line until it is rolled back to again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from data.journal import DONE, Entry, Event, Journal
from data.manifest import Manifest, Pointer

CURRENT: Final = "CURRENT"
FOLDER: Final = "snapshots"
MANIFEST: Final = "manifest.json"
NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d{4,})-([0-9a-f]{16})")


def numbered(data_folder: Path) -> list[tuple[int, str]]:
    """Sequence and name of every snapshot folder, oldest first."""
    folder = data_folder / FOLDER
    if not folder.is_dir():
        return []
    return sorted((int(match[2]), match[0]) for path in folder.iterdir() if (match := NAME.fullmatch(path.name)))


def read_pointer(data_folder: Path) -> Pointer | None:
    """What CURRENT points to; none when it is missing or damaged."""
    pointer = pointer_or_reason(data_folder)
    return pointer if isinstance(pointer, Pointer) else None


def pointer_or_reason(data_folder: Path) -> Pointer | str:
    """What CURRENT points to, or in words why it points to nothing."""
    try:
        pointer = Pointer.from_json((data_folder / CURRENT).read_bytes())
    except FileNotFoundError:
        return "CURRENT is missing: nothing was published here."
    except (OSError, ValueError) as error:
        return f"CURRENT is damaged: {reason(error)}."
    return pointer if NAME.fullmatch(pointer.id) else f"CURRENT names no snapshot: {pointer.id!r}."


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a snapshot's folder; ValueError when it does not belong there, OSError when it is not there."""
    manifest = Manifest.from_json((folder / MANIFEST).read_bytes())
    named = manifest.numbered(manifest.sequence).id
    if not manifest.id == named == folder.name:
        raise ValueError(f"its content belongs to {named}, not to {folder.name}")
    return manifest


def committed(data_folder: Path) -> list[str]:
    """Names of the folders on the line, oldest first."""
    return list(line(data_folder))[::-1]


def line(data_folder: Path, start: str | None = None) -> Iterator[str]:
    """Names of the folders on the line, newest first, read as it goes; from a snapshot, or from the served one.

    When CURRENT is damaged the line begins where the log says, and without a log at the newest folder. A damaged
    manifest does not end it: then the log tells what came before, or the order of the folders.
    """
    held = numbered(data_folder)
    name = start or _served(data_folder, held)
    while name is not None:
        number = number_of(name)
        if (number, name) in held:
            yield name
        before = _parent(data_folder, name)
        if before is None or not NAME.fullmatch(before) or number_of(before) >= number:
            before = next((other for earlier, other in reversed(held) if earlier < number), None)
        name = before


def number_of(name: str) -> int:
    """The sequence in a snapshot's name."""
    match = NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"{name!r} is no snapshot's name")
    return int(match[2])


def reason(error: BaseException) -> str:
    """An error in a few words."""
    if isinstance(error, FileNotFoundError):
        return "the file is missing"
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__


def _served(data_folder: Path, held: list[tuple[int, str]]) -> str | None:
    pointer = pointer_or_reason(data_folder)
    if isinstance(pointer, Pointer):
        return pointer.id
    entry = _logged(data_folder, *DONE)
    if entry is not None and NAME.fullmatch(entry.id):
        return entry.id
    return held[-1][1] if held else None


_PARENTS: Final[dict[str, str | None]] = {}
"""The parents of snapshots whose manifests were read: a name holds the hash of its manifest, and so of its parent."""


def _parent(data_folder: Path, name: str) -> str | None:
    if name not in _PARENTS:
        try:
            _PARENTS[name] = read_manifest(data_folder / FOLDER / name).parent
        except (OSError, ValueError):
            entry = _logged(data_folder, "published", id=name)
            return entry.former if entry else None
    return _PARENTS[name]


def _logged(data_folder: Path, *events: Event, id: str | None = None) -> Entry | None:
    try:
        return Journal.read(data_folder).last(*events, id=id)
    except OSError:
        return None
