"""How long a weekly refresh takes, step by step: a county's ten workbooks, and a county N times as large from Parquet.

    .venv/bin/python tests/benchmarks/refresh.py [--times 1000] [--runs 3]

The workbooks are those of the demonstration county's newest week, every row filled in, sent onto the snapshot of the
week before; the whole refresh is told as a multiple of merely parsing them in the same run. Rows a second are those of
the week's files (workbooks) or tables (Parquet). The figures go to tests/benchmarks/results/refresh.md.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "data")]

import county_times  # noqa: E402
from sending import own  # noqa: E402

from data.demo.making import make  # noqa: E402
from data.gate import examine  # noqa: E402
from data.inbox import Inbox, read_inbox  # noqa: E402
from data.intake import Limits, read_folder  # noqa: E402
from data.prepared import Prepared  # noqa: E402
from data.publishing import publish  # noqa: E402
from data.refresh import accept_all  # noqa: E402
from data.schemas import TABLES  # noqa: E402
from data.schemas.senders import OFFICE, tables_of  # noqa: E402
from data.snapshots import Snapshot  # noqa: E402
from data.templates import Origin, write_workbook  # noqa: E402

Row = tuple[str, str, float, int]
SIGNED: Final = accept_all("measured")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure both and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=1000, help="how many counties the large week holds")
    parser.add_argument("--runs", type=int, default=3, help="runs of the small refresh; the median counts")
    parser.add_argument("--results", type=Path, default=HERE / "results")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="refresh-") as scratch:
        folder = Path(scratch)
        county = folder / "county"
        make(county)
        rows = _workbooks(county, folder, asked.runs)
        rows += _tables(county, folder, asked.times)
    lines = ["| what | step | seconds | rows/s |", "|---|---|---:|---:|"]
    lines += [f"| {what} | {step} | {seconds:.2f} | {int(count / seconds):,} |" for what, step, seconds, count in rows]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    text = "\n".join([*lines, "", f"Peak memory of the refreshing process: {peak:,} MB.", ""])
    asked.results.mkdir(parents=True, exist_ok=True)
    (asked.results / "refresh.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def _workbooks(county: Path, folder: Path, runs: int) -> list[Row]:
    former, newest = Snapshot.list(county)[-2:]
    tables = newest.tables()
    groups = newest.frame("supervision_groups")["group_id"].to_list()
    inbox = folder / "inbox"
    inbox.mkdir()
    count = 0
    for sender in (*groups, OFFICE):
        sent = {table: own(tables, table, sender) for table in tables_of(sender)}
        write_workbook(
            inbox / f"{sender}.xlsx", sender, tables, Origin(newest.known_on, newest.id, newest.id), rows=sent
        )
        count += sum(frame.height for frame in sent.values())
    seconds: dict[str, list[float]] = {}
    for run in range(runs):
        data = folder / f"data {run}"
        publish(Prepared.of(dict(former.tables()), former.known_on), data)
        before = Snapshot.newest(data)
        clock = _Clock(seconds)
        read = clock.time("parse the workbooks", read_inbox, inbox, groups)
        found = clock.time("merge, rules, difference", examine, read, newest.known_on, before)
        prepared = clock.time("write as Parquet", found.prepare, SIGNED)
        clock.time("publish", publish, prepared, data)
    steps = [("ten workbooks and the office's", step, median(taken), count) for step, taken in seconds.items()]
    whole = sum(each[2] for each in steps)
    return [*steps, (f"the same, {whole / steps[0][2]:.1f} × parsing", "whole refresh", whole, count)]


def _tables(county: Path, folder: Path, times: int) -> list[Row]:
    large = folder / "large"
    county_times.write(Snapshot.newest(county), times, large)
    snapshot = Snapshot.newest(large)
    week = folder / "week"
    week.mkdir()
    for table in TABLES:
        (week / f"{table}.parquet").hardlink_to(snapshot.folder / f"{table}.parquet")
    count = sum(file.rows for file in snapshot.manifest.tables.values())
    limits = Limits(rows=2**31 - 1, parquet_bytes=2**31 - 1)
    seconds: dict[str, list[float]] = {}
    clock = _Clock(seconds)
    whole = clock.time("read the tables", read_folder, week, limits)
    known_on = snapshot.known_on + timedelta(weeks=1)
    read = Inbox(whole, (), whole.sources, whole.failures)
    found = clock.time("rules, difference", examine, read, known_on, snapshot)
    prepared = clock.time("write as Parquet", found.prepare, SIGNED)
    clock.time("publish", publish, prepared, large)
    steps = [(f"×{times:,} from Parquet", step, taken[0], count) for step, taken in seconds.items()]
    return [*steps, (f"×{times:,} from Parquet", "whole refresh", sum(each[2] for each in steps), count)]


class _Clock:
    def __init__(self, seconds: dict[str, list[float]]) -> None:
        self._seconds = seconds

    def time(self, step: str, work: Callable[..., Any], *given: Any) -> Any:
        """What the work makes of what it is given; how long it took is kept."""
        begun = time.perf_counter()
        made = work(*given)
        self._seconds.setdefault(step, []).append(time.perf_counter() - begun)
        return made


if __name__ == "__main__":
    sys.exit(main())
