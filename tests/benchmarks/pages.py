"""Measure every page against the Overview and against its twin in Dash, in one interleaved run, and write a table.

    .venv/bin/python tests/benchmarks/pages.py [--rounds 5] [--changes 4] [--data DIR] [--without-dash]

In each round every page is visited in turn by a browser with an empty cache: load, then the same changes for all. It
is painted when every view carries the selection and two frames pass without a change; charts below the fold are drawn
afterwards. The table is written to tests/benchmarks/results/pages.md.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "twins"), str(HERE.parent / "browser")]

import chromium  # noqa: E402
from answers import Asker  # noqa: E402
from loads import Sample, visit  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from selections import Selections  # noqa: E402
from servers import SYSTEMS, Serving, System, serving  # noqa: E402

from dashboards.apps import PAGES  # noqa: E402
from queries import open_source  # noqa: E402

OVERVIEW, SUBJECT = "/", {"/unit": "?unit=U030", "/group": "?group=C1"}
GOALS = {"cold": 1.2, "change": 1.5}
KINDS = {"cold": ("cold",), "reload": ("reload",), "change": ("first", "later")}


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; 0 when every sample was taken."""
    asked = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        data = asked.data or _demo(Path(scratch) / "data")
        samples = measure(data, Path(scratch), asked)
    lines = table(samples)
    asked.results.mkdir(parents=True, exist_ok=True)
    (asked.results / "pages.md").write_text(lines, encoding="utf-8")
    print(lines)
    return int(any(one.error for one in samples))


def measure(data: Path, scratch: Path, asked: argparse.Namespace) -> list[Sample]:
    """Visit the pages round by round."""
    ours = next(one for one in SYSTEMS if one.name == "ours")
    rivals = [] if asked.without_dash else [one for one in SYSTEMS if one.name == "dash"]
    selections = Selections(Asker(open_source(data), cube=True))
    start, samples = selections.start(), []
    with ExitStack() as open_now:
        server = open_now.enter_context(serving(ours, data, scratch / "ours.log"))
        visited = [_page(server, route) for route in PAGES]
        visited += [open_now.enter_context(serving(one, data, scratch / f"{one.name}.log")) for one in rivals]
        browser = open_now.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium.find(), args=chromium.FLAGS
        )
        open_now.callback(browser.close)
        for no in range(asked.rounds):
            steps = selections.walk(1 + asked.changes)
            for served in visited:
                print(f"round {no + 1} of {asked.rounds}: {served.system.name}", file=sys.stderr, flush=True)
                alone = served.system.name in SUBJECT
                shown = replace(start, stamp="snapshot=") if alone else start
                samples += visit(browser, served, no, shown, [] if alone else steps)
    return samples


def _page(server: Serving, route: str) -> Serving:
    """A page of our server as a system of its own, read by the stamps of its views."""
    system: System = replace(server.system, name=route, title=PAGES[route].__name__, kind="page")
    return replace(server, system=system, address=server.address.rstrip("/") + route + SUBJECT.get(route, ""))


def table(samples: Sequence[Sample]) -> str:
    """Medians in milliseconds, each beside its ratio to the Overview."""
    names = list(dict.fromkeys(one.system for one in samples))
    found = {
        (name, kind): [one.ms for one in samples if one.system == name and one.kind in kinds and one.ms is not None]
        for name in names
        for kind, kinds in KINDS.items()
    }
    medians = {key: statistics.median(values) for key, values in found.items() if values}
    heads = [head for kind in KINDS for head in (f"{kind}, ms", "/ Overview", "/ Dash")]
    lines = [f"| page | {' | '.join(heads)} | errors |", "|---|" + "---:|" * (len(heads) + 1)]
    for name in names:
        cells = []
        for kind in KINDS:
            own = medians.get((name, kind))
            cells.append("–" if own is None else f"{own:,.0f}")
            for base in (OVERVIEW, "dash"):
                other = medians.get((base, kind))
                cells.append("–" if own is None or other is None else f"{own / other:.2f}")
        errors = sum(bool(one.error) for one in samples if one.system == name)
        lines.append(f"| {name} | {' | '.join(cells)} | {errors} |")
    goals = ", ".join(f"{kind} ≤ {goal} × the Overview" for kind, goal in GOALS.items())
    return "\n".join([*lines, "", f"Goals: {goals}."]) + "\n"


def _demo(folder: Path) -> Path:
    import data.demo

    data.demo.make(folder)
    return folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("pages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="visits per page")
    parser.add_argument("--changes", type=int, default=4, help="changes per visit after the first one")
    parser.add_argument("--data", type=Path, help="folder of snapshots; without it the demonstration county is made")
    parser.add_argument("--without-dash", action="store_true", help="the pages alone")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="folder for the table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
