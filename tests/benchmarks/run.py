"""Measure the Overview against twins in Dash and Streamlit, and write a table.

    .venv/bin/pip install -c constraints.txt -e '.[test,benchmark]'
    .venv/bin/python tests/benchmarks/run.py [--rounds 5] [--changes 6] [--quick] [--data DIR] [--systems ours,dash]

Every system shows the same page (five figures, four charts, the table of units, three filters) and is started on a
free port of this machine. In each round every system is visited in turn by a browser with an empty cache: load, second
load, then the same changes for all, never the same selection twice in a run. Then come 20 viewers without a browser.
The table and all samples are written to tests/benchmarks/results/. A full run takes about ten minutes; it should
have the machine to itself.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "twins"), str(HERE.parent / "browser")]

import chromium  # noqa: E402
from answers import Asker  # noqa: E402
from crowd import gather  # noqa: E402
from loads import Sample, visit, weigh  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from report import Results, markdown  # noqa: E402
from selections import Selections  # noqa: E402
from servers import SYSTEMS, Serving, serving  # noqa: E402

from queries import open_source  # noqa: E402

PACKAGES = ("bokeh", "panel", "duckdb", "dash", "plotly", "waitress", "orjson", "streamlit")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when every sample was taken."""
    asked = _parser().parse_args(argv)
    if asked.quick:
        asked.rounds, asked.changes, asked.viewers, asked.seconds = 1, 2, 4, 4.0
    with tempfile.TemporaryDirectory() as scratch:
        data = asked.data or _demo(Path(scratch) / "data")
        results = measure(asked, data, Path(scratch))
    table = markdown(results)
    asked.results.mkdir(parents=True, exist_ok=True)
    name = datetime.now().strftime("overview-%Y%m%d-%H%M%S")
    (asked.results / f"{name}.md").write_text(table, encoding="utf-8")
    (asked.results / f"{name}.json").write_text(results.as_json(), encoding="utf-8")
    print(table)
    return int(any(one.error for one in results.samples) or any(one.errors for one in results.crowds.values()))


def measure(asked: argparse.Namespace, data: Path, scratch: Path) -> Results:
    """Start the systems, visit them round by round, then let many viewers at one after another."""
    path = chromium.find()
    if path is None:
        raise SystemExit("no Chromium is installed; name one in CAMPAIGN_CHROMIUM")
    systems = [system for system in SYSTEMS if not asked.systems or system.name in asked.systems.split(",")]
    selections = Selections(Asker(open_source(data), cube=True))
    results = Results({system.name: system.title for system in systems}, _machine())
    until = time.monotonic() + 60 * asked.minutes
    with ExitStack() as open_now:
        started = [open_now.enter_context(serving(one, data, scratch / f"{one.name}.log")) for one in systems]
        playwright = open_now.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        open_now.callback(browser.close)
        results.machine["Chromium"] = browser.version
        _in_the_browser(browser, started, selections, asked, until, results)
        browser.close()
        for served in started:
            if asked.viewers and time.monotonic() < until:
                _say(f"{asked.viewers} viewers: {served.system.name}")
                results.crowds[served.system.name] = gather(served, selections.chips, asked.viewers, asked.seconds)
    results.machine["load average at the end"] = _load_average()
    return results


def _in_the_browser(
    browser: Browser,
    started: Sequence[Serving],
    selections: Selections,
    asked: argparse.Namespace,
    until: float,
    results: Results,
) -> None:
    start = selections.start()
    for served in started:
        _say(f"bytes: {served.system.name}")
        try:
            results.weights[served.system.name] = weigh(browser, served, start, selections.walk(3))
        except RuntimeError as error:
            results.samples.append(Sample(served.system.name, 0, "bytes", None, error=str(error)))
    loads = []
    for no in range(asked.rounds):
        steps = selections.walk(1 + asked.changes)
        loads.append(os.getloadavg()[0])
        for served in started:
            if time.monotonic() > until:
                _say("out of time")
                return
            _say(f"round {no + 1} of {asked.rounds}: {served.system.name}")
            results.samples += visit(browser, served, no, start, steps)
    results.machine["load average round by round"] = ", ".join(f"{one:.1f}" for one in loads)


def _machine() -> dict[str, object]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "Python": platform.python_version(),
        "packages": ", ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name))),
        "load average at the start": _load_average(),
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except ModuleNotFoundError:
        return None


def _load_average() -> str:
    return " ".join(f"{one:.2f}" for one in os.getloadavg())


def _demo(folder: Path) -> Path:
    import data.demo

    _say("making the demonstration county")
    data.demo.make(folder)
    return folder


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("benchmarks", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="visits per system")
    parser.add_argument("--changes", type=int, default=6, help="changes per visit after the first one")
    parser.add_argument("--viewers", type=int, default=20, help="viewers without a browser; 0 leaves them out")
    parser.add_argument("--seconds", type=float, default=14.0, help="for how long these viewers change filters")
    parser.add_argument("--minutes", type=float, default=20.0, help="begin nothing new after that long")
    parser.add_argument("--systems", help=f"some of {','.join(system.name for system in SYSTEMS)}")
    parser.add_argument("--data", type=Path, help="folder of snapshots; without it the demonstration county is made")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="folder for the table and the samples")
    parser.add_argument("--quick", action="store_true", help="one round, two changes, four viewers: does it work?")
    return parser


if __name__ == "__main__":
    sys.exit(main())
