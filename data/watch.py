"""The inbox watched by nobody: a week that is complete and clean is published, anything else is left to the steward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, Literal, TypeAlias

from data.freshness import week_due
from data.gate import Examined
from data.history import history
from data.intake.files import IGNORED
from data.journal import DONE, Journal
from data.line import FOLDER
from data.manifest import Manifest, SourceFile
from data.publishing import KEEP, hold_back, publish
from data.refresh import look, served
from data.snapshots import Snapshot

WATCH: Final = "watch"
"""The role under which the log has what was done unattended."""

SETTLED_SECONDS: Final = 60
"""Files that were changed more recently may still be being written."""

WAIT_DAYS: Final = 1
"""How many days after its Sunday a week waits for groups that have not sent anything."""

Did: TypeAlias = Literal["published", "idle", "waiting", "held back"]


@dataclass(frozen=True)
class Outcome:
    """What one look at the inbox came to, and why, in a sentence.

    idle: there is nothing to do. waiting: files are still being written, or a group has not sent anything yet. held
    back: only the steward can go on; that is in the log too.
    """

    did: Did
    words: str


def watch_once(
    inbox: Path,
    data_folder: Path,
    now: datetime,
    *,
    known_on: date | None = None,
    wait_days: int = WAIT_DAYS,
    pause: Callable[[], None] = lambda: None,
    keep: int = KEEP,
) -> Outcome:
    """Look at the inbox once, and publish the week that is due when nothing at all stands against it.

    `now` is the county's time. The known-on day is the last Sunday that is over (of an invented county the one after
    its newest week), unless it is given. `pause` is waited before anything is read: files whose size or time of change
    is another one then are still being written. Warnings are never signed off here. DataError or OSError when the data
    folder or the inbox is out of order.
    """
    former, today = served(data_folder), now.date()
    if former is not None and former.notes:
        return _hold_back(data_folder, f"the newest snapshot is not as it was published. {' '.join(former.notes)}", now)
    day = known_on or _due(former, today)
    if former is not None and day <= former.known_on:
        return Outcome("idle", f"the week known on {former.known_on} is published, and the next one is not over yet")
    before = _listing(inbox)
    if not before:
        return Outcome("idle", f"there is nothing in {inbox.name}")
    pause()
    ages = [now.timestamp() - changed for _, _, changed in before]
    if any(0 <= age < SETTLED_SECONDS for age in ages) or _listing(inbox) != before:
        return Outcome("waiting", "a file was changed a moment ago, and may still be being written")
    found = look(inbox, day, data_folder, today=today, full=None if former is None else False)
    if former is not None and found.resent and not found.inbox.sent and not found.is_refused:
        return Outcome("idle", f"nothing was sent since {former.id}")
    if against := _taken_back(found, data_folder) or _against(found):
        return _hold_back(data_folder, against, now)
    missing = ", ".join(found.silent["group_id"])
    last_day = day + timedelta(days=wait_days)
    if missing and today <= last_day:
        return Outcome("waiting", f"the week known on {day} waits for {missing} to the end of {last_day}")
    if _listing(inbox) != before:
        return Outcome("waiting", "the inbox has changed while it was read")
    snapshot = publish(found.prepare({}), data_folder, by=WATCH, at=_moment(now), keep=keep)
    silent = f"; nothing came of {missing}" if missing else ""
    return Outcome("published", " ".join([f"{snapshot.id}{silent}", *snapshot.notes]))


def _due(former: Snapshot | None, today: date) -> date:
    return former.known_on + timedelta(days=7) if former is not None and former.synthetic else week_due(today)


def _hold_back(data_folder: Path, because: str, now: datetime) -> Outcome:
    hold_back(data_folder, because, by=WATCH, at=_moment(now))
    return Outcome("held back", because)


def _taken_back(found: Examined, data_folder: Path) -> str:
    """Why a week is not published again that was rolled back; empty when it was not.

    It is the same when its files are, or its tables; and right after a roll back, as long as nothing has come that was
    not taken in before.
    """
    off_line = [held for held in history(data_folder) if held.is_rolled_back]
    sent, taken = _hashes(found.inbox.sources), set[tuple[str, str]]()
    for held in off_line:
        manifest = Snapshot.open(data_folder / FOLDER / held.id).manifest if not held.fault else None
        if manifest is not None:
            taken |= _hashes(manifest.sources)
            if sent == _hashes(manifest.sources) or _is_same(found, manifest):
                return f"the week known on {found.known_on} is {held.id} again, which was rolled back: {held.because}"
    last = Journal.read(data_folder).last(*DONE)
    if last is not None and last.event == "rolled back" and sent and sent <= taken:
        return f"nothing was sent since {last.id} was rolled back to: {last.because}"
    return ""


def _is_same(found: Examined, manifest: Manifest) -> bool:
    """Whether a week has the very tables of a snapshot."""
    if found.is_refused or found.unsigned({}) or found.known_on != manifest.known_on:
        return False
    tables = found.prepare({}).manifest.tables
    return {name: file.sha256 for name, file in tables.items()} == {
        name: file.sha256 for name, file in manifest.tables.items()
    }


def _against(found: Examined) -> str:
    """What only the steward can settle; empty when nothing stands against the week."""
    if found.is_refused:
        faults, rules = _counted(found.failures.height, "fault"), ", ".join(sorted(set(found.failures["rule"])))
        return f"the week known on {found.known_on} is refused: {faults} under {rules}"
    if unsigned := found.unsigned({}):
        told = ", ".join(f"{code} in {_counted(count, 'row')}" for code, count in unsigned.items())
        return f"the week known on {found.known_on} has warnings that nobody has signed off: {told}"
    return ""


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _listing(inbox: Path) -> list[tuple[str, int, float]]:
    """Every file of the inbox with its size and the moment of its last change, sorted by name."""
    found = []
    for path in sorted(inbox.iterdir()):
        if path.name.startswith(".") or path.name in IGNORED:
            continue
        for each in sorted(path.rglob("*")) if path.is_dir() else [path]:
            state = each.stat()
            found.append((str(each.relative_to(inbox)), state.st_size, state.st_mtime))
    return found


def _hashes(sources: tuple[SourceFile, ...]) -> set[tuple[str, str]]:
    return {(source.name, source.sha256) for source in sources}


def _moment(now: datetime) -> datetime | None:
    """The moment for the log; a time without a zone is left to the log's own clock."""
    return now if now.tzinfo is not None else None
