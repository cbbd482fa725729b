"""The inbox watched by nobody: a week that is complete and clean is published, anything else is left to the steward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, Literal, TypeAlias

from data.freshness import week_due
from data.gate import Examined
from data.intake.files import IGNORED
from data.manifest import SourceFile
from data.publishing import hold_back, publish
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
    inbox: Path, data_folder: Path, now: datetime, *, known_on: date | None = None, wait_days: int = WAIT_DAYS
) -> Outcome:
    """Look at the inbox once, and publish the week that is due when nothing at all stands against it.

    `now` is the county's time. The known-on day is the last Sunday that is over (of an invented county the one after
    its newest week), unless it is given. Warnings are never signed off here. DataError or OSError when the data folder
    or the inbox is out of order.
    """
    former, today = served(data_folder), now.date()
    day = known_on or _due(former, today)
    if former is not None and day <= former.known_on:
        return Outcome("idle", f"the week known on {former.known_on} is published, and the next one is not over yet")
    before = _listing(inbox)
    if not before:
        return Outcome("idle", f"there is nothing in {inbox.name}")
    if max(changed for _, _, changed in before) > now.timestamp() - SETTLED_SECONDS:
        return Outcome("waiting", "a file was changed a moment ago, and may still be being written")
    found = look(inbox, day, data_folder)
    if former is not None and _hashes(found.inbox.sources) == _hashes(former.manifest.sources):
        return Outcome("idle", f"nothing was sent since {former.id}")
    if against := _against(found):
        hold_back(data_folder, against, by=WATCH, at=_moment(now))
        return Outcome("held back", against)
    missing = ", ".join(found.silent["group_id"])
    last_day = day + timedelta(days=wait_days)
    if missing and today <= last_day:
        return Outcome("waiting", f"the week known on {day} waits for {missing} to the end of {last_day}")
    if _listing(inbox) != before:
        return Outcome("waiting", "the inbox has changed while it was read")
    built_on = None if found.former is None else found.former.id
    snapshot = publish(found.prepare({}), data_folder, built_on=built_on, by=WATCH, at=_moment(now))
    silent = f"; nothing came of {missing}" if missing else ""
    return Outcome("published", " ".join([f"{snapshot.id}{silent}", *snapshot.notes]))


def _due(former: Snapshot | None, today: date) -> date:
    return former.known_on + timedelta(days=7) if former is not None and former.synthetic else week_due(today)


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
