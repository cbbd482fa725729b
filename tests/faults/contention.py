"""Many publishers at once, and many readers while others publish."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random

from outcome import Outcome
from tagged import LOOKED_AT, frames, known_on, number_of_week, week

from data.history import verify_all
from data.journal import Journal
from data.prepared import PublishingError
from data.publishing import publish
from data.snapshots import Snapshot

THREADS = 25
END = "END"


def publish_at_once(folder: Path, publishers: int, each: int) -> Outcome:
    """So many processes, each until it has published so often; all want to be next."""
    outcome = Outcome(f"{publishers} publishers, {each} publications each")
    publish(week(0), folder)
    with ProcessPoolExecutor(publishers, mp_context=get_context("spawn")) as processes:
        for won, refused in processes.map(_publish_often, [folder] * publishers, [each] * publishers):
            outcome.tried += won
            outcome.counts["refused while another wrote, or overtaken"] += refused
    total = publishers * each + 1
    with outcome.trial("afterwards"):
        journal = Journal.read(folder)
        logged = [entry for entry in journal.entries if entry.event == "published"]
        assert journal.faults == ()
        assert [entry.sequence for entry in logged] == list(range(1, total + 1))
        assert [entry.former for entry in logged[1:]] == [entry.id for entry in logged[:-1]]
        assert not any(entry.is_rebuilt for entry in logged)
        assert number_of_week(Snapshot.newest(folder)) == total - 1
        assert len(Snapshot.list(folder)) == min(total, 60)
        faults = [fault for _, found in verify_all(folder) for fault in found]
        assert faults == [], faults
        outcome.counts["lines in the log"] = len(journal.entries)
    outcome.tried -= 1
    return outcome


def _publish_often(folder: Path, often: int) -> tuple[int, int]:
    refused, patience = 0, Random(os.getpid())
    for _ in range(often):
        while True:
            prepared = week((Snapshot.newest(folder).known_on - known_on(0)).days + 1)
            try:
                publish(prepared, folder)
                break
            except PublishingError as error:
                if "Another refresh is writing" not in str(error) and "is not later than" not in str(error):
                    raise
                refused += 1
                time.sleep(patience.uniform(0.01, 0.2))
    return often, refused


def read_while_publishing(folder: Path, readers: int, publications: int) -> Outcome:
    """Readers loop in threads of several processes, most over snapshots and some over a server's sources."""
    outcome = Outcome(f"{publications} publications under {readers} looping readers")
    publish(week(0), folder)
    processes = -(-readers // THREADS)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        counts = [readers // processes + (one < readers % processes) for one in range(processes)]
        looping = [pool.submit(_read_until_the_end, folder, count, publications) for count in counts]
        while len(list(folder.glob("reading-*"))) < processes and not any(one.done() for one in looping):
            time.sleep(0.02)
        for number in range(1, publications + 1):
            publish(week(number), folder, keep=3)
        (folder / END).touch()
        for one in looping:
            outcome.add(one.result())
    return outcome


def _read_until_the_end(folder: Path, threads: int, publications: int) -> Outcome:
    outcome, weeks_seen = Outcome(""), Counter[int]()
    lock = threading.Lock()

    def loop(reader: int) -> None:
        read = _through_sources(folder) if reader == 0 else _through_snapshots(folder)
        last = 0
        while True:
            is_last = (folder / END).exists()
            number, fault = last, ""
            try:
                number = read()
                assert number >= last, f"week {number} after week {last}"
            except Exception as error:
                fault = f"reader {reader} after week {last}: {type(error).__name__}: {error}"
            with lock:
                outcome.tried += 1
                weeks_seen[number] += 1
                outcome.failures += [fault] if fault else []
            last = number
            if is_last:
                break
        if last != publications:
            outcome.failures.append(f"reader {reader} saw week {last} at the end")

    for number in range(publications + 1):
        week(number)
    started = [threading.Thread(target=loop, args=(reader,)) for reader in range(threads)]
    for one in started:
        one.start()
    (folder / f"reading-{os.getpid()}").touch()
    for one in started:
        one.join()
    outcome.counts["pages read"] = outcome.tried
    outcome.counts["weeks seen by a process"] = len(weeks_seen)
    return outcome


def _through_snapshots(folder: Path) -> Callable[[], int]:
    def read() -> int:
        newest = Snapshot.newest(folder)
        assert newest.notes == (), newest.notes
        return number_of_week(newest)

    return read


def _through_sources(folder: Path) -> Callable[[], int]:
    from dashboards.sources import Sources

    sources = Sources(folder)

    def read() -> int:
        source, said = sources.asked(None)
        assert said == []
        number = (source.known_on - known_on(0)).days
        for table in LOOKED_AT:
            assert source.table(table).equals(frames(number)[table]), f"{table} is not that of week {number}"
        return number

    return read
