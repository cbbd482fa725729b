"""How long each indicator takes by group, and how much memory, as the county grows.

    .venv/bin/python tests/benchmarks/indicators.py [--sizes 1,10,100,1000] [--runs 5] [--data DIR] [--memory 8GB]

For each size the newest week of the demonstration county is written so many times over (see county_times.py) into a
temporary folder, which is deleted before the next size; --keep DIR keeps the folders, and takes up those it finds. A
process of its own then opens the snapshot, checks it, and asks every indicator by group with no other selection: once
for the first time, then --runs times, one after another and alone.

* p50: the median of the runs after the first, milliseconds.
* first: all first runs together. They also load the tables and make the staging that the indicators share.
* peak memory: the most the process held (resident), Python, Polars and DuckDB together.

The figures go to tests/benchmarks/results/indicators.md and, with all runs, indicators.json. What a figure needs lies
mostly in the number of threads: --threads (2) is that of a served source; its memory (512 MB) is enough for ten
counties, hence --memory. A thousand counties take some minutes to write and want 8 GB free.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE)]

import county_times  # noqa: E402

from data.snapshots import Snapshot  # noqa: E402
from queries import Selection, Source, catalog, indicators, run  # noqa: E402
from queries.database import Limits  # noqa: E402

Measured = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every size and write the table; 0 when all were measured."""
    asked = _parser().parse_args(argv)
    if asked.one:
        print(json.dumps(measure(asked.one, asked.runs, Limits(asked.threads, asked.memory))))
        return 0
    asked.results.mkdir(parents=True, exist_ok=True)
    found: dict[int, Measured] = {}
    with _demo(asked.data) as county:
        for times in (int(size) for size in asked.sizes.split(",")):
            with _written(county, times, asked.keep) as (folder, seconds):
                _say(f"×{times}: measuring")
                found[times] = _apart(folder, asked) | {"write_s": seconds}
            table = markdown(found, asked)
            (asked.results / "indicators.md").write_text(table, encoding="utf-8")
            (asked.results / "indicators.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(table)
    return 0


def measure(folder: Path, runs: int, limits: Limits) -> Measured:
    """Ask every indicator of a data folder's newest snapshot by group; times in milliseconds."""
    opened = _seconds(lambda: Source.open(Snapshot.newest(folder), limits=limits))
    source = opened.pop("given")
    rows = {table: source.table(table).height for table in ("units", "action_records")}
    times: dict[str, list[float]] = {}
    for name in indicators():
        by = () if catalog.indicator(name).over else ("group",)
        asked = [_seconds(lambda name=name, by=by: run(name, source, Selection(), by)) for _ in range(runs + 1)]
        times[name] = [each["s"] * 1000 for each in asked]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"open_s": opened["s"], "rows": rows, "peak_mb": peak, "ms": times}


def markdown(found: dict[int, Measured], asked: argparse.Namespace) -> str:
    """The figures as a table, one column per size."""
    sizes = list(found)
    lines = [
        "# Indicators by group, as the county grows",
        "",
        f"- cores {len(os.sched_getaffinity(0))}, threads {asked.threads}, Python {platform.python_version()}, "
        f"duckdb {version('duckdb')}, polars {version('polars')}",
        f"- median of {asked.runs} runs after the first, milliseconds; load average {os.getloadavg()[0]:.1f}",
        "",
        _row(["", *(f"×{times:,}" for times in sizes)]),
        _row(["---", *("---:" for _ in sizes)]),
    ]
    whole: dict[str, Callable[[Measured], str]] = {
        "units": lambda one: f"{one['rows']['units']:,}",
        "action records": lambda one: f"{one['rows']['action_records']:,}",
        "write the snapshot, s": lambda one: f"{one['write_s']:,.1f}" if one["write_s"] else "–",
        "check and open it, s": lambda one: f"{one['open_s']:,.1f}",
        "all indicators, first runs, s": lambda one: f"{sum(each[0] for each in one['ms'].values()) / 1000:,.1f}",
        "all indicators, p50, s": lambda one: f"{sum(map(_p50, one['ms'].values())) / 1000:,.2f}",
        "peak memory, MB": lambda one: f"{one['peak_mb']:,.0f}",
    }
    lines += [_row([label, *(said(found[times]) for times in sizes)]) for label, said in whole.items()]
    for name, defined in indicators().items():
        numbers = (found[times]["ms"].get(name) for times in sizes)
        lines.append(
            _row([f"{defined.id} {name}", *("–" if each is None else f"{_p50(each):,.1f}" for each in numbers)])
        )
    return "\n".join([*lines, ""])


def _p50(times: Sequence[float]) -> float:
    return statistics.median(times[1:] or times)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _seconds(call: Callable[[], Any]) -> Measured:
    began = time.perf_counter()
    given = call()
    return {"s": time.perf_counter() - began, "given": given}


def _apart(folder: Path, asked: argparse.Namespace) -> Measured:
    """Measure in a process of its own, so that the peak is that of one size."""
    limits = ["--runs", str(asked.runs), "--threads", str(asked.threads), "--memory", asked.memory]
    done = subprocess.run([sys.executable, __file__, "--one", folder, *limits], stdout=subprocess.PIPE, check=True)
    measured: Measured = json.loads(done.stdout)
    return measured


@contextmanager
def _demo(given: Path | None) -> Iterator[Snapshot]:
    if given is not None:
        yield Snapshot.newest(given)
        return
    import data.demo

    with tempfile.TemporaryDirectory() as scratch:
        _say("making the demonstration county")
        data.demo.make(Path(scratch))
        yield Snapshot.newest(Path(scratch))


@contextmanager
def _written(county: Snapshot, times: int, keep: Path | None) -> Iterator[tuple[Path, float]]:
    """The folder with the county so many times, and the seconds it took to write; 0 when it was there."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = (keep or Path(scratch)) / f"times-{times}"
        if folder.exists():
            yield folder, 0.0
            return
        _say(f"×{times}: writing")
        yield folder, _seconds(lambda: county_times.write(county, times, folder))["s"]


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1,10,100,1000", help="how many times the county, with commas")
    parser.add_argument("--runs", type=int, default=5, help="runs after the first")
    parser.add_argument("--threads", type=int, default=2, help="threads of the database")
    parser.add_argument("--memory", default="8GB", help="memory limit of the database")
    parser.add_argument("--data", type=Path, help="a folder of snapshots; the newest one is multiplied")
    parser.add_argument("--keep", type=Path, help="a folder in which the written counties stay")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="where the table goes")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
