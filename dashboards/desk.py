"""The steward's desk: one week's work at the gate, done away from the sessions and shared by all pages that show it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from dashboards.audience import Audience
from dashboards.sources import Sources
from data.exceptions import DataError
from data.freshness import week_due
from data.gate import Examined
from data.history import Held, history
from data.inbox import sender_of
from data.intake import Child, Limits, Reader, Table, Workbook
from data.intake.files import IGNORED
from data.publishing import KEEP, publish, rollback
from data.refresh import look
from data.schemas.senders import OFFICE
from queries import QueryError, Source, moves

Doing = Literal["", "look", "publish", "rollback"]

LEFT_OUT: Final = "left_out"
"""The name of the reason for which damaged snapshots are left out."""


@dataclass(frozen=True)
class File:
    """One entry of the inbox; `sender` is empty for a name that is no sender's, `changed` is this machine's time."""

    name: str
    sender: str
    bytes: int
    changed: datetime


@dataclass(frozen=True)
class Work:
    """What stands on the desk. `doing` is empty when nothing is under way; `done` of `total` steps, the last `what`.

    `fault` tells why `failed` did not succeed. `listing` is the inbox as it was when it was looked at.
    """

    doing: Doing = ""
    done: int = 0
    total: int = 0
    what: str = ""
    known_on: date | None = None
    found: Examined | None = None
    moved: pl.DataFrame | None = None
    seconds: float = 0.0
    listing: tuple[File, ...] = ()
    signed: Mapping[str, str] = field(default_factory=dict)
    published: str = ""
    failed: Doing = ""
    fault: str = ""


class Desk:
    """Looks at the inbox, publishes and rolls back, one thing at a time, in a thread of its own.

    Every step is shown at once to the pages in `audience`; `published` is called when what is served has changed.
    """

    def __init__(
        self, inbox: Path | None, sources: Sources, published: Callable[[], None], *, keep: int = KEEP
    ) -> None:
        self.inbox = inbox
        self.keep = keep
        self.sources = sources
        self.audience = Audience()
        self.work = Work()
        self._published = published
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="desk")

    @property
    def senders(self) -> tuple[str, ...]:
        """Who may send a workbook: the groups of the served snapshot, and the office."""
        return (*self.sources.newest().extent.groups, OFFICE)

    def files(self) -> tuple[File, ...] | None:
        """The entries of the inbox by name; None when there is no such folder."""
        if self.inbox is None or not self.inbox.is_dir():
            return None
        senders, found = self.senders, []
        for path in sorted(self.inbox.iterdir()):
            if path.name.startswith((".", "~$")) or path.name in IGNORED:
                continue
            inner = [each.stat() for each in (path.iterdir() if path.is_dir() else [path])]
            changed = max((each.st_mtime for each in inner), default=path.stat().st_mtime)
            size = sum(each.st_size for each in inner)
            found.append(File(path.name, sender_of(path, senders), size, datetime.fromtimestamp(changed)))
        return tuple(found)

    def history(self) -> list[Held]:
        """Every snapshot, the newest first."""
        return history(self.sources.folder)

    def proposed(self) -> date:
        """The known-on day of the next week: the last Sunday that is over, or the next one after the served week."""
        served, due = self.sources.newest(), week_due(self.sources.clock())
        follows = served.known_on + timedelta(days=7)
        return follows if self.sources.synthetic(served) else max(due, follows)

    # what the steward does; each returns at once

    def look(self, known_on: date) -> None:
        """Hold the inbox against the rules and the served snapshot."""
        inbox, listing = self.inbox, self.files()
        if inbox is None or listing is None:
            return
        self._start("look", lambda: self._look(inbox, known_on), Work(known_on=known_on, listing=listing))

    def publish(self, reasons: Mapping[str, str]) -> None:
        """Publish what was looked at, by the reasons for each warning and for leaving out damaged snapshots."""
        found = self.work.found
        signed = {rule: " ".join(reason.split()) for rule, reason in reasons.items()}
        if found is None or self.work.published:
            return
        self._start("publish", lambda: self._publish(found, signed), replace(self.work, signed=signed))

    def roll_back(self, id: str, because: str) -> None:
        """Serve an older snapshot again."""
        self._start("rollback", lambda: self._roll_back(id, because), self.work)

    def wait(self) -> None:
        """Return when nothing is under way any more."""
        self._worker.submit(lambda: None).result()

    # inside

    def _start(self, doing: Doing, task: Callable[[], dict[str, Any]], work: Work) -> None:
        with self._lock:
            if self.work.doing:
                return
            self.work = replace(work, doing=doing, done=0, total=0, what="", failed="", fault="")
        self.audience.tell()
        self._worker.submit(self._run, doing, task)

    def _run(self, doing: Doing, task: Callable[[], dict[str, Any]]) -> None:
        changes: dict[str, Any] = {"failed": doing, "fault": "stopped"}
        try:
            changes = task()
        except (DataError, QueryError, OSError) as error:
            changes = {"failed": doing, "fault": str(error)}
        except BaseException as error:  # Polars' PanicException is not an Exception
            logging.getLogger(__name__).exception("the desk could not %s", doing)
            changes = {"failed": doing, "fault": f"{type(error).__name__}: tell whoever looks after this program"}
        finally:
            self.work = replace(self.work, doing="", **changes)
            self.audience.tell()

    def _report(self, done: int, total: int, what: str) -> None:
        self.work = replace(self.work, done=done, total=total, what=what)
        self.audience.tell()

    def _look(self, inbox: Path, known_on: date) -> dict[str, Any]:
        begun = time.monotonic()
        with Child() as child:
            reader = _Told(child, self._report, len(self.work.listing) + 1)
            found = look(inbox, known_on, self.sources.folder, today=self.sources.clock(), reader=reader)
        return {"found": found, "moved": moved(found, self.sources), "seconds": time.monotonic() - begun}

    def _publish(self, found: Examined, signed: Mapping[str, str]) -> dict[str, Any]:
        snapshot = publish(found.prepare(signed, signed.get(LEFT_OUT, "")), self.sources.folder, keep=self.keep)
        self._published()
        return {"published": snapshot.id, "fault": " ".join(snapshot.notes)}

    def _roll_back(self, id: str, because: str) -> dict[str, Any]:
        rollback(self.sources.folder, id, because)
        self._published()
        return {"found": None, "moved": None, "published": ""}


def moved(found: Examined, sources: Sources | None = None) -> pl.DataFrame | None:
    """How far the headline indicators move by this week, as queries.moves; None when nothing can be compared."""
    if found.former is None or found.is_refused:
        return None
    opened = sources.newest() if sources is not None else None
    former = opened if opened is not None and opened.snapshot_id == found.former.id else Source.open(found.former)
    try:
        return moves(former, Source.from_frames(found.frames, found.known_on))
    except QueryError:
        return None


class _Told:
    """A reader that tells which file it has in hand."""

    def __init__(self, reader: Reader, report: Callable[[int, int, str], None], total: int) -> None:
        self._reader = reader
        self._report = report
        self._total = total
        self._files: list[str] = []

    def table(self, file: str, content: bytes, table: str, limits: Limits) -> Table:
        self._tell(file)
        return self._reader.table(file, content, table, limits)

    def sent_csv(self, file: str, content: bytes, table: str, limits: Limits) -> Table:
        self._tell(file)
        return self._reader.sent_csv(file, content, table, limits)

    def workbook(self, file: str, content: bytes, sender: str, limits: Limits) -> Workbook:
        self._tell(file)
        return self._reader.workbook(file, content, sender, limits)

    def _tell(self, file: str) -> None:
        name = file.split("/")[0]
        if name not in self._files:
            self._files.append(name)
            self._report(min(len(self._files), self._total), self._total, name)
