"""A disk on which no file can grow beyond so many bytes: writes get half through and then fail, for real."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

from outcome import Outcome
from tagged import copied, folder_of, number_of_week, week

from data import disk
from data.history import verify_all
from data.journal import LOG
from data.line import committed
from data.prepared import PublishingError
from data.publishing import publish, rollback
from data.schemas import TABLES
from data.snapshots import Snapshot

WEEKS = 2


def run_out_of_room(scratch: Path, sizes: int) -> Outcome:
    """Publish with so many limits: half of them anywhere, half where the last lines of a long log just fit or not."""
    outcome = Outcome("a disk that is full at every size")
    template = folder_of(scratch / "template", WEEKS)
    names = committed(template)
    while (template / LOG).stat().st_size < 40_000:
        rollback(template, names[0], "so that the log is longer than any other file")
        rollback(template, names[1], "so that the log is longer than any other file")
    log = (template / LOG).stat().st_size
    anywhere = [(log + 100) * number // sizes for number in range(sizes)]
    for limit in sorted({*anywhere[::2], *(log + 1_500 * number // sizes for number in range(0, sizes, 2))}):
        folder = copied(template, scratch / "full")
        with outcome.trial(f"{limit} bytes"):
            outcome.counts[_publish(folder, limit)] += 1
        disk.remove(folder)
    return outcome


def _publish(folder: Path, limit: int) -> str:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    usual = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        published: Snapshot | None = publish(week(WEEKS), folder)
    except PublishingError as error:
        assert "Nothing was published: [Errno 27] File too large" in str(error), error  # noqa: PT017
        published = None
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, usual)
    seen = Snapshot.newest(folder)
    assert seen.notes == ()
    number = number_of_week(seen, tuple(TABLES))
    assert number == (WEEKS if published else WEEKS - 1)
    assert publish(week(number + 1), folder).notes == ()
    faults = [fault for _, found in verify_all(folder) for fault in found]
    assert faults == [], faults
    assert list((folder / "staging").iterdir()) == []
    return "refused" if published is None else "served with a note" if published.notes else "served"
